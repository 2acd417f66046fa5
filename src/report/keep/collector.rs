//! Puts together, from the events of a run, what a finding needs to be sent and judged again.

use crate::event::{Event, Judged, KeptFinding, Start};
use crate::exchange::Probe;
use crate::verdict::Finding;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// How many of the latest requests are remembered.
const MOST: usize = 4_000;
/// How many bytes of them.
const MOST_BYTES: usize = 16 * 1024 * 1024;
const PLAIN: &str = "The request that works, with nothing done to it";
const TOO_MANY_REQUESTS: u16 = 429;

/// Remembers the latest requests, and the findings that wait for the verdict of their case.
#[derive(Debug, Default)]
pub struct Collector {
    start: Start,
    latest: VecDeque<(u64, Arc<Probe>)>,
    bytes: usize,
    waiting: Vec<(Finding, Vec<Probe>)>,
    flooded: BTreeSet<String>,
    /// The fingerprints that were told, and whether one that fails was.
    told: BTreeMap<String, bool>,
}

/// Whether one request shows a finding, or two; a burst has to be sent as one.
pub fn shows_alone(finding: &Finding, flooded: &BTreeSet<String>) -> bool {
    let of_limit = finding.rule.starts_with("rate.") || finding.status == Some(TOO_MANY_REQUESTS);
    !(of_limit && flooded.contains(&finding.case))
}

impl Collector {
    /// Looks at an event, and answers the findings that it completes and that fail or are known, each fingerprint once in a run,
    /// or again once it fails.
    pub fn observe(&mut self, event: &Event) -> Vec<KeptFinding> {
        match event {
            Event::Run(start) => self.start = start.clone(),
            Event::Exchange(exchange) => self.remember(exchange.number, &exchange.probe),
            Event::Flood(flood) => drop(self.flooded.insert(flood.case.clone())),
            Event::Finding(finding) if finding.breaks() => self.wait(finding),
            Event::Case(judged) => return self.complete(judged),
            _ => {}
        }
        Vec::new()
    }

    fn remember(&mut self, number: u64, probe: &Arc<Probe>) {
        self.bytes += weight(probe);
        self.latest.push_back((number, Arc::clone(probe)));
        while self.latest.len() > MOST || (self.bytes > MOST_BYTES && self.latest.len() > 1) {
            self.bytes -= self.latest.pop_front().map_or(0, |(_, probe)| weight(&probe));
        }
    }

    fn probe(&self, wanted: u64) -> Option<Probe> {
        let found = self.latest.iter().rev().find(|(number, _)| *number == wanted);
        found.map(|(_, probe)| Probe::clone(probe))
    }

    /// A finding waits for the verdict of its case, which may come much later than its request.
    fn wait(&mut self, finding: &Finding) {
        if self.is_told(finding) || self.waiting.len() >= MOST {
            return;
        }
        let Some(last) = self.probe(finding.exchange) else { return };
        // What is too long ago is stood in for by the request itself: sent twice, it should show the same.
        let earlier = finding.earlier.map(|number| self.probe(number).unwrap_or_else(|| last.clone()));
        // The body may be as large as the tenant likes, and replaying makes a new one.
        let finding = Finding { nearest: None, ..finding.clone() };
        self.waiting.push((finding, earlier.into_iter().chain([last]).collect()));
    }

    /// What is known in one case may fail in another; that one is worth more.
    fn is_told(&self, finding: &Finding) -> bool {
        self.told.get(&finding.fingerprint).is_some_and(|failing| *failing || !finding.failing)
    }

    fn complete(&mut self, judged: &Judged) -> Vec<KeptFinding> {
        let all = std::mem::take(&mut self.waiting).into_iter();
        let (own, others) = all.partition(|(finding, _)| finding.case == judged.case);
        self.waiting = others;
        let own: Vec<(Finding, Vec<Probe>)> = own;
        own.into_iter().filter_map(|(finding, probes)| self.kept(finding, probes, judged)).collect()
    }

    fn kept(&mut self, finding: Finding, probes: Vec<Probe>, judged: &Judged) -> Option<KeptFinding> {
        if !shows_alone(&finding, &self.flooded) || self.is_told(&finding) {
            return None;
        }
        self.told.insert(finding.fingerprint.clone(), finding.failing);
        Some(KeptFinding {
            tenantcheck: self.start.version.clone(),
            seen: self.start.started.clone(),
            target: self.start.target.clone(),
            embedded: self.start.embedded,
            version: self.start.versions.get(&finding.operation).cloned().unwrap_or_default(),
            strict: self.start.strict,
            title: title(&finding, probes.last(), judged),
            family: judged.family.clone(),
            place: judged.place.clone(),
            expect: finding.expect.clone().unwrap_or_else(|| judged.expect.clone()),
            finding,
            probes,
        })
    }
}

/// What its request is, in one line: of a combination, what is left of it.
fn title(finding: &Finding, probe: Option<&Probe>, judged: &Judged) -> String {
    let plain = probe.is_some_and(|probe| probe.candidate > 0 && probe.defects.is_empty());
    let left = finding.takes().map(|takes| {
        let mut letters = takes.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    });
    let title = || if plain { PLAIN.to_owned() } else { judged.title.clone() };
    left.unwrap_or_else(title)
}

fn weight(probe: &Probe) -> usize {
    let headers: usize = probe.headers.iter().map(|(name, value)| name.len() + value.0.len()).sum();
    512 + probe.body.0.len() + probe.target.0.len() + headers
}
