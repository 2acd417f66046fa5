//! Findings grouped by cause: the rule first, then the fingerprint. Holds so much as the page shows, and counts the rest.

use super::cause::Cause;
use super::evidence::Evidence;
use crate::event::Judged;
use crate::report::page::{Distinct, Witness, count, thousands};
use crate::verdict::{Finding, Level};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Causes beyond these, in number or in bytes, are counted only.
const CAUSES: usize = 1_000;
const BYTES: usize = 5 << 20;
/// When the evidence takes more bytes than this, further causes have none.
const EVIDENCE: usize = 3 << 20;
/// The level of no more fingerprints is remembered for the filter of cases.
const KNOWN: usize = 20_000;

/// The causes of a run.
#[derive(Debug, Default)]
pub struct Findings {
    causes: Vec<Cause>,
    at: BTreeMap<String, usize>,
    by_case: BTreeMap<String, Vec<usize>>,
    levels: BTreeMap<String, Level>,
    broken: BTreeSet<String>,
    untold: Distinct<KNOWN>,
    bytes: usize,
    evidence: usize,
}

/// One rule and its causes, as the page shows them.
#[derive(Debug, Serialize)]
pub struct Group<'a> {
    rule: &'a str,
    title: &'a str,
    clause: &'a str,
    level: String,
    failing: bool,
    told: String,
    /// Where the group stands on the page.
    anchor: String,
    places: Vec<Place<'a>>,
    #[serde(skip)]
    at: BTreeMap<(&'a str, Option<String>), usize>,
    #[serde(skip)]
    causes: u64,
}

/// One place of an operation: findings that differ in the kind of case only are likely to have one cause.
#[derive(Debug, Serialize)]
pub struct Place<'a> {
    first: &'a Cause,
    alike: Vec<&'a Cause>,
}

impl Findings {
    /// Takes a finding; its exchange is looked for among those that the witness remembers.
    pub fn add(&mut self, finding: &Finding, witness: &Witness) {
        if self.levels.len() < KNOWN || self.levels.contains_key(&finding.fingerprint) {
            let level = self.levels.entry(finding.fingerprint.clone()).or_insert(finding.level);
            *level = finding.level.max(*level);
        }
        if finding.failing {
            self.broken.insert(finding.rule.clone());
        }
        if let Some(cause) = self.at.get(&finding.fingerprint).and_then(|at| self.causes.get_mut(*at)) {
            return cause.again(finding);
        }
        if self.causes.len() == CAUSES || self.bytes >= BYTES {
            self.untold.insert(&finding.fingerprint);
            return;
        }
        let at = self.causes.len();
        let seen = witness.exchange(finding.exchange);
        let evidence =
            seen.filter(|_| self.evidence < EVIDENCE).map(|seen| Evidence::of(finding, seen, witness.target()));
        self.evidence += evidence.as_ref().map_or(0, Evidence::weight);
        let cause = Cause::new(at, finding, witness, evidence);
        self.bytes += cause.weight();
        self.at.insert(finding.fingerprint.clone(), at);
        self.by_case.entry(finding.case.clone()).or_default().push(at);
        self.causes.push(cause);
    }

    /// Takes the verdict of a case.
    pub fn judge(&mut self, judged: &Judged) {
        for at in self.by_case.remove(&judged.case).unwrap_or_default() {
            if let Some(cause) = self.causes.get_mut(at) {
                cause.judge(judged);
            }
        }
        let known: BTreeSet<usize> = judged.findings.iter().filter_map(|id| self.at.get(id)).copied().collect();
        for at in known {
            if let Some(cause) = self.causes.get_mut(at) {
                cause.also(&judged.case);
            }
        }
    }

    /// How many rules have a failing finding.
    pub fn broken_rules(&self) -> u64 {
        self.broken.len() as u64
    }

    /// How grave a fingerprint is, if it was met.
    pub fn level(&self, fingerprint: &str) -> Option<Level> {
        self.levels.get(fingerprint).copied()
    }

    /// The anchor and the rule of a fingerprint's cause, if the page shows it.
    pub fn anchor(&self, fingerprint: &str) -> Option<(&str, &str)> {
        self.causes.get(*self.at.get(fingerprint)?).map(Cause::anchor)
    }

    /// What is left out, in one sentence; empty where nothing is.
    pub fn left_out(&self) -> String {
        let more = self.untold.count();
        if more == 0 {
            return String::new();
        }
        let shown = thousands(self.causes.len() as u64);
        format!(
            "The page shows the first {shown} findings; {} more are left out and stand in the event log.",
            thousands(more)
        )
    }

    /// The rules, what fails first, then the graver.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut at: BTreeMap<&str, usize> = BTreeMap::new();
        let mut causes: Vec<&Cause> = self.causes.iter().collect();
        causes.sort_by_key(|cause| (!cause.failing, !cause.is_known(), Reverse(cause.grave)));
        for cause in causes {
            let index = *at.entry(&cause.rule).or_insert(groups.len());
            if index == groups.len() {
                groups.push(Group::new(cause, index));
            }
            if let Some(group) = groups.get_mut(index) {
                group.add(cause);
            }
        }
        for group in &mut groups {
            group.told = count(group.causes, "finding");
        }
        groups
    }
}

impl<'a> Group<'a> {
    fn new(cause: &'a Cause, number: usize) -> Self {
        let (level, failing) = (cause.grave.to_string(), cause.failing);
        let (rule, title) = (&cause.rule, &cause.title);
        let (told, anchor) = (String::new(), format!("rule-{}", number + 1));
        Self {
            rule,
            title,
            clause: &cause.clause,
            level,
            failing,
            told,
            anchor,
            places: Vec::new(),
            at: BTreeMap::new(),
            causes: 0,
        }
    }

    fn add(&mut self, cause: &'a Cause) {
        self.causes += 1;
        let key = (cause.operation.as_str(), cause.spot.clone());
        let index = *self.at.entry(key).or_insert(self.places.len());
        match self.places.get_mut(index) {
            Some(place) => place.alike.push(cause),
            None => self.places.push(Place { first: cause, alike: Vec::new() }),
        }
    }
}
