//! `--update-baseline`: gathers what fails a run and what is not seen any more, and writes the list of known failures.

use crate::event::{Event, Summary};
use crate::load::KnownEntry;
use crate::report::Face;
use crate::run::{Exit, List};
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
const REASON: &str = "nobody has looked at this yet";

impl Harvest {
    /// The face that gathers what changes.
    pub(super) fn face(&self) -> impl Face + use<> {
        Gatherer(Rc::clone(&self.0))
    }

    /// Writes the list, and tells what changed on standard error. A run that was interrupted or judged nothing changes
    /// nothing.
    pub(super) fn write(&self, list: &List) -> anyhow::Result<()> {
        let path = list.file.path.display();
        let Gathered { fresh, expired, gone, entries, seen, summary, .. } = &*self.0.borrow();
        if let Some(why) = silent(summary) {
            anstream::eprintln!("{path} is left as it is: {why}");
            return Ok(());
        }
        list.file.write(gone, fresh).with_context(|| format!("{path} cannot be written"))?;
        let (added, out) = (fresh.len() as u64, gone.len() as u64);
        let kept = entries.saturating_sub(out);
        let unseen = kept.saturating_sub(*seen);
        let rest =
            if unseen > 0 { format!(", {unseen} of them not seen, which proves nothing") } else { String::new() };
        anstream::eprintln!("{path}: {added} added, {out} taken out, {kept} kept{rest}");
        if !expired.is_empty() {
            let ids: Vec<&str> = expired.iter().map(String::as_str).collect();
            anstream::eprintln!(
                "their day is over and they fail still, so change `until` yourself: {}",
                ids.join(", ")
            );
        } else if added > 0 && summary.exit == Exit::Held.code() {
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
        if finding.known.is_some() {
            self.expired.insert(finding.fingerprint.clone());
        } else if self.listed.len() < MOST && self.listed.insert(finding.fingerprint.clone()) {
            self.fresh.push(entry(finding));
        }
    }
}

fn entry(finding: &Finding) -> KnownEntry {
    let Finding { fingerprint, title, rule, operation, case, .. } = finding.clone();
    KnownEntry {
        fingerprint,
        reason: REASON.to_owned(),
        title,
        rule: Some(rule),
        operation: Some(operation),
        case: Some(case),
        pointer: finding.pointer.as_deref().map(shape),
        flaky: finding.stability == Stability::Flaky,
        ..KnownEntry::default()
    }
}

impl Face for Gatherer {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        let mut gathered = self.0.borrow_mut();
        match event {
            Event::Finding(finding) if finding.failing => gathered.finding(finding),
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
