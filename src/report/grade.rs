//! How loud a report tells a finding.

use crate::verdict::{Finding, Level};

/// How loud a finding is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// A promise broken.
    Error,
    /// A promise broken that fails a strict run only.
    Warning,
    /// Worth knowing.
    Note,
}

impl Grade {
    /// Every grade, the loudest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The grade of a finding. What is known, or did not count as it was not seen again, is a note.
    pub fn of(finding: &Finding) -> Self {
        match finding.level {
            _ if finding.is_known() => Self::Note,
            Level::Must if !finding.failing => Self::Note,
            level => level.into(),
        }
    }
}

impl From<Level> for Grade {
    fn from(level: Level) -> Self {
        match level {
            Level::Must => Self::Error,
            Level::Should => Self::Warning,
            Level::Note => Self::Note,
        }
    }
}
