//! What a rule is: one checkable promise, and what people are told about it.

use crate::verdict::Level;

/// One checkable promise.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The id, such as `body.schema`: the layer, a dot, the promise.
    pub id: &'static str,
    /// How grave it is to break it.
    pub level: Level,
    /// What it promises, in one line.
    pub title: &'static str,
    /// Why it matters, and what is deliberately not held against a tenant.
    pub why: &'static str,
    /// The page's own words, or what HTTP promises where the page is silent.
    pub clause: &'static str,
    /// An answer that breaks it.
    pub example: &'static str,
}
