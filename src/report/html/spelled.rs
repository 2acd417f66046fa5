//! Text and bytes as pieces: what would not be seen, or would act, stands apart and is spelled out.

use crate::report::visible::{is_hidden, visible, visible_bytes};
use serde::Serialize;

/// A piece of a line and what is special about it: nothing, `odd` (spelled out) or `word` (the word that differs).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The text; the page escapes it.
    pub text: String,
    /// Its class, a word of ours.
    pub class: &'static str,
}

/// A line of pieces.
pub type Line = Vec<Piece>;

const BYTES_ACROSS: usize = 16;

/// The first characters of a text, with `…` in place of the rest.
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The pieces of a text; `class` is that of what is not spelled out.
pub fn pieces(text: &str, class: &'static str) -> Line {
    let mut line: Line = Vec::new();
    for character in text.chars() {
        let class = if is_hidden(character) { "odd" } else { class };
        let spelled = visible(character.encode_utf8(&mut [0; 4])).into_owned();
        match line.last_mut().filter(|piece| piece.class == class) {
            Some(piece) => piece.text.push_str(&spelled),
            None => line.push(Piece { text: spelled, class }),
        }
    }
    line
}

/// The pieces of bytes on one line, at most `most` bytes.
pub fn bytes(bytes: &[u8], most: usize) -> Line {
    let mut line = Vec::new();
    for chunk in bytes.get(..most).unwrap_or(bytes).utf8_chunks() {
        line.extend(pieces(chunk.valid(), ""));
        let text = visible_bytes(chunk.invalid());
        line.extend((!text.is_empty()).then_some(Piece { text, class: "odd" }));
    }
    if bytes.len() > most {
        line.push(Piece { text: format!("… {} bytes in all", bytes.len()), class: "odd" });
    }
    line
}

/// The lines of a text, each without its line feed.
pub fn lines(text: &[u8]) -> Vec<Line> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.split(|byte| *byte == b'\n').map(|line| bytes(line, line.len())).collect()
}

/// Bytes that are no text: offset, hex, and what of it is ASCII.
pub fn dump(bytes: &[u8]) -> Vec<Line> {
    let letter = |byte: &u8| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' };
    let row = |(index, row): (usize, &[u8])| {
        let pairs: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
        let letters: String = row.iter().map(letter).collect();
        let text = format!("{:04x}  {:47}  |{letters}|", index * BYTES_ACROSS, pairs.join(" "));
        vec![Piece { text, class: "" }]
    };
    bytes.chunks(BYTES_ACROSS).enumerate().map(row).collect()
}

/// About how many bytes the lines take on the page, markup included.
pub fn weight(lines: &[Line]) -> usize {
    let escaped = |text: &str| text.len() + 5 * text.matches(['<', '>', '&', '"', '\'', '/']).count();
    let piece = |piece: &Piece| escaped(&piece.text) + if piece.class.is_empty() { 0 } else { 20 };
    lines.iter().map(|line| 1 + line.iter().map(piece).sum::<usize>()).sum()
}

#[cfg(test)]
mod tests {
    use super::{bytes, dump, lines, short};

    fn told(line: &[super::Piece]) -> Vec<(&str, &str)> {
        line.iter().map(|piece| (piece.class, piece.text.as_str())).collect()
    }

    #[test]
    fn what_acts_or_is_not_seen_stands_apart() {
        let line = bytes(b"a\0\x1b[1m\xe2\x80\xaeb\xff", 100);
        assert_eq!(
            told(&line),
            [("", "a"), ("odd", "\\x00\\x1b"), ("", "[1m"), ("odd", "\\u{202e}"), ("", "b"), ("odd", "\\xff")]
        );
    }

    #[test]
    fn a_line_end_of_two_bytes_shows_the_first() {
        let lines = lines(b"a\r\n\nb\n");
        assert_eq!(lines.len(), 3);
        assert_eq!(told(&lines[0]), [("", "a"), ("odd", "\\r")]);
    }

    #[test]
    fn long_things_are_cut() {
        assert_eq!(short("gr\u{fc}n", 3), "gr\u{fc}…");
        assert_eq!(told(&bytes(b"abc", 2)), [("", "ab"), ("odd", "… 3 bytes in all")]);
    }

    #[test]
    fn bytes_that_are_no_text_are_a_dump() {
        assert_eq!(told(&dump(b"\x89PNG\0")[0]), [("", format!("0000  {:47}  |.PNG.|", "89 50 4e 47 00").as_str())]);
    }
}
