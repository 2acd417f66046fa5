//! What must come back for a request.

use super::Level;
use serde::{Deserialize, Serialize};

/// What must come back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// The statuses that keep the promise.
    #[serde(rename = "status")]
    pub statuses: Vec<u16>,
    /// The rule that another status breaks.
    pub rule: String,
    /// How grave another status is.
    pub level: Level,
    /// Whether HTTP itself refuses such a request, so that HTTP's own statuses and any body are right too.
    pub http: bool,
}
