//! `--update-baseline`: gathers what fails a run and what is not seen any more, and writes the list of known failures.

use crate::event::{Event, Summary};
use crate::load::KnownEntry;
use crate::report::Face;
use crate::run::{Exit, List, REASON};
use crate::verdict::{Finding, Stability, shape};
use anyhow::Context as _;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;
use std::rc::Rc;

/// What a run changes in the list.
#[derive(Default)]
pub(super) struct Harvest(Rc<RefCell<Gathered>>);

#[derive(Default)]
struct Gathered {
    fresh: Vec<KnownEntry>,
    listed: BTreeSet<String>,
    /// The cases that were asked with many candidates.
    drawn: BTreeSet<String>,
    seed: u64,
    /// The entries that are over and whose failures were seen.
    expired: BTreeSet<String>,
    gone: Vec<String>,
    entries: u64,
    seen: u64,
    summary: Summary,
}

/// The face that gathers it.
struct Gatherer(Rc<RefCell<Gathered>>);

/// More entries are not added by one run.
const MOST: usize = 10_000;
/// More cases are not named in an entry.
const CASES: usize = 500;

impl Harvest {
    /// The face that gathers what changes.
    pub(super) fn face(&self) -> impl Face + use<> {
        Gatherer(Rc::clone(&self.0))
    }

    /// Writes the list, and tells what changed on standard error. A run that was interrupted or judged nothing changes
    /// nothing.
    pub(super) fn write(&self, list: &List) -> anyhow::Result<()> {
        let path = list.file.path.display();
        let gathered = self.0.borrow();
        let Gathered { expired, gone, entries, seen, summary, .. } = &*gathered;
        if let Some(why) = silent(summary) {
            anstream::eprintln!("{path} is left as it is: {why}");
            return Ok(());
        }
        let fresh = gathered.fresh();
        list.file.write(gone, &fresh).with_context(|| format!("{path} cannot be written"))?;
        let is_listed = |entry: &&KnownEntry| list.file.entries.iter().any(|old| old.fingerprint == entry.fingerprint);
        let longer = fresh.iter().filter(is_listed).count();
        let (added, out) = ((fresh.len() - longer) as u64, gone.len() as u64);
        let kept = entries.saturating_sub(out);
        let unseen = kept.saturating_sub(*seen);
        let rest =
            if unseen > 0 { format!(", {unseen} of them not seen, which proves nothing") } else { String::new() };
        let longer = if longer > 0 { format!(", {longer} of them with more cases") } else { String::new() };
        anstream::eprintln!("{path}: {added} added, {out} taken out, {kept} kept{longer}{rest}");
        if !expired.is_empty() {
            let ids: Vec<&str> = expired.iter().map(String::as_str).collect();
            anstream::eprintln!(
                "their day is over and they fail still, so change `until` yourself: {}",
                ids.join(", ")
            );
        } else if !fresh.is_empty() && summary.exit == Exit::Held.code() {
            anstream::eprintln!("everything that fails is known now, so this run ends with exit 0");
        }
        Ok(())
    }
}

/// Why a run says too little to change the list.
fn silent(summary: &Summary) -> Option<&'static str> {
    match summary.exit {
        exit if Exit::interrupts(exit) => Some("the run was interrupted"),
        exit if exit == Exit::Usage.code() => Some("the configuration is wrong, as the tenant shows"),
        _ if summary.held + summary.broken == 0 => Some("nothing was judged"),
        _ => None,
    }
}

impl Gathered {
    fn finding(&mut self, finding: &Finding) {
        if finding.known.as_ref().is_some_and(|known| known.expired) {
            self.expired.insert(finding.fingerprint.clone());
        } else if self.listed.len() < MOST && self.listed.insert(finding.fingerprint.clone()) {
            self.fresh.push(KnownEntry { seed: Some(self.seed), ..entry(finding) });
        } else if let Some(entry) = self.fresh.iter_mut().find(|entry| entry.fingerprint == finding.fingerprint)
            && !entry.cases.contains(&finding.case)
        {
            entry.cases.push(finding.case.clone());
        }
    }

    /// What is written: an entry is about all cases where it comes and goes, came from a campaign, or names too many.
    fn fresh(&self) -> Vec<KnownEntry> {
        let of = |entry: &KnownEntry| {
            let open =
                entry.flaky || entry.cases.len() > CASES || entry.cases.iter().any(|case| self.drawn.contains(case));
            if open { KnownEntry { cases: Vec::new(), seed: None, ..entry.clone() } } else { entry.clone() }
        };
        self.fresh.iter().map(of).collect()
    }
}

fn is_added(finding: &Finding) -> bool {
    finding.known.as_ref().is_some_and(|known| known.added)
}

fn entry(finding: &Finding) -> KnownEntry {
    let Finding { fingerprint, title, rule, operation, case, .. } = finding.clone();
    KnownEntry {
        fingerprint,
        reason: REASON.to_owned(),
        title,
        rule: Some(rule),
        operation: Some(operation),
        case: Some(case.clone()),
        cases: vec![case],
        pointer: finding.pointer.as_deref().map(shape),
        flaky: finding.stability == Stability::Flaky,
        ..KnownEntry::default()
    }
}

impl Face for Gatherer {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let mut gathered = self.0.borrow_mut();
        match event {
            Event::Run(start) => gathered.seed = start.seed,
            Event::Exchange(exchange) if exchange.probe.candidate > 0 => {
                gathered.drawn.insert(exchange.probe.case.clone());
            }
            Event::Finding(finding) if finding.failing || is_added(finding) => gathered.finding(finding),
            Event::Baseline(baseline) => {
                (gathered.entries, gathered.seen) = (baseline.entries, baseline.seen);
                gathered.gone = baseline.stale.iter().map(|stale| stale.fingerprint.clone()).collect();
            }
            Event::Summary(summary) => gathered.summary.clone_from(summary),
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}
