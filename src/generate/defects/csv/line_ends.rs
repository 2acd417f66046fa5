//! Line ends: those of old machines, and several kinds in one table.

use super::edit::{cells, has, text};
use super::irregular;
use crate::generate::defect::Defect;
use crate::generate::proof::TableFault;
use crate::generate::table::line;

/// The defects of this kind.
pub const ALL: &[Defect] = &[
    irregular(
        "csv/carriage-returns-alone",
        "a table whose lines end with carriage returns alone",
        |draft, spot, _| {
            cells(draft, spot, |table| {
                table.style.line_end = b"\r".to_vec();
                true
            })
        },
        |sent, spot, _| has(*sent, spot, TableFault::LoneCarriageReturn),
    ),
    irregular(
        "csv/mixed-line-ends",
        "a table whose lines end in several ways",
        |draft, spot, _| {
            text(draft, spot, |table| {
                let mut more = table.clone();
                more.style.final_line_end = true;
                more.grow();
                let row = line(&more.rows.pop()?, false);
                let other: &[u8] = if more.style.line_end == b"\n" { b"\r\n" } else { b"\n" };
                Some([more.write().as_slice(), &row, other].concat())
            })
        },
        |sent, spot, _| has(*sent, spot, TableFault::MixedLineEnds),
    ),
];
