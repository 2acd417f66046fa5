//! A strict reader of comma-separated values (RFC 4180, in UTF-8, a byte order mark allowed).
//!
//! Choices where the format leaves room: the first line's end (CR LF or LF) is the end of every line, the last one may
//! lack it; a quote stands only around a whole cell; no control characters but tabs, and line ends inside quotes; each
//! row has as many cells as the header; the header holds exactly the columns, in any order; a file without any row is
//! refused, since it would delete every account of the source.

use memchr::{memchr, memchr3};
use std::borrow::Cow;
use thiserror::Error;

/// Why a file is refused. Rows count from 1, the header.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The bytes are no UTF-8.
    #[error("The file is not UTF-8.")]
    Encoding,
    /// A character that no cell may hold.
    #[error("The file holds a control character.")]
    Control,
    /// A quote that nothing closes.
    #[error("In row {0} a quote is not closed.")]
    OpenQuote(usize),
    /// A quote in the middle of a cell, or text behind a closing quote.
    #[error("In row {0} a quote stands inside a cell.")]
    StrayQuote(usize),
    /// A line that ends otherwise than the first.
    #[error("Row {0} ends otherwise than the first row.")]
    LineEnd(usize),
    /// A row of another length than the header.
    #[error("Row {row} has {cells} cells where the header has {columns}.")]
    Ragged {
        /// The row.
        row: usize,
        /// How many cells it has.
        cells: usize,
        /// How many the header has.
        columns: usize,
    },
    /// The header's cells are not the columns.
    #[error("The header is not the source's columns.")]
    Header,
    /// There is a header and nothing else.
    #[error("The file has no row of accounts.")]
    NoRows,
}

/// The control characters but tab and line ends, in threes as they are looked for.
const CONTROLS: [[u8; 3]; 10] = [
    [0, 1, 2],
    [3, 4, 5],
    [6, 7, 8],
    [11, 12, 14],
    [15, 16, 17],
    [18, 19, 20],
    [21, 22, 23],
    [24, 25, 26],
    [27, 28, 29],
    [30, 31, 127],
];

/// Reads a file and tells how many rows it has below its header.
pub fn read(bytes: &[u8], columns: &[&str]) -> Result<usize, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Encoding)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if CONTROLS.iter().any(|[one, two, three]| memchr3(*one, *two, *three, bytes).is_some()) {
        return Err(Fault::Control);
    }
    let mut reader = Reader { rest: text, line_end: None, row: 0 };
    if !is_header(reader.cells()?, columns) {
        return Err(Fault::Header);
    }
    while !reader.rest.is_empty() {
        let cells = reader.cells()?.len();
        if cells != columns.len() {
            return Err(Fault::Ragged { row: reader.row, cells, columns: columns.len() });
        }
    }
    if reader.row < 2 { Err(Fault::NoRows) } else { Ok(reader.row - 1) }
}

fn is_header(mut cells: Vec<Cow<'_, str>>, columns: &[&str]) -> bool {
    let mut columns = columns.to_vec();
    cells.sort_unstable();
    columns.sort_unstable();
    cells == columns
}

struct Reader<'a> {
    rest: &'a str,
    line_end: Option<&'static str>,
    row: usize,
}

impl<'a> Reader<'a> {
    /// Reads the cells of the next row, and its line end.
    fn cells(&mut self) -> Result<Vec<Cow<'a, str>>, Fault> {
        self.row += 1;
        let mut cells = Vec::new();
        loop {
            cells.push(match self.rest.strip_prefix('"') {
                Some(inside) => self.quoted(inside)?,
                None => self.plain()?,
            });
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        self.end_line()?;
        Ok(cells)
    }

    fn plain(&mut self) -> Result<Cow<'a, str>, Fault> {
        let end = memchr3(b',', b'\r', b'\n', self.rest.as_bytes()).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        if memchr(b'"', cell.as_bytes()).is_some() { Err(Fault::StrayQuote(self.row)) } else { Ok(Cow::Borrowed(cell)) }
    }

    /// Reads a cell from behind its opening quote to behind its closing one.
    fn quoted(&mut self, mut inside: &'a str) -> Result<Cow<'a, str>, Fault> {
        let mut cell = String::new();
        self.rest = loop {
            let (piece, rest) = inside.split_once('"').ok_or(Fault::OpenQuote(self.row))?;
            cell.push_str(piece);
            let Some(more) = rest.strip_prefix('"') else { break rest };
            cell.push('"');
            inside = more;
        };
        let ended = self.rest.is_empty() || self.rest.starts_with([',', '\r', '\n']);
        if ended { Ok(Cow::Owned(cell)) } else { Err(Fault::StrayQuote(self.row)) }
    }

    /// Passes over a line end, if the text is not at its end.
    fn end_line(&mut self) -> Result<(), Fault> {
        if self.rest.is_empty() {
            return Ok(());
        }
        let found = ["\r\n", "\n"].into_iter().find(|end| self.rest.starts_with(end));
        let end = found.ok_or(Fault::LineEnd(self.row))?;
        if *self.line_end.get_or_insert(end) != end {
            return Err(Fault::LineEnd(self.row));
        }
        self.rest = self.rest.strip_prefix(end).unwrap_or_default();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Result<usize, Fault> {
        read(text.as_bytes(), &["id", "name"])
    }

    #[test]
    fn regular_files_are_read() {
        for text in [
            "id,name\r\n1,a\r\n",
            "id,name\n1,a",
            "\u{feff}id,name\n1,a\n",
            "name,\"id\"\r\n\"a\",1\r\n",
            "id,name\r\n1,\"a, \"\"b\"\"\r\nc\nd\re\"\r\n",
            "id,name\n,\n",
            "id,name\n\"\",\"\"\n",
            "id,name\n1,\ta 山田 \u{1f600}\u{202e}\u{85}\n",
        ] {
            assert_eq!(reading(text), Ok(1), "{text:?}");
        }
    }

    #[test]
    fn many_rows_are_counted() {
        let text = format!("id,name\r\n{}", "7,\"x\"\r\n".repeat(100_000));
        assert_eq!(reading(&text), Ok(100_000));
    }

    #[test]
    fn irregular_rows_are_refused() {
        let ragged = |cells| Fault::Ragged { row: 2, cells, columns: 2 };
        for (text, fault) in [
            ("id,name\n1,\"a\n", Fault::OpenQuote(2)),
            ("id,name\n1,\"\"\"\n", Fault::OpenQuote(2)),
            ("id,name\n1,a\"b\n", Fault::StrayQuote(2)),
            ("id,name\n1,\"a\"b\n", Fault::StrayQuote(2)),
            ("id,name\n1, \"a\"\n", Fault::StrayQuote(2)),
            ("id,name\n1\n", ragged(1)),
            ("id,name\n1,a,\n", ragged(3)),
            ("id,name\n\n", ragged(1)),
            ("id,name\n1,a\n\n", Fault::Ragged { row: 3, cells: 1, columns: 2 }),
            ("id,name\r1,a\r", Fault::LineEnd(1)),
            ("id,name\r\n1,a\n", Fault::LineEnd(2)),
            ("id,name\n1,a\r\n", Fault::LineEnd(2)),
            ("id,name\n1,a\0\n", Fault::Control),
            ("id,name\n1,\u{7f}\n", Fault::Control),
            ("id,name\r\n", Fault::NoRows),
            ("id,name", Fault::NoRows),
        ] {
            assert_eq!(reading(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn a_header_of_other_columns_is_refused() {
        for text in [
            "",
            "\n",
            " \n",
            "1,a\n",
            "id\n1\n",
            "id,name,x\n1,a,b\n",
            "id,id\n1,a\n",
            "id,\n1,a\n",
            "ID,name\n1,a\n",
            " id,name\n1,a\n",
            "id;name\n1;a\n",
        ] {
            assert_eq!(reading(text), Err(Fault::Header), "{text:?}");
        }
    }

    #[test]
    fn other_encodings_are_refused() {
        for bytes in
            [&b"id,name\n1,\xe9\n"[..], b"id,name\n1,\xc0\x80\n", b"id,name\n1,\xed\xa0\x80\n", b"\xff\xfei\0d\0"]
        {
            assert_eq!(read(bytes, &["id", "name"]), Err(Fault::Encoding), "{bytes:?}");
        }
        assert_eq!(read(b"i\0d\0,\0", &["id", "name"]), Err(Fault::Control));
    }
}
