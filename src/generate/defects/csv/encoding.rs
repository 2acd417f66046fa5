//! Encodings: bytes that are no UTF-8, other encodings, marks, and characters that no table may hold.

use super::edit::{add_rows, cells, has, look, text};
use super::{irregular, odd};
use crate::generate::defect::{Defect, Spot};
use crate::generate::draft::Draft;
use crate::generate::proof::{Sent, SentTable, TableFault, utf16};

const MARK: &[u8] = b"\xef\xbb\xbf";
/// What no UTF-8 begins with.
const STRAY: &[u8] = b"\xff\xfe";
/// A slash, a quote and two more slashes, in more bytes than they need; half a pair of surrogates, the other half, and a
/// number beyond the last character.
const WRONGLY_WRITTEN: &[&[u8]] =
    &[b"\xc0\xaf\xc0\xa2\xe0\x80\xaf\xf0\x80\x80\xaf", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80"];
/// Every control character of ASCII that ends no line, but NUL and tab.
const CONTROLS: &[u8] = b"\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\
                          \x1b\x1c\x1d\x1e\x1f\x7f";
/// An archive of one file that is stored as it is: a table of one row.
const ARCHIVE: &[u8] =
    b"PK\x03\x04\x14\x00\x00\x00\x00\x00\x00\x00!*%\xa7\xd8\xf7\x07\x00\x00\x00\x07\x00\x00\x00\x05\x00\
    \x00\x00a.csvid\x0d\x0a1\x0d\x0aPK\x01\x02\x14\x03\x14\x00\x00\x00\x00\x00\x00\x00!*%\xa7\xd8\xf7\
    \x07\x00\x00\x00\x07\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x01\x00\x00\x00\
    \x00a.csvPK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x003\x00\x00\x00*\x00\x00\x00\x00\x00";
const NUL: &[u8] = b"a\0b";

/// The defects of this kind.
pub const ALL: &[Defect] = &[
    irregular(
        "csv/nul",
        "a table with a NUL in a cell",
        |draft, spot, _| in_cells(draft, spot, &[NUL]),
        |sent, spot, _| has(*sent, spot, TableFault::Nul) && holds(*sent, spot, &[NUL]),
    ),
    irregular(
        "csv/control-characters",
        "a table with every control character in a cell",
        |draft, spot, _| in_cells(draft, spot, &[CONTROLS]),
        |sent, spot, _| has(*sent, spot, TableFault::Control) && holds(*sent, spot, &[CONTROLS]),
    ),
    irregular(
        "csv/invalid-utf-8",
        "a table with bytes in a cell that are no UTF-8",
        |draft, spot, _| in_cells(draft, spot, &[STRAY]),
        |sent, spot, _| has(*sent, spot, TableFault::NotUtf8) && holds(*sent, spot, &[STRAY]),
    ),
    irregular(
        "csv/zipped",
        "a table in a zip archive, announced as it is not",
        |draft, spot, _| text(draft, spot, |_| Some(ARCHIVE.to_vec())),
        |sent, spot, _| {
            sent.content(spot.name()).is_some_and(|file| {
                file.starts_with(b"PK\x03\x04") && memchr::memmem::find(file, b"PK\x05\x06").is_some()
            })
        },
    ),
    irregular(
        "csv/overlong-utf-8",
        "a table with characters in more bytes than UTF-8 allows, and with surrogates as if they were characters",
        |draft, spot, _| in_cells(draft, spot, WRONGLY_WRITTEN),
        |sent, spot, _| has(*sent, spot, TableFault::NotUtf8) && holds(*sent, spot, WRONGLY_WRITTEN),
    ),
    irregular(
        "csv/cut-character",
        "a table that ends in the middle of a character",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                table.style.final_line_end = false;
                add_rows(table, [&b"\xe5\xb1"[..]])
            })
        },
        |sent, spot, _| {
            let cut = |content| std::str::from_utf8(content).is_err_and(|error| error.error_len().is_none());
            sent.content(spot.name()).is_some_and(cut)
        },
    ),
    irregular(
        "csv/utf-16",
        "a table in UTF-16",
        |draft, spot, _| encode(draft, spot, |text| "\u{feff}".chars().chain(text.chars()).collect(), u16::to_le_bytes),
        |sent, spot, aid| {
            let read = sent.content(spot.name()).and_then(|content| utf16(content, false));
            read.is_some_and(|text| text.starts_with('\u{feff}') && columns(text.as_bytes(), &aid.columns))
        },
    ),
    irregular(
        "csv/utf-16-without-mark",
        "a table in UTF-16 of the other byte order, without a byte order mark",
        |draft, spot, _| encode(draft, spot, ToOwned::to_owned, u16::to_be_bytes),
        |sent, spot, aid| {
            let read = sent.content(spot.name()).and_then(|content| utf16(content, true));
            read.is_some_and(|text| !text.starts_with('\u{feff}') && columns(text.as_bytes(), &aid.columns))
        },
    ),
    odd(
        "csv/byte-order-mark",
        "a table with the byte order mark of UTF-8",
        |draft, spot, _| marked(draft, spot, MARK),
        |sent, spot, aid| {
            sent.table_faults(spot.name()) == [TableFault::Mark]
                && look(*sent, spot, |table| table.has_columns(&aid.columns))
        },
    ),
];

fn in_cells(draft: &mut Draft, spot: &Spot, values: &[&[u8]]) -> bool {
    cells(draft, spot, |table| add_rows(table, values.iter().copied()))
}

fn marked(draft: &mut Draft, spot: &Spot, mark: &[u8]) -> bool {
    cells(draft, spot, |table| {
        table.style.mark = mark.to_vec();
        true
    })
}

fn encode(draft: &mut Draft, spot: &Spot, mark: fn(&str) -> String, bytes: fn(u16) -> [u8; 2]) -> bool {
    text(draft, spot, |table| {
        let written = String::from_utf8(table.write()).ok()?;
        Some(mark(&written).encode_utf16().flat_map(bytes).collect())
    })
}

fn holds(sent: Sent<'_>, spot: &Spot, values: &[&[u8]]) -> bool {
    look(sent, spot, |table| values.iter().all(|value| table.holds(value)))
}

fn columns(text: &[u8], columns: &[String]) -> bool {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    SentTable::read(text).has_columns(columns)
}
