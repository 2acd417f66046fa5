//! How grave a broken rule is.

use serde::{Deserialize, Serialize};

/// How grave a broken rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; never fails a run.
    Note,
    /// Fails the run with `--strict`.
    Should,
    /// Fails the run.
    #[default]
    Must,
}

impl std::fmt::Display for Level {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(match self {
            Self::Note => "note",
            Self::Should => "should",
            Self::Must => "must",
        })
    }
}
