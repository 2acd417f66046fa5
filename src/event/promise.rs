//! What people are told about a rule, so that a report needs no catalogue.

use crate::verdict::Level;
use serde::{Deserialize, Serialize};

/// A rule that applies to a run, in the words for people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The rule's id.
    pub id: String,
    /// How grave it is to break it, before flaws of the pages and stability are weighed.
    pub level: Level,
    /// What it promises, in one line.
    pub title: String,
    /// Why it matters, and what is deliberately not held against a tenant.
    pub why: String,
    /// The page's own words.
    pub clause: String,
}
