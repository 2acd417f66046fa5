//! The first lines of a body: text as text, anything else as a hex dump. Looks at the first bytes only.

use super::figures::thousands;
use super::lines::fold;
use super::look::Tone;
use super::sheet::Sheet;
use crate::report::cut::beginning;
use crate::report::visible::visible_bytes;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// No more of a body is looked at than this.
pub const LOOKED_AT: usize = 256 * 1024;
const SHOWN: usize = 8 * 1024;

/// Writes the first lines of a body; `length` is that of the whole body, of which `bytes` may be the beginning.
pub fn write(sheet: &mut Sheet, indent: usize, bytes: &[u8], length: u64, most: usize) {
    let head = beginning(bytes, SHOWN).0;
    let shown = if is_text(&head) { text(sheet, indent, &head, most) } else { hex(sheet, indent, &head, most) };
    let left = length.saturating_sub(u64::try_from(shown).unwrap_or(u64::MAX));
    if left > 0 {
        sheet.line(indent, Tone::Quiet, &format!("… {} more of {} bytes", thousands(left), thousands(length)));
    }
}

/// Takes a content coding off, if it is one of the usual ones; at most `LOOKED_AT` bytes and one.
pub fn decoded(bytes: &[u8], coding: &str) -> Option<Vec<u8>> {
    let read = |source: &mut dyn Read| {
        let mut plain = Vec::new();
        let most = u64::try_from(LOOKED_AT).unwrap_or(u64::MAX) + 1;
        let done = source.take(most).read_to_end(&mut plain);
        (done.is_ok() || !plain.is_empty()).then_some(plain)
    };
    match coding.trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => read(&mut MultiGzDecoder::new(bytes)),
        "deflate" => read(&mut ZlibDecoder::new(bytes)).or_else(|| read(&mut DeflateDecoder::new(bytes))),
        _ => None,
    }
}

/// Text, unless more than one character in ten would have to be spelled out.
pub fn is_text(bytes: &[u8]) -> bool {
    let broken: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let control = |byte: &&u8| byte.is_ascii_control() && !b"\t\r\n\x1b".contains(byte);
    (broken + bytes.iter().filter(control).count()) * 10 <= bytes.len()
}

fn text(sheet: &mut Sheet, indent: usize, bytes: &[u8], most: usize) -> usize {
    let room = sheet.look().room(indent);
    let plain_ends = one_kind_of_line_end(bytes);
    let (mut before, mut rows) = (0, 0);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let mut inside = 0;
        for piece in fold(&spelled(line, plain_ends), room) {
            if rows == most {
                return before + inside.min(line.len());
            }
            rows += 1;
            sheet.line(indent, Tone::Plain, piece);
            inside += piece.len();
        }
        before += line.len();
    }
    before
}

fn one_kind_of_line_end(bytes: &[u8]) -> bool {
    let ends = memchr::memchr_iter(b'\n', bytes).count();
    let with_return = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    with_return == 0 || with_return == ends
}

fn spelled(line: &[u8], plain_ends: bool) -> String {
    let bare = line.strip_suffix(b"\n").unwrap_or(line);
    let bare = bare.strip_suffix(b"\r").filter(|_| plain_ends && bare.len() < line.len()).unwrap_or(bare);
    let tabs = bare.iter().take_while(|byte| **byte == b'\t').count();
    format!("{}{}", "  ".repeat(tabs), visible_bytes(bare.get(tabs..).unwrap_or_default()))
}

fn hex(sheet: &mut Sheet, indent: usize, bytes: &[u8], most: usize) -> usize {
    let room = sheet.look().room(indent);
    let across = [16, 8, 4].into_iter().find(|across| 9 + 4 * across <= room).unwrap_or(4);
    for (index, row) in bytes.chunks(across).take(most).enumerate() {
        let pairs: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let letter = |byte: &u8| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' };
        let letters: String = row.iter().map(letter).collect();
        let line = format!("{:04x}  {:width$}  |{letters}|", index * across, pairs.join(" "), width = across * 3 - 1);
        sheet.line(indent, Tone::Plain, &line);
    }
    bytes.len().min(across * most)
}

#[cfg(test)]
mod tests {
    use super::{LOOKED_AT, decoded, is_text, write};
    use crate::report::page::look::Look;
    use crate::report::page::sheet::Sheet;
    use std::io::Write as _;

    fn written(bytes: &[u8], width: usize) -> String {
        let mut sheet = Sheet::new(Look { color: false, width });
        write(&mut sheet, 2, bytes, bytes.len() as u64, 3);
        sheet.into_text()
    }

    #[test]
    fn text_is_shown_as_text_and_the_rest_is_counted() {
        assert_eq!(written(b"a\r\n\tb\r\n", 40), "  a\n    b\n");
        assert_eq!(written(b"1\n2\n3\n4\n5", 40), "  1\n  2\n  3\n  \u{2026} 3 more of 9 bytes\n");
    }

    #[test]
    fn line_ends_of_two_kinds_are_told_apart() {
        assert_eq!(written(b"a\r\nb\n", 40), "  a\\r\n  b\n");
    }

    #[test]
    fn what_is_no_text_is_a_hex_dump() {
        let shown = written(b"\x89PNG\r\n\x1a\n\0\0\0\x0d\xff\xfe\xfd\xfc\x01\x02", 80);
        let wanted = "  0000  89 50 4e 47 0d 0a 1a 0a 00 00 00 0d ff fe fd fc  |.PNG............|\n";
        assert!(shown.starts_with(wanted), "{shown}");
        assert!(is_text("gr\u{fc}n".as_bytes()) && is_text(b"") && !is_text(b"\0"));
    }

    #[test]
    fn a_small_body_that_unpacks_to_much_is_read_only_so_far() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b' '; 64 * LOOKED_AT]).unwrap();
        let bomb = encoder.finish().unwrap();
        assert_eq!(decoded(&bomb, "GZIP").unwrap().len(), LOOKED_AT + 1);
        assert_eq!(decoded(b"no gzip", "gzip"), None);
        assert_eq!(decoded(b"x", "br"), None);
    }
}
