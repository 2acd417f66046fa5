//! Rows: too short, too long, none, blank, cut off, divided in another way.

use super::edit::{add_rows, cells, has, lines, look};
use super::{irregular, odd};
use crate::generate::defect::Defect;
use crate::generate::proof::TableFault;
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
        |draft, spot, _| {
            cells(draft, spot, |table| {
                let fits = several(table);
                let lines = std::iter::once(&mut table.header).chain(&mut table.rows);
                lines.for_each(|line| *line = vec![line.join(&b';')]);
                fits
            })
        },
        |sent, spot, aid| {
            let line = aid.columns.join(";");
            look(*sent, spot, |table| matches!(table.header(), [cell] if cell.as_ref() == line.as_bytes()))
        },
    ),
    irregular(
        "csv/tab-delimited",
        "a table that is delimited by tabs",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                let fits = several(table);
                let lines = std::iter::once(&mut table.header).chain(&mut table.rows);
                lines.for_each(|line| *line = vec![line.join(&b'\t')]);
                fits
            })
        },
        |sent, spot, aid| {
            let line = aid.columns.join("\t");
            look(*sent, spot, |table| matches!(table.header(), [cell] if cell.as_ref() == line.as_bytes()))
        },
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

/// Whether a row can be too short, or blank.
fn several(table: &Table) -> bool {
    table.header.len() > 1
}
