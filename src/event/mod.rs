//! Everything that happens in a run, in order. Every report is rendered from these and from nothing else.

mod baseline;
mod comparison;
mod coverage;
mod flood;
mod fuzz;
mod kept;
mod promise;

pub use baseline::{Baseline, Stale};
pub use comparison::{Aspect, Change, Comparison, Difference, Side, Turn};
pub use coverage::{Coverage, Covered, Reached, Unseen};
pub use flood::{Flood, Form, Latency};
pub use fuzz::{Answers, Extent, Found, Fuzz};
pub use kept::KeptFinding;
pub use promise::Promise;

use crate::contract::{Expect, Place};
use crate::exchange::Exchange;
use crate::verdict::{Finding, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One line of the event log.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event {
    /// The run begins.
    Run(Start),
    /// Something that the user should know, in one sentence.
    Note {
        /// The sentence.
        text: String,
    },
    /// The run waits, and for what.
    Wait {
        /// Why it waits.
        why: String,
        /// How long, in milliseconds.
        ms: u64,
    },
    /// A probe went out and something came back.
    Exchange(Arc<Exchange>),
    /// A rule is broken.
    Finding(Box<Finding>),
    /// A burst ended, and what it met.
    Flood(Flood),
    /// A candidate of a campaign was answered in a way that no candidate before it was.
    News {
        /// The case.
        case: String,
        /// The candidate.
        candidate: u32,
    },
    /// The campaign of seeded combinations ended, and what it met.
    Fuzz(Fuzz),
    /// A case is judged.
    Case(Judged),
    /// What has become of the list of known failures, where there is one.
    Baseline(Baseline),
    /// What of the contract the run saw. Comes before the summary.
    Coverage(Coverage),
    /// The run ends. Always the last line.
    Summary(Summary),
}

/// How a run began.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Start {
    /// The version of tenantcheck.
    pub version: String,
    /// The base URL of the tenant.
    pub target: String,
    /// Whether that is the embedded tenant, which lives no longer than the run.
    #[serde(default)]
    pub embedded: bool,
    /// The version of each operation that is asked for.
    pub versions: BTreeMap<String, String>,
    /// The root seed.
    pub seed: u64,
    /// Whether `--strict` holds.
    pub strict: bool,
    /// How many cases were selected.
    pub cases: u64,
    /// How many rules apply.
    pub rules: u64,
    /// How many failures its list of known ones has; `None` where the user gave none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<u64>,
    /// How much a campaign of its own sends; `None` where the run is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<Extent>,
    /// The arguments that send something again where it was run: its configuration, contract and folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<String>,
    /// When it began, RFC 3339 in UTC.
    pub started: String,
    /// What people are told about each rule that applies; empty in a log of an earlier version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub catalogue: Vec<Promise>,
}

/// A case and its verdict.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Judged {
    /// The case.
    pub case: String,
    /// The file or the defect that it comes from: the case without its row, place or number.
    #[serde(default)]
    pub family: String,
    /// Its operation.
    pub operation: String,
    /// What it promises, in one line.
    pub title: String,
    /// The page's own words for the promise.
    pub clause: String,
    /// Where it stands.
    pub place: Place,
    /// What must come back.
    #[serde(default)]
    pub expect: Expect,
    /// The word of its verdict: held, skipped, inconclusive or broken.
    pub verdict: String,
    /// Why it is skipped or inconclusive.
    pub why: Option<String>,
    /// How many requests it cost.
    pub requests: u64,
    /// Its fingerprints, failing or not.
    pub findings: Vec<String>,
    /// Whether it is broken by known failures only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub known: bool,
}

/// How a run ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How many requests were sent.
    pub requests: u64,
    /// How many cases held.
    pub held: u64,
    /// How many cases are broken.
    pub broken: u64,
    /// How many of them are broken by known failures only.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub known: u64,
    /// How many cases were skipped.
    pub skipped: u64,
    /// How many cases are inconclusive.
    pub inconclusive: u64,
    /// How many findings there are that do not fail the run (should and note), by fingerprint.
    pub notes: u64,
    /// How many of them are shoulds; 0 in a log of an earlier version.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub shoulds: u64,
    /// How many rules were applied at least once.
    pub rules: u64,
    /// How long the run took, in milliseconds.
    pub ms: u64,
    /// What would enable skipped cases, and which known failures are not seen any more, a sentence each.
    pub hints: Vec<String>,
    /// The exit code.
    pub exit: u8,
    /// Why it ended so, where no finding tells: a sentence or several; empty in a log of an earlier version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl Summary {
    /// How many findings do not fail the run and are no shoulds either.
    #[must_use]
    pub fn mere_notes(&self) -> u64 {
        self.notes.saturating_sub(self.shoulds)
    }
}

impl Judged {
    /// Puts a verdict in.
    #[must_use]
    pub fn with(mut self, verdict: &Verdict) -> Self {
        verdict.word().clone_into(&mut self.verdict);
        self.why = verdict.why().map(ToOwned::to_owned);
        self.known = verdict.is_known();
        self
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
