//! The header: none, other columns, and columns that are nearly right.

use super::edit::{add_columns, cells, has, lines, look};
use super::{irregular, odd};
use crate::generate::defect::Defect;
use crate::generate::proof::{SentTable, TableFault};

/// A name that no column has.
const UNKNOWN: &str = "tenantcheck-unknown";

/// The defects of this kind.
pub const ALL: &[Defect] = &[
    irregular(
        "csv/no-header",
        "a table without a header",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                table.grow();
                true
            }) && lines(draft, spot, |_, lines| {
                lines.remove(0);
                true
            })
        },
        |sent, spot, aid| {
            let column = |cell: &[u8]| aid.columns.iter().any(|column| column.as_bytes() == cell);
            look(*sent, spot, |table| !table.lines.is_empty() && !table.header().iter().any(|cell| column(cell)))
        },
    ),
    irregular(
        "csv/blank-column",
        "a table with a column without a name",
        |draft, spot, _| cells(draft, spot, |table| add_columns(table, [&b""[..]])),
        |sent, spot, _| has(*sent, spot, TableFault::BlankHeader),
    ),
    irregular(
        "csv/duplicate-column",
        "a table that has each column twice",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                let lines = std::iter::once(&mut table.header).chain(&mut table.rows);
                lines.for_each(|line| line.extend_from_within(..));
                true
            })
        },
        |sent, spot, _| has(*sent, spot, TableFault::DuplicateHeader),
    ),
    irregular(
        "csv/unknown-column",
        "a table with a column that the source does not have",
        |draft, spot, _| cells(draft, spot, |table| add_columns(table, [UNKNOWN.as_bytes()])),
        |sent, spot, aid| {
            let columns = [aid.columns.as_slice(), &[UNKNOWN.to_owned()]].concat();
            look(*sent, spot, |table| table.has_columns(&columns) && even(table))
        },
    ),
    irregular(
        "csv/missing-column",
        "a table that lacks a column of the source",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                let mut lines = std::iter::once(&mut table.header).chain(&mut table.rows);
                lines.all(|line| line.len() > 1 && line.pop().is_some())
            })
        },
        |sent, spot, aid| {
            let columns = aid.columns.split_last().map(|(_, columns)| columns).unwrap_or_default();
            look(*sent, spot, |table| !columns.is_empty() && table.has_columns(columns) && even(table))
        },
    ),
    irregular(
        "csv/padded-column",
        "a table with blanks around the names of its columns",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                table.header.iter_mut().for_each(|cell| *cell = [b" ", cell.as_slice(), b" "].concat());
                true
            })
        },
        |sent, spot, aid| {
            let padded: Vec<String> = aid.columns.iter().map(|column| format!(" {column} ")).collect();
            look(*sent, spot, |table| table.has_columns(&padded))
        },
    ),
    irregular(
        "csv/blank-first-line",
        "a table with an empty line before its header",
        |draft, spot, _| {
            lines(draft, spot, |_, lines| {
                lines.insert(0, Vec::new());
                true
            })
        },
        |sent, spot, aid| {
            look(*sent, spot, |table| {
                let blank = matches!(table.header(), [cell] if cell.is_empty());
                blank && table.rows().first().is_some_and(|line| line.len() == aid.columns.len())
            })
        },
    ),
    odd(
        "csv/column-letter-case",
        "a table with the names of its columns in another letter case",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                let before = table.header.clone();
                table.header.iter_mut().for_each(|cell| *cell = cell.to_ascii_uppercase());
                table.header != before
            })
        },
        |sent, spot, aid| {
            let columns: Vec<String> = aid.columns.iter().map(|column| column.to_ascii_uppercase()).collect();
            columns != aid.columns && look(*sent, spot, |table| table.has_columns(&columns) && even(table))
        },
    ),
    odd(
        "csv/reordered-columns",
        "a table with its columns in another order",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                let mut lines = std::iter::once(&mut table.header).chain(&mut table.rows);
                lines.all(|line| {
                    line.reverse();
                    line.len() > 1
                })
            })
        },
        |sent, spot, aid| {
            let columns: Vec<String> = aid.columns.iter().rev().cloned().collect();
            columns != aid.columns && look(*sent, spot, |table| table.has_columns(&columns) && even(table))
        },
    ),
];

/// Whether every row is as long as the header.
fn even(table: &SentTable<'_>) -> bool {
    table.rows().iter().all(|row| row.len() == table.header().len())
}
