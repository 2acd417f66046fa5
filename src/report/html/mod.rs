//! One HTML page that stands alone: no network, no script but its own, and whatever a tenant sent is text on it.

mod burst;
mod campaign;
mod cases;
mod cause;
mod coverage;
mod evidence;
mod exercised;
mod findings;
mod headline;
mod histogram;
mod latency;
mod message;
mod render;
mod spelled;

pub use render::{HEAD, STYLE, environment, policy};

use super::ending::reasons;
use super::face::Face;
use super::page::{Campaign, Witness};
use crate::event::{Coverage, Event, Start, Summary};
use burst::Bursts;
use cases::Cases;
use exercised::Exercised;
use findings::Findings;
use latency::Latency;
use render::Page;
use std::io::{self, Write};

const NOTES: usize = 50;

/// The face that writes the page, when the run has ended. Holds so much as the page shows.
pub struct Html<W: Write> {
    out: W,
    witness: Witness,
    start: Start,
    findings: Findings,
    cases: Cases,
    exercised: Exercised,
    latency: Latency,
    bursts: Bursts,
    campaign: Campaign,
    notes: Vec<String>,
    coverage: Option<Coverage>,
    summary: Option<Summary>,
    written: bool,
}

impl<W: Write> Html<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self {
            out,
            witness: Witness::default(),
            start: Start::default(),
            findings: Findings::default(),
            cases: Cases::default(),
            exercised: Exercised::default(),
            latency: Latency::default(),
            bursts: Bursts::default(),
            campaign: Campaign::default(),
            notes: Vec::new(),
            coverage: None,
            summary: None,
            written: false,
        }
    }

    fn write(&mut self) -> io::Result<()> {
        let (counts, rules) = (self.exercised.totals(), self.findings.broken_rules());
        let reasons = reasons(self.summary.as_ref(), self.coverage.as_ref());
        let (operations, cases_left_out) = (self.cases.operations(), self.cases.left_out());
        let (odd_cases, held_cases) = self.cases.rows(&self.findings);
        let page = Page {
            headline: headline::tell(&self.start, self.summary.as_ref(), &reasons, (counts, rules), &self.notes),
            groups: self.findings.groups(),
            campaign: campaign::sheet(&self.campaign, &self.findings),
            findings_left_out: self.findings.left_out(),
            operations,
            cases_left_out,
            odd_cases,
            held_cases,
            exercised: self.exercised.operations(),
            latency: self.latency.plots(),
            bursts: self.bursts.plots(),
            coverage: self.coverage.as_ref().map(coverage::sheet),
        };
        page.write(&mut self.out)
    }
}

impl<W: Write> Face for Html<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.witness.observe(event);
        self.campaign.observe(event);
        match event {
            Event::Run(start) => self.start.clone_from(start),
            Event::Note { text } if self.notes.len() < NOTES => self.notes.push(spelled::short(text, 1_000)),
            Event::Exchange(exchange) => {
                self.latency.add(exchange);
                self.bursts.remember(exchange);
            }
            Event::Finding(finding) => self.findings.add(finding, &self.witness),
            Event::Flood(flood) => self.bursts.add(flood),
            Event::Case(judged) => {
                self.findings.judge(judged);
                self.cases.add(judged);
                self.exercised.add(judged);
            }
            Event::Coverage(coverage) => self.coverage = Some(coverage.clone()),
            Event::Summary(summary) => self.summary = Some(summary.clone()),
            Event::Note { .. } | Event::Wait { .. } | Event::News { .. } | Event::Fuzz(_) | Event::Baseline(_) => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.written, true) {
            self.write()?;
        }
        self.out.flush()
    }
}
