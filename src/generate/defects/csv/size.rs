//! Sizes: nothing, next to nothing, and very much. No request is larger than some megabytes.

use super::edit::{add_columns, add_rows, cells, has, look, regular, text};
use super::{IRREGULAR, irregular, odd};
use crate::generate::defect::{Defect, Owed, Place};
use crate::generate::proof::TableFault;
use crate::generate::table::line;
use crate::verdict::Level;

/// The characters of a huge cell.
const HUGE: usize = 1 << 20;
/// The columns of a wide table, beside its own.
const COLUMNS: usize = 10_000;
/// The rows of a long table.
const ROWS: usize = 100_000;
/// The largest table that is written, in bytes.
const LARGEST: usize = 1 << 23;
const BLANKS: &[u8] = b" \r\n\t \r\n";

/// The defects of this kind.
pub const ALL: &[Defect] = &[
    Defect {
        id: "missing-file/zero-bytes",
        title: "a table of zero bytes",
        place: Place::Table,
        owed: Owed::refused("refusal.missing-upload", Level::Must),
        apply: |draft, spot, _| text(draft, spot, |_| Some(Vec::new())),
        shows: |sent, spot, _| sent.content(spot.name()).is_some_and(<[u8]>::is_empty),
    },
    irregular(
        "csv/only-blanks",
        "a table of blanks and line ends alone",
        |draft, spot, _| text(draft, spot, |_| Some(BLANKS.to_vec())),
        |sent, spot, _| {
            sent.content(spot.name()).is_some_and(|content| !content.is_empty()) && has(*sent, spot, TableFault::Blank)
        },
    ),
    odd(
        "csv/huge-cell",
        "a table with a cell of 2^20 characters",
        |draft, spot, _| cells(draft, spot, |table| add_rows(table, [b"a".repeat(HUGE).as_slice()])),
        |sent, spot, _| regular(*sent, spot, |table| table.holds(&b"a".repeat(HUGE))),
    ),
    Defect {
        owed: IRREGULAR.or_http(),
        ..irregular(
            "csv/huge-column-name",
            "a table with a column whose name has 2^20 characters",
            |draft, spot, _| cells(draft, spot, |table| add_columns(table, [b"a".repeat(HUGE).as_slice()])),
            |sent, spot, _| look(*sent, spot, |table| table.header().iter().any(|cell| cell.len() == HUGE)),
        )
    },
    Defect {
        owed: IRREGULAR.or_http(),
        ..irregular(
            "csv/many-columns",
            "a table with 10,000 columns that the source does not have",
            |draft, spot, _| {
                let names: Vec<String> = (1..=COLUMNS).map(|number| format!("tenantcheck-{number}")).collect();
                cells(draft, spot, |table| add_columns(table, names.iter().map(String::as_bytes)))
            },
            |sent, spot, aid| {
                let wide = COLUMNS + aid.columns.len();
                look(*sent, spot, |table| !table.rows().is_empty() && table.lines.iter().all(|line| line.len() == wide))
                    && !has(*sent, spot, TableFault::DuplicateHeader)
            },
        )
    },
    odd(
        "csv/many-rows",
        "a table with 100,000 rows",
        |draft, spot, _| {
            text(draft, spot, |table| {
                let more = table.header.len().saturating_sub(1);
                let end = [",".repeat(more).as_str(), "\r\n"].concat();
                let rows = || (1..=ROWS).fold(String::new(), |rows, row| rows + &row.to_string() + &end);
                let fits = ROWS * (8 + more) <= LARGEST;
                fits.then(|| [line(&table.header, false), b"\r\n".to_vec(), rows().into_bytes()].concat())
            })
        },
        |sent, spot, aid| {
            let rows = |rows: usize| rows == ROWS;
            regular(*sent, spot, |table| table.has_columns(&aid.columns) && rows(table.rows().len()))
        },
    ),
];
