//! The little that is kept of a run: its findings, and a few words for each case.

use super::answer::Seen;
use crate::event::{Event, Judged, Side, Start, Summary};
use crate::exchange::{Exchange, Purpose};
use crate::verdict::{Finding, Stability};
use std::collections::{BTreeMap, BTreeSet};

/// More candidates are not told apart.
const CANDIDATES: usize = 100_000;

/// The little that is kept of a run, gathered event by event.
#[derive(Debug, Default)]
pub struct Digest {
    log: String,
    pub(super) start: Start,
    summary: Option<Summary>,
    pub(super) cases: BTreeMap<String, Case>,
    pub(super) findings: BTreeMap<String, Found>,
    /// The operation and defect of each case that was judged, and of each that held.
    judged: BTreeSet<(String, String)>,
    held: BTreeSet<(String, String)>,
    /// The candidate of each exchange that is not about the first one.
    candidates: BTreeMap<u64, u32>,
}

/// The little that is kept of a case.
#[derive(Debug, Default)]
pub(super) struct Case {
    pub(super) operation: String,
    pub(super) verdict: String,
    pub(super) why: Option<String>,
    /// Whether it has findings, failing or not.
    pub(super) findings: bool,
    /// Its last answer; `None` for a burst and for a case of many candidates.
    pub(super) seen: Option<Seen>,
    /// How long its first answer took, in microseconds.
    pub(super) us: Option<u64>,
    defects: BTreeSet<String>,
    candidates: BTreeSet<u32>,
}

/// A finding, and where it was seen.
#[derive(Debug)]
pub(super) struct Found {
    /// The first of the gravest.
    pub(super) finding: Finding,
    /// The cases that show it, and which candidate.
    pub(super) cases: BTreeSet<(String, u32)>,
    /// The cases that it breaks, and that showed it again where they were sent again.
    breaks: BTreeSet<String>,
}

impl Digest {
    /// An empty digest of a log.
    pub fn new(log: impl Into<String>) -> Self {
        Self { log: log.into(), ..Self::default() }
    }

    /// Takes in one event; `whole` says whether the bodies of an exchange are known whole.
    pub fn observe(&mut self, event: &Event, whole: bool) {
        match event {
            Event::Run(start) => self.start.clone_from(start),
            Event::Exchange(exchange) => self.exchange(exchange, whole),
            Event::Finding(finding) => self.finding(finding),
            Event::Case(judged) => self.judge(judged),
            Event::Summary(summary) => self.summary = Some(summary.clone()),
            Event::Flood(flood) => self.burst(&flood.case),
            Event::Note { .. }
            | Event::Wait { .. }
            | Event::News { .. }
            | Event::Fuzz(_)
            | Event::Coverage(_)
            | Event::Baseline(_) => {}
        }
    }

    /// Whether the run came to its end.
    pub fn is_whole(&self) -> bool {
        self.summary.is_some()
    }

    /// Whether the run began at all.
    pub fn has_begun(&self) -> bool {
        !self.start.started.is_empty()
    }

    /// The run in few words.
    pub(super) fn side(&self) -> Side {
        let Start { target, started, seed, .. } = &self.start;
        Side {
            log: self.log.clone(),
            target: target.clone(),
            started: started.clone(),
            seed: *seed,
            judged: self.cases.values().filter(|case| case.is_judged()).count() as u64,
            exit: self.summary.as_ref().map(|summary| summary.exit),
        }
    }

    fn exchange(&mut self, exchange: &Exchange, whole: bool) {
        let probe = &exchange.probe;
        if probe.candidate > 0 && self.candidates.len() < CANDIDATES {
            self.candidates.insert(exchange.number, probe.candidate);
        }
        if exchange.purpose != Purpose::Case {
            return;
        }
        let case = self.cases.entry(probe.case.clone()).or_default();
        case.operation.clone_from(&probe.operation);
        case.defects.extend(probe.defects.iter().cloned());
        case.us = case.us.or_else(|| exchange.status().map(|_| exchange.timing.total_us));
        if case.candidates.len() < CANDIDATES {
            case.candidates.insert(probe.candidate);
        }
        // One answer of many says nothing about a campaign.
        case.seen = (case.candidates.len() == 1).then(|| Seen::of(exchange, whole));
    }

    /// Which answer of a burst is the last one, and how long the first one waits, is chance.
    fn burst(&mut self, case: &str) {
        if let Some(case) = self.cases.get_mut(case) {
            (case.seen, case.us) = (None, None);
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let number = finding.shrunk.map_or(finding.exchange, |shrunk| shrunk.first);
        let candidate = self.candidates.get(&number).copied().unwrap_or_default();
        let found = self.findings.entry(finding.fingerprint.clone());
        let found = found.or_insert_with(|| Found::of(finding));
        let grave = |finding: &Finding| (finding.failing, finding.level);
        if grave(finding) > grave(&found.finding) {
            found.finding = finding.clone();
        }
        found.cases.insert((finding.case.clone(), candidate));
        if finding.breaks() && finding.stability != Stability::Flaky && candidate == 0 {
            found.breaks.insert(finding.case.clone());
        }
    }

    fn judge(&mut self, judged: &Judged) {
        let case = self.cases.entry(judged.case.clone()).or_default();
        case.operation.clone_from(&judged.operation);
        case.verdict.clone_from(&judged.verdict);
        case.why.clone_from(&judged.why);
        case.findings = !judged.findings.is_empty();
        // In a campaign a defect is never alone, so that it proves nothing of it.
        if case.is_judged() && !case.is_campaign() {
            let defects = || case.defects.iter().map(|defect| (judged.operation.clone(), defect.clone()));
            self.judged.extend(defects());
            self.held.extend(defects().filter(|_| case.verdict == "held"));
        }
    }

    /// The cases that a finding breaks here and that held in another run, which sent the same and had it elsewhere.
    pub(super) fn newly_broken(&self, found: &Found, other: &Self, elsewhere: &Found) -> Vec<String> {
        let same_draw = self.start.seed == other.start.seed && self.start.version == other.start.version;
        let is_new = |name: &&String| {
            let case = self.cases.get(*name).filter(|case| !case.is_campaign() && case.verdict == "broken");
            case.is_some_and(|case| (same_draw || case.defects.is_empty()) && other.has_held(name, case))
        };
        let shown: BTreeSet<&String> = elsewhere.cases.iter().map(|(name, _)| name).collect();
        found.breaks.iter().filter(|name| !shown.contains(name)).filter(is_new).cloned().collect()
    }

    /// Whether a case held here: by itself, or as a part of what shares a request.
    fn has_held(&self, name: &str, like: &Case) -> bool {
        let part = |defect: &String| self.held.contains(&(like.operation.clone(), defect.clone()));
        match self.cases.get(name).filter(|case| !case.verdict.is_empty()) {
            Some(case) => case.verdict == "held" && !case.is_campaign(),
            None => !like.defects.is_empty() && like.defects.iter().all(part),
        }
    }

    /// Why this run says nothing about a finding of another run in a case, if so.
    pub(super) fn is_silent(&self, other: &Self, name: &str, candidate: u32) -> Option<String> {
        let theirs = other.cases.get(name);
        let case = self.cases.get(name).filter(|case| !case.verdict.is_empty());
        let drawn = theirs.is_some_and(Case::is_campaign) || candidate > 0;
        if case.is_some_and(Case::is_judged) {
            let same = self.start.seed == other.start.seed;
            let sent = same && case.is_some_and(|case| case.candidates.contains(&candidate));
            return (drawn && !sent).then(|| "its campaign drew other requests".to_owned());
        }
        // What shares a request is not told by itself when the request is served.
        let shared = theirs.is_some_and(|case| {
            let is_judged = |defect: &String| self.judged.contains(&(case.operation.clone(), defect.clone()));
            !drawn && !case.defects.is_empty() && case.defects.iter().all(is_judged)
        });
        match case {
            _ if shared => None,
            None => Some("its case was not selected, or the world has no such thing".to_owned()),
            Some(case) => {
                let why = case.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
                Some(format!("its case is {}{why}", case.verdict))
            }
        }
    }
}

impl Found {
    fn of(finding: &Finding) -> Self {
        Self { finding: finding.clone(), cases: BTreeSet::new(), breaks: BTreeSet::new() }
    }
}

impl Case {
    /// Whether it was judged.
    pub(super) fn is_judged(&self) -> bool {
        matches!(self.verdict.as_str(), "held" | "broken")
    }

    /// Whether several defects shared its request, and were then sent one by one.
    pub(super) fn is_parted(&self) -> bool {
        self.verdict == "skipped" && self.defects.len() > 1
    }

    fn is_campaign(&self) -> bool {
        self.candidates.len() > 1
    }
}
