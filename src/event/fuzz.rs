//! What a campaign of seeded combinations met: how the tenant behaved, and what was found.

use serde::{Deserialize, Serialize};

/// What a campaign met.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Fuzz {
    /// How many candidates were sent.
    pub candidates: u64,
    /// How many requests the campaign cost, with those that looked again and asked controls.
    pub requests: u64,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// How many behaviours were told apart: status, code, form of the body, names of the headers and, in a campaign
    /// of its own, how slow the answer was.
    pub behaviours: u64,
    /// Every status and code, the most frequent first; further ones are counted together.
    pub answers: Vec<Answers>,
    /// What was found, by fingerprint.
    pub found: Vec<Found>,
}

/// Answers of one status and code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// The status; `None` where no answer came.
    pub status: Option<u16>,
    /// The code that begins with the status, empty where there is none; why no answer came.
    pub code: String,
    /// How many answers there were.
    pub count: u64,
}

/// A finding that a campaign met.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its rule.
    pub rule: String,
    /// The case.
    pub case: String,
    /// Whether it fails the run.
    pub failing: bool,
    /// How many candidates showed it.
    pub count: u64,
}

/// How much is sent in a campaign of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// So many requests.
    Requests(u64),
    /// For so many milliseconds.
    Ms(u64),
}
