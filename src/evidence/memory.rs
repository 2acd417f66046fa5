//! What a run remembers of its findings, so that a stable one is not sent again and a flaky one is not blamed at once.

use crate::verdict::{Finding, Level, Stability};
use std::collections::{BTreeMap, BTreeSet};

/// What a run remembers of its findings.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    stable: BTreeSet<String>,
    seen: BTreeMap<String, u64>,
    flaky: BTreeMap<String, u32>,
    may_change: &'static [&'static str],
}

impl Memory {
    /// A memory that knows which rules are about things that may change by themselves.
    pub fn new(may_change: &'static [&'static str]) -> Self {
        Self { may_change, ..Self::default() }
    }

    /// Whether a finding of this fingerprint was seen again in this run.
    pub fn is_stable(&self, finding: &Finding) -> bool {
        self.stable.contains(&finding.fingerprint)
    }

    /// Marks a finding that was seen again on the same bytes, or repeats one that was.
    #[must_use]
    pub fn confirm(&mut self, mut finding: Finding) -> Finding {
        self.stable.insert(finding.fingerprint.clone());
        finding.stability = Stability::Stable;
        self.count(finding)
    }

    /// Marks a finding that was not seen again. The first of a rule in a run is a note, every further one counts.
    #[must_use]
    pub fn doubt(&mut self, mut finding: Finding) -> Finding {
        let earlier = self.flaky.entry(finding.rule.clone()).or_default();
        let excused = *earlier == 0 || self.may_change.contains(&finding.rule.as_str());
        if excused && finding.failing {
            (finding.level, finding.failing) = (Level::Note, false);
        }
        *earlier += 1;
        finding.stability = Stability::Flaky;
        self.count(finding)
    }

    /// Counts how many exchanges showed a finding.
    #[must_use]
    pub fn count(&mut self, mut finding: Finding) -> Finding {
        let seen = self.seen.entry(finding.fingerprint.clone()).or_default();
        *seen += finding.seen;
        finding.seen = *seen;
        finding
    }
}
