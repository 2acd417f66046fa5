//! Findings that fail the run, grouped by cause: the same rule, operation and place is told once.

use super::distinct::Distinct;
use super::evidence;
use super::figures::{count, thousands};
use super::head;
use super::look::{Look, Tone};
use super::sheet::Sheet;
use super::witness::Witness;
use crate::event::{Event, Judged};
use crate::verdict::{Finding, Shrunk, Stability};
use std::collections::{BTreeMap, BTreeSet};

const NAMED: usize = 5;

type Key = (String, String, Option<String>);

/// The causes of a run in the order in which they were met.
#[derive(Debug)]
pub struct Causes {
    look: Look,
    most: usize,
    told: Vec<Cause>,
    index: BTreeMap<Key, usize>,
    fingerprints: BTreeMap<String, usize>,
    /// Causes beyond the most that are told.
    untold: BTreeSet<Key>,
}

#[derive(Debug)]
struct Cause {
    finding: Finding,
    evidence: String,
    seed: String,
    judged: Option<Judged>,
    /// The other cases that show it, and the status of each.
    others: Distinct<200>,
    named: Vec<String>,
    /// How often the first case shows it at another place.
    places: u64,
}

impl Causes {
    /// No causes yet; at most `most` will have a page.
    pub fn new(look: Look, most: usize) -> Self {
        let (index, fingerprints) = (BTreeMap::new(), BTreeMap::new());
        Self { look, most, told: Vec::new(), index, fingerprints, untold: BTreeSet::new() }
    }

    /// Takes a finding; its exchange is looked for among those that the witness remembers. Whether it has a page of its
    /// own now.
    pub fn add(&mut self, finding: &Finding, witness: &Witness) -> bool {
        let key = (finding.rule.clone(), finding.operation.clone(), finding.place());
        if let Some(cause) = self.index.get(&key).and_then(|at| self.told.get_mut(*at)) {
            cause.again(finding);
            return false;
        }
        let at = self.told.len();
        if at >= self.most {
            self.untold.insert(key);
            return false;
        }
        self.index.insert(key, at);
        self.fingerprints.insert(finding.fingerprint.clone(), at);
        self.told.push(Cause::new(finding, witness, self.look));
        true
    }

    /// Takes the verdict of a case: the causes that it was the first to show learn their place in its file.
    pub fn judge(&mut self, judged: &Judged) {
        for cause in self.told.iter_mut().filter(|cause| cause.finding.case == judged.case) {
            cause.judged.get_or_insert_with(|| judged.clone());
        }
        let known: BTreeSet<usize> =
            judged.findings.iter().filter_map(|id| self.fingerprints.get(id)).copied().collect();
        for at in known {
            if let Some(cause) = self.told.get_mut(at) {
                cause.also(&judged.case, None);
            }
        }
    }

    /// Whether there is no cause.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// A page for each cause, with an empty line between two.
    pub fn pages(&self) -> String {
        let mut sheet = Sheet::new(self.look);
        for cause in &self.told {
            sheet.blank();
            cause.write(&mut sheet);
        }
        if !self.untold.is_empty() {
            sheet.blank();
            let more = count(self.untold.len() as u64, "more cause");
            sheet.wrapped(0, Tone::Odd, &format!("… and {more}; the event log has them all (--report ndjson=PATH)"));
        }
        sheet.into_text()
    }
}

impl Cause {
    fn new(finding: &Finding, witness: &Witness, look: Look) -> Self {
        let probe = witness.exchange(finding.exchange).map(|seen| &seen.exchange.probe);
        let seed = probe.map(|probe| match probe.candidate {
            0 => format!("seed {}", probe.seed),
            candidate if probe.defects.is_empty() => format!("seed {}, candidate {candidate}", probe.seed),
            candidate => format!("seed {}, candidate {candidate}: {}", probe.seed, probe.defects.join(" + ")),
        });
        Self {
            evidence: evidence::render(finding, witness, look),
            finding: Finding { nearest: None, ..finding.clone() },
            seed: seed.unwrap_or_default(),
            judged: None,
            others: Distinct::default(),
            named: Vec::new(),
            places: 0,
        }
    }

    fn again(&mut self, finding: &Finding) {
        if finding.case == self.finding.case {
            self.places += u64::from(finding.pointer != self.finding.pointer);
        } else {
            self.also(&finding.case, finding.status);
        }
    }

    fn also(&mut self, case: &str, status: Option<u16>) {
        if case == self.finding.case || !self.others.insert(case) || self.named.len() == NAMED {
            return;
        }
        let odd = status.filter(|_| status != self.finding.status).map(|status| format!(" (status {status})"));
        self.named.push(format!("{case}{}", odd.unwrap_or_default()));
    }

    fn write(&self, sheet: &mut Sheet) {
        head::write(sheet, &self.finding, self.judged.as_ref());
        sheet.blank();
        sheet.append(&self.evidence);
        sheet.blank();
        sheet.wrapped(2, Tone::Quiet, &self.marks());
        if let Some(known) = &self.finding.known {
            sheet.wrapped(2, Tone::Odd, &known.to_string());
        }
        if let Some(shrunk) = self.finding.shrunk {
            sheet.wrapped(2, Tone::Plain, &smaller(shrunk));
        }
        if self.places > 0 {
            sheet.wrapped(2, Tone::Plain, &format!("also at {} of this case", count(self.places, "other place")));
        }
        if self.others.count() > 0 {
            sheet.wrapped(2, Tone::Plain, &self.also_in());
        }
    }

    fn marks(&self) -> String {
        let seen = match (self.finding.stability, self.finding.seen) {
            (Stability::Stable, seen) => format!("seen {} times, stable", thousands(seen.max(2))),
            (Stability::Flaky, _) => "not seen again on the same bytes: flaky".to_owned(),
            (Stability::Once, 0 | 1) => "seen once".to_owned(),
            (Stability::Once, seen) => format!("seen {} times", thousands(seen)),
        };
        let fingerprint = format!("fingerprint {}", self.finding.fingerprint);
        let marks = [self.seed.as_str(), &fingerprint, &seen];
        marks.into_iter().filter(|mark| !mark.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn also_in(&self) -> String {
        let more = self.others.count().saturating_sub(self.named.len() as u64);
        let rest = if more > 0 { format!(" and {} more", thousands(more)) } else { String::new() };
        let others = count(self.others.count(), "other case");
        format!("the same in {others}: {}{rest}", self.named.join(", "))
    }
}

/// How much smaller the request that is shown is than the one that was the first to show it.
pub fn smaller(shrunk: Shrunk) -> String {
    let (from, to) = (thousands(shrunk.from), count(shrunk.to, "byte"));
    let requests = count(shrunk.requests, "request");
    format!("shrunk from {from} to {to} in {requests}; request {} was the first to show it", thousands(shrunk.first))
}

/// Renders the failure pages of one case from its events (or of all cases, from all events); empty where nothing fails.
pub fn failure_page<'a>(events: impl IntoIterator<Item = &'a Event>, look: Look) -> String {
    let mut witness = Witness::default();
    let mut causes = Causes::new(look, usize::MAX);
    let mut bare = Sheet::new(look);
    for event in events {
        witness.observe(event);
        match event {
            Event::Finding(finding) if finding.failing => drop(causes.add(finding, &witness)),
            Event::Case(judged) => {
                causes.judge(judged);
                if judged.verdict == "broken" && !judged.known && causes.is_empty() {
                    head::write_bare(&mut bare, judged);
                }
            }
            _ => {}
        }
    }
    if causes.is_empty() { bare.into_text() } else { causes.pages() }
}
