//! What changed from one run to another, as reports show it.

use crate::verdict::{Finding, Level, Stability};
use serde::Serialize;

/// What changed from an old run to a new one.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Comparison {
    /// The old run.
    pub old: Side,
    /// The new run.
    pub new: Side,
    /// What the reader should know beforehand, a sentence each.
    pub notes: Vec<String>,
    /// The findings of either run, the most important first.
    pub changes: Vec<Change>,
    /// What differs and breaks no rule.
    pub differences: Vec<Difference>,
}

/// One of the two runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The event log; empty where none is kept.
    pub log: String,
    /// The base URL of the tenant.
    pub target: String,
    /// When it began, RFC 3339 in UTC; empty where it did not begin.
    pub started: String,
    /// Its root seed.
    pub seed: u64,
    /// How many cases were judged: held or broken.
    pub judged: u64,
    /// Its exit code; `None` where the log ends before the summary.
    pub exit: Option<u8>,
}

/// What became of a finding. The order is that of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// Only the new run shows it.
    New,
    /// Both show it, and only in the new run it fails, or breaks cases that held in the old one.
    Worse,
    /// Both show it, in another way.
    Changed,
    /// It comes and goes.
    Flaky,
    /// One run shows it, and the other one did not judge its case.
    NotRun,
    /// The old run shows it, and the new one judged its case and does not.
    Fixed,
    /// Both show it in the same way.
    Still,
}

impl Turn {
    /// Every turn, the most important first.
    pub const ALL: &[Self] =
        &[Self::New, Self::Worse, Self::Changed, Self::Flaky, Self::NotRun, Self::Fixed, Self::Still];

    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Worse => "worse",
            Self::Changed => "changed",
            Self::Flaky => "flaky",
            Self::NotRun => "not run",
            Self::Fixed => "fixed",
            Self::Still => "still",
        }
    }

    /// What it means, in a sentence.
    pub fn means(self) -> &'static str {
        match self {
            Self::New => "Only the new run has it.",
            Self::Worse => "Both runs have it; it fails the new one only, or breaks cases that held in the old one.",
            Self::Changed => "Both runs have it, in another way.",
            Self::Flaky => "It comes and goes.",
            Self::NotRun => "One run has it, and the other one did not judge its case.",
            Self::Fixed => "The new run judged its case and does not show it.",
            Self::Still => "Both runs have it in the same way.",
        }
    }
}

/// A finding of either run, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What became of it.
    pub turn: Turn,
    /// The fingerprint.
    pub fingerprint: String,
    /// The rule's id.
    pub rule: String,
    /// What the rule promises, in one line.
    pub title: String,
    /// How grave it is.
    pub level: Level,
    /// Whether it fails its run.
    pub failing: bool,
    /// The operation.
    pub operation: String,
    /// The first case that shows it.
    pub case: String,
    /// The place in the body as a JSON pointer.
    pub pointer: Option<String>,
    /// Whether it was seen again.
    pub stability: Stability,
    /// What was expected, for people.
    pub expected: String,
    /// What was received, for people.
    pub received: String,
    /// What changed, or why it was not run; a clause each.
    pub how: Vec<String>,
    /// The cases that held in the old run and that it breaks in the new one, where both runs have it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
    /// The cases that it broke in the old run and that hold in the new one, where both runs have it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fewer: Vec<String>,
}

impl Change {
    /// A finding and what became of it.
    pub fn of(finding: &Finding, turn: Turn, how: Vec<String>) -> Self {
        let finding = finding.clone();
        Self {
            turn,
            fingerprint: finding.fingerprint,
            rule: finding.rule,
            title: finding.title,
            level: finding.level,
            failing: finding.failing,
            operation: finding.operation,
            case: finding.case,
            pointer: finding.pointer,
            stability: finding.stability,
            expected: finding.expected,
            received: finding.received,
            how,
            more: Vec::new(),
            fewer: Vec::new(),
        }
    }
}

/// What differs and breaks no rule. The order is that of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// What the case came to.
    Verdict,
    /// The status of the answer.
    Status,
    /// What the body is made of.
    Body,
    /// The names of the headers.
    Headers,
    /// How long answers take.
    Speed,
}

impl Aspect {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Status => "status",
            Self::Body => "body",
            Self::Headers => "headers",
            Self::Speed => "speed",
        }
    }
}

/// One difference that breaks no rule, and the cases that show it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    /// What differs.
    pub aspect: Aspect,
    /// The operation.
    pub operation: String,
    /// How it was and how it is, in one line.
    pub told: String,
    /// The cases; none where it is about the operation.
    pub cases: Vec<String>,
}
