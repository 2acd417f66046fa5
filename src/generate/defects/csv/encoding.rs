//! Encodings: bytes that are no UTF-8, other encodings, marks, and characters that no table may hold.

use super::edit::{add_rows, cells, has, look, replace_last, text};
use super::{irregular, odd};
use crate::generate::defect::{Defect, Spot};
use crate::generate::draft::Draft;
use crate::generate::proof::{Sent, SentTable, TableFault, utf16};

const MARK: &[u8] = b"\xef\xbb\xbf";
/// What no UTF-8 begins with.
const STRAY: &[u8] = b"\xff\xfe";
/// A slash, a quote and two more slashes, in more bytes than they need.
const OVERLONG: &[u8] = b"\xc0\xaf\xc0\xa2\xe0\x80\xaf\xf0\x80\x80\xaf";
/// Half a pair of surrogates, the other half, and a number beyond the last character.
const NO_CHARACTERS: &[&[u8]] = &[b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80"];
/// Every control character of ASCII that ends no line, but NUL and tab.
const CONTROLS: &[u8] = b"\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\
                          \x1b\x1c\x1d\x1e\x1f\x7f";
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
        "csv/control-characters-in-header",
        "a table with every control character in the name of a column",
        |draft, spot, _| in_header(draft, spot, &[b"\0", CONTROLS].concat()),
        |sent, spot, _| has(*sent, spot, TableFault::Control) && ends_header(*sent, spot, &[b"\0", CONTROLS].concat()),
    ),
    irregular(
        "csv/invalid-utf-8",
        "a table with bytes in a cell that are no UTF-8",
        |draft, spot, _| in_cells(draft, spot, &[STRAY]),
        |sent, spot, _| has(*sent, spot, TableFault::NotUtf8) && holds(*sent, spot, &[STRAY]),
    ),
    irregular(
        "csv/invalid-utf-8-in-header",
        "a table with bytes in the name of a column that are no UTF-8",
        |draft, spot, _| in_header(draft, spot, STRAY),
        |sent, spot, _| has(*sent, spot, TableFault::NotUtf8) && ends_header(*sent, spot, STRAY),
    ),
    irregular(
        "csv/overlong-utf-8",
        "a table with characters in more bytes than UTF-8 allows",
        |draft, spot, _| in_cells(draft, spot, &[OVERLONG]),
        |sent, spot, _| has(*sent, spot, TableFault::NotUtf8) && holds(*sent, spot, &[OVERLONG]),
    ),
    irregular(
        "csv/lone-surrogate",
        "a table with surrogates and a number beyond Unicode, written as if they were characters",
        |draft, spot, _| in_cells(draft, spot, NO_CHARACTERS),
        |sent, spot, _| has(*sent, spot, TableFault::NotUtf8) && holds(*sent, spot, NO_CHARACTERS),
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

fn in_header(draft: &mut Draft, spot: &Spot, value: &[u8]) -> bool {
    cells(draft, spot, |table| replace_last(Some(&mut table.header), |cell| [cell, value].concat()))
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

fn ends_header(sent: Sent<'_>, spot: &Spot, value: &[u8]) -> bool {
    look(sent, spot, |table| table.header().last().is_some_and(|cell| cell.ends_with(value)))
}

fn columns(text: &[u8], columns: &[String]) -> bool {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    SentTable::read(text).has_columns(columns)
}
