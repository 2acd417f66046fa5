//! What makes a comparison fail.

use crate::event::{Comparison, Turn};
use clap::ValueEnum;

/// What may make a comparison fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// A finding that fails a run, and that only the new run has
    New,
    /// A finding that fails the new run, and did not fail the old one or left cases whole that it breaks now
    Worse,
    /// A finding that shows itself in another way
    Changed,
    /// A finding that comes and goes
    Flaky,
    /// A finding of one run whose case the other run did not judge
    NotRun,
    /// Differences that break no rule
    Differences,
    /// Nothing
    None,
}

impl FailOn {
    pub(super) fn is_met(self, comparison: &Comparison) -> bool {
        let any = |turn: Turn| comparison.changes.iter().any(|change| change.turn == turn);
        match self {
            Self::New => comparison.changes.iter().any(|change| change.turn == Turn::New && change.failing),
            Self::Worse => any(Turn::Worse),
            Self::Changed => any(Turn::Changed),
            Self::Flaky => any(Turn::Flaky),
            Self::NotRun => any(Turn::NotRun),
            Self::Differences => !comparison.differences.is_empty(),
            Self::None => false,
        }
    }
}
