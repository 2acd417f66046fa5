//! Markdown: a summary for people, as CI systems show it. Whatever the run met stands in it as text and does nothing.

mod campaign;
mod cause;
mod coverage;
mod escape;
mod summary;

pub use escape::{code, prose};

use super::ending::reasons;
use super::face::Face;
use super::known::KnownFailures;
use super::page::{Campaign, Look, Witness, count};
use super::pending::Pending;
use super::terminal::{Quiet, Unjudged};
use crate::event::{Coverage, Event, Judged, Start, Summary};
use crate::verdict::Finding;
use cause::Cause;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The whole text has at most so many bytes, below what any CI system takes.
const MOST: usize = 60_000;
/// What is left for the words at its end.
const END: usize = 2_000;
/// More causes than this are counted only.
const CAUSES: usize = 40;
/// No more causes are told apart.
const KNOWN: usize = 10_000;
const LOOK: Look = Look { color: false, width: 100 };

type Key = (String, String, Option<String>);

/// The face that writes Markdown when the run ends.
pub struct Markdown<W: Write> {
    out: W,
    start: Start,
    witness: Witness,
    pending: Pending,
    causes: Vec<Cause>,
    index: BTreeMap<Key, usize>,
    prints: BTreeMap<String, usize>,
    untold: BTreeSet<Key>,
    known: KnownFailures,
    quiet: Quiet,
    unjudged: Unjudged,
    campaign: Campaign,
    coverage: Option<Coverage>,
    summary: Option<Summary>,
    finished: bool,
}

impl<W: Write> Markdown<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self {
            out,
            start: Start::default(),
            witness: Witness::default(),
            pending: Pending::default(),
            causes: Vec::new(),
            index: BTreeMap::new(),
            prints: BTreeMap::new(),
            untold: BTreeSet::new(),
            known: KnownFailures::default(),
            quiet: Quiet::default(),
            unjudged: Unjudged::default(),
            campaign: Campaign::default(),
            coverage: None,
            summary: None,
            finished: false,
        }
    }

    fn case(&mut self, judged: &Judged) {
        let own = self.pending.take(&judged.case);
        let mut shown: BTreeSet<usize> = judged.findings.iter().filter_map(|id| self.prints.get(id)).copied().collect();
        for finding in own {
            shown.extend(self.index.get(&key(&finding)));
        }
        for at in shown {
            if let Some(cause) = self.causes.get_mut(at) {
                cause.judge(judged);
            }
        }
        if judged.verdict != "held" && judged.verdict != "broken" {
            self.unjudged.add(judged);
        }
    }

    fn finding(&mut self, finding: &Finding) {
        self.pending.add(finding);
        let (key, at) = (key(finding), self.causes.len());
        if self.index.contains_key(&key) {
            return;
        }
        if at < CAUSES {
            self.causes.push(Cause::new(finding, &self.witness, LOOK));
            self.index.insert(key, at);
            self.prints.insert(finding.fingerprint.clone(), at);
        } else if self.untold.len() < KNOWN {
            self.untold.insert(key);
        }
    }

    fn text(&self) -> String {
        let causes = self.causes.len() + self.untold.len();
        let reasons = reasons(self.summary.as_ref(), self.coverage.as_ref());
        let mut text = summary::head(&self.start, self.summary.as_ref(), causes as u64, &reasons);
        let known = summary::known(&self.known.render(LOOK), self.known.count());
        let rest = known + &summary::rest(&self.quiet.render(LOOK), &self.unjudged.render(LOOK), self.summary.as_ref());
        let room = MOST - END.max(rest.len() + END).min(MOST / 2);
        let mut told = 0;
        for (number, cause) in self.causes.iter().enumerate() {
            let blocks = [cause.block(number + 1, true), cause.block(number + 1, false)];
            let Some(block) = blocks.into_iter().find(|block| text.len() + block.len() <= room) else { break };
            text.push_str(&block);
            told += 1;
        }
        if causes > told {
            let more = count((causes - told) as u64, "more cause");
            let _ = write!(text, "\nThere was no room for {more}; the event log has them all.\n");
        }
        let mut text = if text.len() + rest.len() <= MOST { text + &rest } else { text + summary::NO_ROOM };
        for block in [campaign::block(&self.campaign), self.coverage.as_ref().map(coverage::block)].iter().flatten() {
            if text.len() + block.len() <= MOST {
                text.push_str(block);
            }
        }
        text
    }
}

impl<W: Write> Face for Markdown<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.witness.observe(event);
        self.campaign.observe(event);
        match event {
            Event::Run(start) => self.start = Start { catalogue: Vec::new(), ..start.clone() },
            Event::Finding(finding) if finding.failing => self.finding(finding),
            Event::Finding(finding) if finding.is_known() => self.known.add(finding),
            Event::Finding(finding) => self.quiet.add(finding),
            Event::Case(judged) => self.case(judged),
            Event::Coverage(coverage) => self.coverage = Some(coverage.clone()),
            Event::Summary(summary) => self.summary = Some(summary.clone()),
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.finished, true) {
            let text = self.text();
            self.out.write_all(text.as_bytes())?;
        }
        self.out.flush()
    }
}

/// What makes two findings one cause.
fn key(finding: &Finding) -> Key {
    (finding.rule.clone(), finding.operation.clone(), finding.place())
}
