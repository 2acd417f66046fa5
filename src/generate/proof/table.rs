//! Reads a CSV table, as RFC 4180 says, and tells what is irregular in it.

use memchr::{memchr, memchr3};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// One irregularity of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A quoted cell never ends.
    UnclosedQuote,
    /// A quote stands inside a cell that does not begin with one.
    StrayQuote,
    /// Text follows a closing quote.
    TextAfterQuote,
    /// A row has fewer cells than the header.
    ShortRow,
    /// A row has more cells than the header.
    LongRow,
    /// A line is empty.
    BlankLine,
    /// There is no row behind the header.
    NoRows,
    /// A cell of the header is blank.
    BlankHeader,
    /// Two cells of the header are the same.
    DuplicateHeader,
    /// A NUL byte.
    Nul,
    /// A control character other than tab and line ends.
    Control,
    /// The bytes are not UTF-8.
    NotUtf8,
    /// A byte order mark stands at the beginning.
    Mark,
    /// Line ends of several kinds outside quotes.
    MixedLineEnds,
    /// A carriage return alone ends a line.
    LoneCarriageReturn,
    /// There is nothing but white space, or nothing at all.
    Blank,
}

/// A cell, quotes taken off.
type Cell<'a> = Cow<'a, [u8]>;

/// A table as its bytes say it.
#[derive(Debug, Default)]
pub struct SentTable<'a> {
    /// The cells of each line, the header first.
    pub lines: Vec<Vec<Cell<'a>>>,
    /// The line ends outside quotes, in order.
    pub ends: Vec<&'static [u8]>,
    /// How many cells begin with a quote.
    pub quoted: usize,
    /// What was irregular in reading quotes, each with its line, from 0.
    pub quotes: Vec<(usize, Fault)>,
}

impl<'a> SentTable<'a> {
    /// Reads a table, whatever is wrong with it; a byte order mark before it is passed over.
    pub fn read(bytes: &'a [u8]) -> Self {
        let mut table = Self::default();
        let mut rest = bytes.strip_prefix(MARK).unwrap_or(bytes);
        while !rest.is_empty() {
            let mut line = Vec::new();
            loop {
                let (cell, after) = table.cell(rest);
                line.push(cell);
                rest = after;
                match rest.split_first() {
                    Some((b',', after)) => rest = after,
                    _ => break,
                }
            }
            rest = table.end(rest);
            table.lines.push(line);
        }
        table
    }

    /// The cells of the header.
    pub fn header(&self) -> &[Cell<'a>] {
        self.lines.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// The lines behind the header.
    pub fn rows(&self) -> &[Vec<Cell<'a>>] {
        self.lines.get(1..).unwrap_or_default()
    }

    /// Whether the header is these columns, in this order.
    pub fn has_columns(&self, columns: &[String]) -> bool {
        self.header().iter().map(AsRef::as_ref).eq(columns.iter().map(String::as_bytes))
    }

    /// Whether a cell of a row is exactly this.
    pub fn holds(&self, wanted: &[u8]) -> bool {
        self.rows().iter().flatten().any(|cell| cell.as_ref() == wanted)
    }

    fn end<'b>(&mut self, rest: &'b [u8]) -> &'b [u8] {
        for end in [&b"\r\n"[..], b"\n", b"\r"] {
            if let Some(after) = rest.strip_prefix(end) {
                self.ends.push(end);
                return after;
            }
        }
        rest
    }

    fn cell(&mut self, bytes: &'a [u8]) -> (Cell<'a>, &'a [u8]) {
        let Some(inside) = bytes.strip_prefix(b"\"") else {
            let (cell, after) = bytes.split_at(stop(bytes));
            self.tell(Fault::StrayQuote, memchr(b'"', cell).is_some());
            return (Cow::Borrowed(cell), after);
        };
        self.quoted += 1;
        let (mut cell, rest) = self.inside_quotes(inside);
        let (tail, after) = rest.split_at(stop(rest));
        self.tell(Fault::TextAfterQuote, !tail.is_empty());
        if !tail.is_empty() {
            cell.to_mut().extend_from_slice(tail);
        }
        (cell, after)
    }

    /// Reads from behind an opening quote to behind the closing one, or to the end where there is none.
    fn inside_quotes(&mut self, mut rest: &'a [u8]) -> (Cell<'a>, &'a [u8]) {
        let mut cell = Cow::Borrowed(&b""[..]);
        loop {
            let quote = memchr(b'"', rest);
            self.tell(Fault::UnclosedQuote, quote.is_none());
            let (piece, after) = rest.split_at(quote.unwrap_or(rest.len()));
            if cell.is_empty() {
                cell = Cow::Borrowed(piece);
            } else {
                cell.to_mut().extend_from_slice(piece);
            }
            match after.strip_prefix(b"\"\"") {
                Some(after) => {
                    cell.to_mut().push(b'"');
                    rest = after;
                }
                None => return (cell, after.get(1..).unwrap_or_default()),
            }
        }
    }

    fn tell(&mut self, fault: Fault, told: bool) {
        if told {
            self.quotes.push((self.lines.len(), fault));
        }
    }
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Where an unquoted cell ends.
fn stop(bytes: &[u8]) -> usize {
    memchr3(b',', b'\r', b'\n', bytes).unwrap_or(bytes.len())
}

/// What is irregular in a table; each fault once, in the order of `Fault`.
pub fn faults(bytes: &[u8]) -> Vec<Fault> {
    faults_of(&SentTable::read(bytes), bytes)
}

/// The same of a table that was read already.
pub fn faults_of(table: &SentTable<'_>, bytes: &[u8]) -> Vec<Fault> {
    let mut faults: BTreeSet<Fault> = table.quotes.iter().map(|(_, fault)| *fault).collect();
    let mut tell = |fault, told: bool| faults.extend(told.then_some(fault));
    tell(Fault::Mark, bytes.starts_with(MARK));
    tell(Fault::Nul, memchr(0, bytes).is_some());
    tell(Fault::Control, bytes.iter().any(|byte| matches!(byte, 1..=8 | 11 | 12 | 14..=31 | 127)));
    tell(Fault::NotUtf8, std::str::from_utf8(bytes).is_err());
    tell(Fault::Blank, bytes.trim_ascii().is_empty());
    tell(Fault::MixedLineEnds, table.ends.iter().any(|end| Some(end) != table.ends.first()));
    tell(Fault::LoneCarriageReturn, table.ends.contains(&&b"\r"[..]));
    faults.extend(shape(table));
    faults.into_iter().collect()
}

fn shape(table: &SentTable<'_>) -> BTreeSet<Fault> {
    let (header, rows) = (table.header(), table.rows());
    let blank = |line: &[Cell<'_>]| line.len() == 1 && line.iter().all(|cell| cell.is_empty());
    let mut faults = BTreeSet::new();
    let mut seen = BTreeSet::new();
    faults.extend(header.iter().any(|cell| cell.trim_ascii().is_empty()).then_some(Fault::BlankHeader));
    faults.extend((!header.iter().all(|cell| seen.insert(cell))).then_some(Fault::DuplicateHeader));
    faults.extend(rows.iter().all(|row| blank(row)).then_some(Fault::NoRows));
    for row in rows {
        match row.len().cmp(&header.len()) {
            _ if blank(row) && header.len() > 1 => faults.insert(Fault::BlankLine),
            Ordering::Less => faults.insert(Fault::ShortRow),
            Ordering::Greater => faults.insert(Fault::LongRow),
            Ordering::Equal => false,
        };
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::Fault::{
        Blank, BlankHeader, BlankLine, Control, DuplicateHeader, LoneCarriageReturn, LongRow, Mark, MixedLineEnds,
        NoRows, NotUtf8, Nul, ShortRow, StrayQuote, TextAfterQuote, UnclosedQuote,
    };
    use super::{Fault, SentTable, faults};

    #[test]
    fn the_cells_are_read_with_their_quotes_taken_off() {
        let table = SentTable::read(b"\xef\xbb\xbfa,\"b\"\"\"\n\"\"\"\",\"1\"\",\"\"\r\n\"\n\"\",2\"x");
        let lines: Vec<Vec<&[u8]>> = vec![vec![b"a", b"b\""], vec![b"\"", b"1\",\"\r\n"], vec![b"", b"2\"x"]];
        assert_eq!(table.lines, lines);
        assert_eq!((table.quoted, table.quotes), (4, vec![(2, StrayQuote)]));
        assert_eq!(table.ends, [b"\n", b"\n"]);
    }

    #[test]
    fn every_irregularity_is_told_and_nothing_else() {
        let rows: [(&[u8], &[Fault]); 20] = [
            (b"a,b\r\n1,2\r\n", &[]),
            (b"a,b\n\"1,\"\"\n\",2", &[]),
            (b"a,b\r\n1,\"2\r\n", &[UnclosedQuote]),
            (b"a,b\r\n1,2\"\r\n", &[StrayQuote]),
            (b"a,b\r\n1,\"2\"x\r\n", &[TextAfterQuote]),
            (b"a,b\r\n1\r\n", &[ShortRow]),
            (b"a,b\r\n1,2,3\r\n", &[LongRow]),
            (b"a,b\r\n\r\n1,2\r\n", &[BlankLine]),
            (b"a,b\r\n", &[NoRows]),
            (b"a, \r\n1,2\r\n", &[BlankHeader]),
            (b"a,a\r\n1,2\r\n", &[DuplicateHeader]),
            (b"a,b\r\n1,\0\r\n", &[Nul]),
            (b"a,b\r\n1,\x07\r\n", &[Control]),
            (b"a,b\r\n1,\xff\r\n", &[NotUtf8]),
            (b"\xef\xbb\xbfa,b\r\n1,2\r\n", &[Mark]),
            (b"a,b\r\n1,2\n", &[MixedLineEnds]),
            (b"a,b\r1,2\r", &[LoneCarriageReturn]),
            (b"", &[NoRows, Blank]),
            (b"a,b\r\n1,\"2\r\n3\"\r\n", &[]),
            (b"a,b\r\n,\r\n", &[]),
        ];
        for (bytes, wanted) in rows {
            assert_eq!(faults(bytes), wanted, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
