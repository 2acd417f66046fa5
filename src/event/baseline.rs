//! What a run says of its list of known failures.

use serde::{Deserialize, Serialize};

/// What a run says of its list of known failures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// How many entries the list has.
    pub entries: u64,
    /// How many of them the run saw, failing or not.
    pub seen: u64,
    /// The entries that were not seen although everything that could show them was judged.
    pub stale: Vec<Stale>,
}

/// An entry that tells of nothing any more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stale {
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its reason.
    pub reason: String,
    /// Its rule.
    pub rule: String,
    /// The case that showed it when it was written, where the entry names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
}
