//! The layer `csv`: what can be wrong with a table, what is odd in one, and what any tenant takes.

mod content;
mod edit;
mod encoding;
mod header;
mod line_ends;
mod quotes;
mod rows;
mod size;
#[cfg(test)]
mod tests;
mod valid;

pub use content::ALL as CONTENT;
pub use encoding::ALL as ENCODING;
pub use header::ALL as HEADER;
pub use line_ends::ALL as LINE_ENDS;
pub use quotes::ALL as QUOTES;
pub use rows::ALL as ROWS;
pub use size::ALL as SIZE;
pub use valid::ALL as VALID;

use crate::generate::defect::{Aid, Defect, Owed, Place, Spot};
use crate::generate::draft::Draft;
use crate::generate::proof::Sent;
use crate::verdict::Level;

type Apply = fn(&mut Draft, &Spot, &Aid) -> bool;
type Shows = fn(&Sent<'_>, &Spot, &Aid) -> bool;

/// A reader may refuse it at once, or let the task fail: a should.
const IRREGULAR: Owed = Owed::refused("refusal.irregular-input", Level::Should);

const fn irregular(id: &'static str, title: &'static str, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::Table, owed: IRREGULAR, apply, shows }
}

/// Odd, but a table as good as any: accepted or refused.
const fn odd(id: &'static str, title: &'static str, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::Table, owed: Owed::either(), apply, shows }
}

const fn valid(id: &'static str, title: &'static str, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::Table, owed: Owed::served(), apply, shows }
}
