//! One value of a page's example that disagrees with the page's own table.

use super::problem::Problem;
use crate::contract::{Erratum, Place};
use crate::verdict::Level;

/// One value of a page's example that disagrees with the page's own table.
#[derive(Debug, Clone)]
pub struct Disagreement<'a> {
    /// Where the value stands on the page; where it is absent, what should hold it.
    pub place: Place,
    /// The operation of the page.
    pub operation: &'a str,
    /// The status whose body the example shows.
    pub status: u16,
    /// The name of the example's tab.
    pub example: &'a str,
    /// The value's place in the example, as a JSON pointer.
    pub pointer: String,
    /// The rule that a tenant breaks that answers so.
    pub rule: String,
    /// How grave that would be.
    pub level: Level,
    /// What the table says.
    pub expected: String,
    /// What the example has.
    pub received: String,
    /// The erratum that tells of it.
    pub erratum: Option<&'a Erratum>,
}

impl Disagreement<'_> {
    /// The problem of a disagreement that no erratum tells of.
    pub fn problem(&self) -> Option<Problem> {
        let Self { status, example, pointer, rule, expected, received, .. } = self;
        let what = || {
            format!(
                "{status} \"{example}\" at {pointer}: the table says {expected}, the example has {received} ({rule})"
            )
        };
        let advice = "mend the schema if it misreads the page; if the page is wrong, tell of it in `errata.toml`";
        self.erratum.is_none().then(|| Problem::at(self.place.clone(), what(), advice))
    }
}
