//! What a burst met: the limit, the wait, the forms of all answers, and how long they took.

use serde::{Deserialize, Serialize};

/// What a burst met.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Flood {
    /// The operation.
    pub operation: String,
    /// The case.
    pub case: String,
    /// How many requests the run had sent before, which may count towards the limit.
    pub before: u64,
    /// How many requests the burst sent.
    pub requests: u64,
    /// The most that were under way at once.
    pub at_once: u64,
    /// How many of them were served.
    pub served: u64,
    /// How many of them were answered with 429.
    pub limited: u64,
    /// The longest wait that a 429 announced, in milliseconds.
    pub announced_ms: Option<u64>,
    /// From the first 429 to the end of the next answer that served, in milliseconds; `None` where none came.
    pub again_ms: Option<u64>,
    /// Whether it served after the announced wait, give or take a second; `None` where that is not known.
    pub honest: Option<bool>,
    /// Every status and form of body, the most frequent first.
    pub forms: Vec<Form>,
    /// How long the answers of the burst took.
    pub latency: Latency,
}

/// One form of answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The status; `None` where no answer came.
    pub status: Option<u16>,
    /// What the body is made of, or why none came.
    pub shape: String,
    /// How many answers had this form.
    pub count: u64,
}

/// How long answers took, in milliseconds, from the start of a request to the end of its answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// Half of them took at most this long.
    pub p50_ms: f64,
    /// Nine of ten.
    pub p90_ms: f64,
    /// Ninety-nine of a hundred.
    pub p99_ms: f64,
    /// The longest.
    pub max_ms: f64,
}
