//! Rows: too short, too long, none, blank, cut off, divided in another way.

use super::edit::{add_rows, cells, has, lines, look};
use super::{irregular, odd};
use crate::generate::defect::{Aid, Defect, Spot};
use crate::generate::draft::Draft;
use crate::generate::proof::{Sent, TableFault};
use crate::generate::table::Table;

/// The defects of this kind.
pub const ALL: &[Defect] = &[
    irregular(
        "csv/short-row",
        "a table with a row of too few cells",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                table.grow();
                several(table) && table.rows.last_mut().and_then(Vec::pop).is_some()
            })
        },
        |sent, spot, _| has(*sent, spot, TableFault::ShortRow),
    ),
    irregular(
        "csv/long-row",
        "a table with a row of too many cells",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                table.grow();
                table.rows.last_mut().map(|row| row.push(b"surplus".to_vec())).is_some()
            })
        },
        |sent, spot, _| has(*sent, spot, TableFault::LongRow),
    ),
    irregular(
        "csv/header-only",
        "a table without rows",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                table.rows.clear();
                true
            })
        },
        |sent, spot, _| has(*sent, spot, TableFault::NoRows),
    ),
    irregular(
        "csv/blank-line",
        "a table with an empty line between its rows",
        |draft, spot, _| {
            cells(draft, spot, |table| several(table) && add_rows(table, [&b"after"[..]]))
                && lines(draft, spot, |_, lines| {
                    lines.insert(lines.len().saturating_sub(1), Vec::new());
                    true
                })
        },
        |sent, spot, _| has(*sent, spot, TableFault::BlankLine),
    ),
    irregular(
        "csv/other-delimiter",
        "a table that is delimited by semicolons",
        |draft, spot, _| delimit(draft, spot, b';'),
        |sent, spot, aid| is_delimited(*sent, spot, aid, ";"),
    ),
    irregular(
        "csv/tab-delimited",
        "a table that is delimited by tabs",
        |draft, spot, _| delimit(draft, spot, b'\t'),
        |sent, spot, aid| is_delimited(*sent, spot, aid, "\t"),
    ),
    odd(
        "csv/odd-rows",
        "a table with a row of empty cells, one of blanks, a row twice, and the header as a row",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                let [empty, blank] = [&b""[..], b"  "].map(|cell| vec![cell.to_vec(); table.header.len()]);
                table.rows.extend([empty, blank, table.header.clone(), table.header.clone()]);
                true
            })
        },
        |sent, spot, _| {
            look(*sent, spot, |table| {
                let holds = |cell: &[u8]| table.rows().iter().any(|row| row.iter().all(|other| other.as_ref() == cell));
                let headers = table.rows().iter().filter(|row| row.as_slice() == table.header()).count();
                holds(b"") && holds(b"  ") && headers == 2
            })
        },
    ),
];

/// Puts another delimiter between the cells.
fn delimit(draft: &mut Draft, spot: &Spot, by: u8) -> bool {
    cells(draft, spot, |table| {
        let fits = several(table);
        let lines = std::iter::once(&mut table.header).chain(&mut table.rows);
        lines.for_each(|line| *line = vec![line.join(&by)]);
        fits
    })
}

fn is_delimited(sent: Sent<'_>, spot: &Spot, aid: &Aid, by: &str) -> bool {
    let line = aid.columns.join(by);
    look(sent, spot, |table| matches!(table.header(), [cell] if cell.as_ref() == line.as_bytes()))
}

/// Whether a row can be too short, or blank.
fn several(table: &Table) -> bool {
    table.header.len() > 1
}
