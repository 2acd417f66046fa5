//! Reads a CSV table, as RFC 4180 says, and tells what is irregular in it.

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

/// A table as it is read: its lines of cells, and what was irregular in reading.
#[derive(Debug, Default)]
struct Reading {
    lines: Vec<Vec<Vec<u8>>>,
    faults: Vec<Fault>,
    ends: Vec<&'static [u8]>,
}

/// What is irregular in a table; each fault once, in the order of `Fault`.
pub fn faults(bytes: &[u8]) -> Vec<Fault> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf");
    let reading = read(text.unwrap_or(bytes));
    let mut faults = reading.faults.clone();
    let mut tell = |fault, told: bool| faults.extend(told.then_some(fault));
    tell(Fault::Mark, text.is_some());
    tell(Fault::Nul, bytes.contains(&0));
    tell(Fault::Control, bytes.iter().any(|byte| byte.is_ascii_control() && !b"\t\r\n\0".contains(byte)));
    tell(Fault::NotUtf8, std::str::from_utf8(bytes).is_err());
    tell(Fault::Blank, bytes.trim_ascii().is_empty());
    tell(Fault::MixedLineEnds, reading.ends.iter().any(|end| Some(end) != reading.ends.first()));
    tell(Fault::LoneCarriageReturn, reading.ends.contains(&&b"\r"[..]));
    faults.extend(shape(&reading.lines));
    faults.sort_unstable();
    faults.dedup();
    faults
}

fn shape(lines: &[Vec<Vec<u8>>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let blank = |line: &[Vec<u8>]| line.len() == 1 && line.iter().all(Vec::is_empty);
    let Some((header, rows)) = lines.split_first() else { return vec![Fault::NoRows] };
    faults.extend(header.iter().any(|cell| cell.trim_ascii().is_empty()).then_some(Fault::BlankHeader));
    let twice = header.iter().enumerate().any(|(at, cell)| header.iter().skip(at + 1).any(|other| other == cell));
    faults.extend(twice.then_some(Fault::DuplicateHeader));
    faults.extend(rows.iter().all(|row| blank(row)).then_some(Fault::NoRows));
    for row in rows {
        match row.len().cmp(&header.len()) {
            _ if blank(row) && header.len() > 1 => faults.push(Fault::BlankLine),
            std::cmp::Ordering::Less => faults.push(Fault::ShortRow),
            std::cmp::Ordering::Greater => faults.push(Fault::LongRow),
            std::cmp::Ordering::Equal => {}
        }
    }
    faults
}

fn read(bytes: &[u8]) -> Reading {
    let mut reading = Reading::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        let mut line = Vec::new();
        loop {
            let (cell, after) = cell(rest, &mut reading.faults);
            line.push(cell);
            rest = after;
            match rest.split_first() {
                Some((b',', after)) => rest = after,
                _ => break,
            }
        }
        rest = end(rest, &mut reading.ends);
        reading.lines.push(line);
    }
    reading
}

fn end<'a>(rest: &'a [u8], ends: &mut Vec<&'static [u8]>) -> &'a [u8] {
    for end in [&b"\r\n"[..], b"\n", b"\r"] {
        if let Some(after) = rest.strip_prefix(end) {
            ends.push(end);
            return after;
        }
    }
    rest
}

fn cell<'a>(bytes: &'a [u8], faults: &mut Vec<Fault>) -> (Vec<u8>, &'a [u8]) {
    let stop = |bytes: &[u8]| bytes.iter().position(|byte| b",\r\n".contains(byte)).unwrap_or(bytes.len());
    let Some(mut rest) = bytes.strip_prefix(b"\"") else {
        let (cell, after) = bytes.split_at(stop(bytes));
        faults.extend(cell.contains(&b'"').then_some(Fault::StrayQuote));
        return (cell.to_vec(), after);
    };
    let mut cell = Vec::new();
    loop {
        let Some(quote) = rest.iter().position(|byte| *byte == b'"') else {
            faults.push(Fault::UnclosedQuote);
            return ([cell, rest.to_vec()].concat(), &[]);
        };
        cell.extend_from_slice(rest.get(..quote).unwrap_or_default());
        rest = rest.get(quote + 1..).unwrap_or_default();
        match rest.strip_prefix(b"\"") {
            Some(after) => {
                cell.push(b'"');
                rest = after;
            }
            None => break,
        }
    }
    let (tail, after) = rest.split_at(stop(rest));
    faults.extend((!tail.is_empty()).then_some(Fault::TextAfterQuote));
    cell.extend_from_slice(tail);
    (cell, after)
}

#[cfg(test)]
mod tests {
    use super::Fault::{
        Blank, BlankHeader, BlankLine, Control, DuplicateHeader, LoneCarriageReturn, LongRow, Mark, MixedLineEnds,
        NoRows, NotUtf8, Nul, ShortRow, StrayQuote, TextAfterQuote, UnclosedQuote,
    };
    use super::{Fault, faults};

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
