//! The layer `csv`: what can be wrong with a table.

use crate::generate::defect::{Defect, Owed, Place};
use crate::generate::proof::TableFault;
use crate::verdict::Level;

/// A reader may refuse it at once, or let the task fail: a should.
const IRREGULAR: Owed = Owed::refused("refusal.irregular-input", Level::Should);

/// The defects of this layer.
pub const ALL: &[Defect] = &[Defect {
    id: "csv/unclosed-quote-in-header",
    title: "a quoted header cell that never ends",
    place: Place::Table,
    owed: IRREGULAR,
    apply: |draft, spot, _| {
        draft.table(spot.name()).is_some_and(|table| {
            let written = table.write();
            table.bytes = Some([b"\"", written.as_slice()].concat());
            true
        })
    },
    shows: |sent, spot, _| sent.table_faults(spot.name()).contains(&TableFault::UnclosedQuote),
}];
