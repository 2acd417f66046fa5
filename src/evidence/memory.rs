//! What a run remembers of its findings, so that a stable one is not sent again and a flaky one is not blamed at once.

use crate::verdict::{Finding, Level, Stability};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What a run remembers of its findings.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    stable: BTreeSet<String>,
    seen: BTreeMap<String, u64>,
    /// By what it is counted with, such as its rule: how many separate times it was in doubt, and when the last of them was settled.
    flaky: BTreeMap<String, (u32, Duration)>,
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

    /// Keeps what is known of a fingerprint under another one: the next finding of the former is a new one.
    pub fn rename(&mut self, from: &str, to: &str) {
        if self.stable.remove(from) {
            self.stable.insert(to.to_owned());
        }
        if let Some(seen) = self.seen.remove(from) {
            self.seen.insert(to.to_owned(), seen);
        }
    }

    /// Takes in that an earlier run was in doubt about a rule, so that the next doubt is not the first.
    pub fn suspect(&mut self, rule: &str) {
        self.flaky.insert(rule.to_owned(), (1, Duration::ZERO));
    }

    /// Marks a finding that was seen again on the same bytes, or repeats one that was.
    #[must_use]
    pub fn confirm(&mut self, mut finding: Finding) -> Finding {
        self.stable.insert(finding.fingerprint.clone());
        finding.stability = Stability::Stable;
        self.count(finding)
    }

    /// Marks a finding that was not seen again, and counts it with others of its rule.
    #[must_use]
    pub fn doubt(&mut self, finding: Finding, sent: Duration, settled: Duration) -> Finding {
        let rule = finding.rule.clone();
        self.doubt_with(&rule, finding, sent, settled)
    }

    /// Marks a finding that was not seen again. The first of a kind in a run is a note, every further one counts. What
    /// was under way before the last doubt was settled is one with it: one hiccup may meet several requests at once.
    #[must_use]
    pub fn doubt_with(&mut self, kind: &str, mut finding: Finding, sent: Duration, settled: Duration) -> Finding {
        let (times, until) = self.flaky.entry(kind.to_owned()).or_default();
        if *times == 0 || sent >= *until {
            *times += 1;
        }
        *until = settled.max(*until);
        let excused = *times == 1 || self.may_change.contains(&finding.rule.as_str());
        if excused && finding.failing {
            (finding.level, finding.failing) = (Level::Note, false);
        }
        finding.stability = Stability::Flaky;
        self.count(finding)
    }

    /// Marks a finding of a tenant that said that it was away for a moment, and was: no more than a note.
    #[must_use]
    pub fn pass(&mut self, mut finding: Finding) -> Finding {
        (finding.level, finding.failing, finding.stability) = (Level::Note, false, Stability::Flaky);
        self.count(finding)
    }

    /// Marks a finding that cannot be had again on demand: one alone is a note, and the next of its kind confirms it.
    #[must_use]
    pub fn repeat(&mut self, mut finding: Finding) -> Finding {
        if self.seen.contains_key(&finding.fingerprint) && finding.failing {
            return self.confirm(finding);
        }
        if finding.failing {
            (finding.level, finding.failing) = (Level::Note, false);
        }
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
