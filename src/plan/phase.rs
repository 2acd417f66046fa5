//! The phases of a run.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A phase of a run, in the order in which they follow each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// The hand-written cases.
    #[default]
    Cases,
    /// Every defect in every place where it fits, once.
    Coverage,
    /// Seeded combinations of defects and valid variations, guided by what was new in the answers.
    Fuzz,
    /// The burst against the rate limit.
    Flood,
}

/// Why a text is no phase.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("there is no phase `{text}`: did you mean `{nearest}`? The phases are {}", known())]
pub struct PhaseError {
    text: String,
    nearest: Phase,
}

impl Phase {
    /// Every phase.
    pub const ALL: [Self; 4] = [Self::Cases, Self::Coverage, Self::Fuzz, Self::Flood];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Coverage => "coverage",
            Self::Fuzz => "fuzz",
            Self::Flood => "flood",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

impl FromStr for Phase {
    type Err = PhaseError;

    fn from_str(text: &str) -> Result<Self, PhaseError> {
        let near = |phase: &Self| strsim::jaro_winkler(phase.word(), text);
        let nearest = Self::ALL.into_iter().max_by(|one, other| near(one).total_cmp(&near(other)));
        let nearest = nearest.unwrap_or(Self::Cases);
        if nearest.word() == text { Ok(nearest) } else { Err(PhaseError { text: text.to_owned(), nearest }) }
    }
}

fn known() -> String {
    Phase::ALL.map(|phase| format!("`{phase}`")).join(", ")
}

#[cfg(test)]
mod tests {
    use super::Phase;

    #[test]
    fn every_phase_is_read_by_its_word() {
        assert_eq!(Phase::ALL.map(|phase| phase.word().parse()), Phase::ALL.map(Ok));
    }

    #[test]
    fn a_phase_that_there_is_not_is_told_with_the_nearest() {
        for (text, nearest) in [("flod", "`flood`"), ("case", "`cases`"), ("Flood", "`flood`"), ("", "`")] {
            let error = text.parse::<Phase>().unwrap_err().to_string();
            assert!(error.contains(&format!("no phase `{text}`: did you mean {nearest}")), "{error}");
        }
    }
}
