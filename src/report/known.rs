//! Known failures: one line for each, with how many cases show it and why it is known.

use super::page::{Look, Sheet, Tone, count};
use crate::verdict::Finding;
use std::collections::{BTreeMap, BTreeSet};

/// More of them are counted only.
const MOST: usize = 200;

/// The known failures of a run, in the order in which they were met.
#[derive(Debug, Default)]
pub struct KnownFailures {
    told: Vec<Failure>,
    at: BTreeMap<String, usize>,
    untold: BTreeSet<String>,
}

#[derive(Debug)]
struct Failure {
    rule: String,
    known: String,
    cases: BTreeSet<String>,
}

impl KnownFailures {
    /// Takes a finding, if it is known.
    pub fn add(&mut self, finding: &Finding) {
        let Some(known) = finding.known.as_ref().filter(|_| finding.is_known()) else { return };
        let at = self.told.len();
        match self.at.get(&finding.fingerprint).and_then(|at| self.told.get_mut(*at)) {
            Some(failure) => drop(failure.cases.insert(finding.case.clone())),
            None if at < MOST => {
                let (rule, print) = (finding.rule.clone(), &finding.fingerprint);
                let until = known.until.as_ref().map(|until| format!(", until {until}")).unwrap_or_default();
                let added = if known.added { ", to be listed after this run" } else { "" };
                let known = format!("{print}{until}{added}: {}", known.reason);
                let cases = BTreeSet::from([finding.case.clone()]);
                self.at.insert(finding.fingerprint.clone(), at);
                self.told.push(Failure { rule, known, cases });
            }
            None => drop(self.untold.insert(finding.fingerprint.clone())),
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        (self.told.len() + self.untold.len()) as u64
    }

    /// One line for each; empty where there is none.
    pub fn render(&self, look: Look) -> String {
        let mut sheet = Sheet::new(look);
        for failure in &self.told {
            let more = failure.cases.len().saturating_sub(1) as u64;
            let rest = if more > 0 { format!(" and {}", count(more, "other case")) } else { String::new() };
            let case = failure.cases.first().map(String::as_str).unwrap_or_default();
            sheet.wrapped(0, Tone::Odd, &format!("known: {} ({case}{rest}), {}", failure.rule, failure.known));
        }
        if !self.untold.is_empty() {
            let more = count(self.untold.len() as u64, "more known failure");
            sheet.wrapped(0, Tone::Odd, &format!("… and {more}; the event log has them all"));
        }
        sheet.into_text()
    }
}
