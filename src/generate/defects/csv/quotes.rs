//! Quotes: those that do not close, those in the wrong place, and very many of them.

use super::edit::{add_rows, cells, lines, look, regular};
use super::{irregular, odd};
use crate::generate::defect::{Defect, Spot};
use crate::generate::draft::Draft;
use crate::generate::proof::{Sent, TableFault};
use crate::generate::table::{bare, line};

/// How many quotes, delimiters or line ends stand in one cell of a flood.
const FLOOD: usize = 65_536;

/// The defects of this kind.
pub const ALL: &[Defect] = &[
    irregular(
        "csv/unclosed-quote",
        "a table with a quoted cell that never ends",
        |draft, spot, _| in_last_row(draft, spot, unclosed),
        |sent, spot, _| stands(*sent, spot, TableFault::UnclosedQuote, false),
    ),
    irregular(
        "csv/unclosed-quote-in-header",
        "a table with a quoted header cell that never ends",
        |draft, spot, _| in_header(draft, spot, unclosed),
        |sent, spot, _| stands(*sent, spot, TableFault::UnclosedQuote, true),
    ),
    irregular(
        "csv/quote-inside-cell",
        "a table with a quote inside an unquoted cell",
        |draft, spot, _| in_last_row(draft, spot, inside),
        |sent, spot, _| stands(*sent, spot, TableFault::StrayQuote, false),
    ),
    irregular(
        "csv/text-after-quote",
        "a table with text behind the closing quote of a cell",
        |draft, spot, _| in_last_row(draft, spot, behind),
        |sent, spot, _| stands(*sent, spot, TableFault::TextAfterQuote, false),
    ),
    irregular(
        "csv/blanks-around-quotes",
        "a table with blanks before and behind the quotes of cells",
        |draft, spot, _| {
            lines(draft, spot, |table, lines| {
                let spaced = |cell: &Vec<u8>| [b" \"", cell.as_slice(), b"\" "].concat();
                let row = table.rows.last().filter(|row| row.iter().all(|cell| bare(cell)));
                lines.pop().is_some()
                    && row.map(|row| lines.push(row.iter().map(spaced).collect::<Vec<_>>().join(&b','))).is_some()
            })
        },
        |sent, spot, _| {
            let spaced = |cell: &[u8]| cell.starts_with(b" \"") && cell.ends_with(b"\" ");
            look(*sent, spot, |table| table.rows().iter().flatten().any(|cell| spaced(cell)))
        },
    ),
    irregular(
        "csv/backslash-quote",
        "a table with quotes in a quoted cell that backslashes escape",
        |draft, spot, _| in_last_row(draft, spot, |cell| [b"\"", cell, b" \\\"escaped\\\" \""].concat()),
        |sent, spot, _| {
            stands(*sent, spot, TableFault::TextAfterQuote, false)
                && look(*sent, spot, |table| {
                    table.rows().iter().flatten().any(|cell| cell.ends_with(b" \\escaped\\\" \""))
                })
        },
    ),
    odd(
        "csv/floods-in-quotes",
        "a table with very many quotes, delimiters and line ends in quoted cells",
        |draft, spot, _| {
            let [quotes, delimiters, line_ends] = floods();
            cells(draft, spot, |table| add_rows(table, [quotes.as_slice(), &delimiters, &line_ends]))
        },
        |sent, spot, _| regular(*sent, spot, |table| floods().iter().all(|cell| table.holds(cell))),
    ),
];

fn floods() -> [Vec<u8>; 3] {
    [b"\"".repeat(FLOOD), b",".repeat(FLOOD), b"\r\n".repeat(FLOOD)]
}

fn unclosed(cell: &[u8]) -> Vec<u8> {
    [b"\"", cell].concat()
}

fn inside(cell: &[u8]) -> Vec<u8> {
    [cell, b"\"x"].concat()
}

fn behind(cell: &[u8]) -> Vec<u8> {
    [b"\"", cell, b"\"x"].concat()
}

fn in_header(draft: &mut Draft, spot: &Spot, dress: fn(&[u8]) -> Vec<u8>) -> bool {
    lines(draft, spot, |table, lines| {
        lines.first_mut().zip(dressed(&table.header, dress)).map(|(line, dressed)| *line = dressed).is_some()
    })
}

fn in_last_row(draft: &mut Draft, spot: &Spot, dress: fn(&[u8]) -> Vec<u8>) -> bool {
    lines(draft, spot, |table, lines| {
        let row = table.rows.last().and_then(|row| dressed(row, dress));
        lines.last_mut().zip(row).map(|(line, dressed)| *line = dressed).is_some()
    })
}

/// A line in which the last cell that needs no quotes is written in another way.
fn dressed(cells: &[Vec<u8>], dress: fn(&[u8]) -> Vec<u8>) -> Option<Vec<u8>> {
    let at = cells.iter().rposition(|cell| bare(cell))?;
    let (before, rest) = cells.split_at(at);
    let (cell, after) = rest.split_first()?;
    let plain = |cells: &[Vec<u8>]| cells.iter().map(|cell| line(std::slice::from_ref(cell), false)).collect();
    Some([plain(before), vec![dress(cell)], plain(after)].concat().join(&b','))
}

/// Whether a quote is wrong in the header, or in a row.
fn stands(sent: Sent<'_>, spot: &Spot, fault: TableFault, in_header: bool) -> bool {
    let wanted = |(line, seen): &(usize, TableFault)| *seen == fault && (*line == 0) == in_header;
    look(sent, spot, |table| table.quotes.iter().any(wanted))
}
