//! SARIF 2.1.0: a result for each finding of a case, at its place in the case's file. Written case by case.

mod invocation;
mod result;
mod rules;

use super::ending::reasons;
use super::face::Face;
use super::inert;
use super::pending::Pending;
use crate::contract::Place;
use crate::event::{Coverage, Event, Judged, Start, Summary};
use crate::verdict::Finding;
use rules::Rules;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Code scanning shows no more results of a run.
const MOST: u64 = 5_000;
/// No more notes stand in the invocation.
const NOTES: usize = 100;
/// No more causes are remembered for cases that name them by fingerprint only.
const KNOWN: usize = 1_000;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const SRCROOT: &str = "The folder in which tenantcheck ran: the paths of the cases are seen from there.";

/// The face that writes SARIF.
pub struct Sarif<W: Write> {
    out: W,
    start: Start,
    rules: Rules,
    pending: Pending,
    known: BTreeMap<String, Finding>,
    results: u64,
    notes: Vec<String>,
    coverage: Option<Coverage>,
    summary: Option<Summary>,
    finished: bool,
}

impl<W: Write> Sarif<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self {
            out,
            start: Start::default(),
            rules: Rules::default(),
            pending: Pending::default(),
            known: BTreeMap::new(),
            results: 0,
            notes: Vec::new(),
            coverage: None,
            summary: None,
            finished: false,
        }
    }

    fn case(&mut self, judged: &Judged) -> io::Result<()> {
        let own = self.pending.take(&judged.case);
        let told = |print: &String| own.iter().any(|finding| finding.fingerprint == *print);
        let named = judged.findings.iter().filter(|print| !told(print)).filter_map(|print| self.known.get(print));
        let named = named.map(|known| Finding { case: judged.case.clone(), ..known.clone() });
        for finding in named.collect::<Vec<_>>().iter().chain(&own) {
            self.result(finding, &judged.place)?;
        }
        for finding in own {
            if self.known.len() < KNOWN {
                self.known.entry(finding.fingerprint.clone()).or_insert(finding);
            }
        }
        Ok(())
    }

    fn result(&mut self, finding: &Finding, place: &Place) -> io::Result<()> {
        self.results += 1;
        if self.results > MOST {
            return Ok(());
        }
        let between = if self.results == 1 { self.head()? } else { ",\n" };
        let index = self.rules.index(finding);
        self.member(between, &result::of(finding, index, place, &self.start))
    }

    /// Begins the document and says what stands before the first result.
    fn head(&mut self) -> io::Result<&'static str> {
        write!(self.out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{")?;
        let bases = json!({"%SRCROOT%": {"description": {"text": SRCROOT}}});
        self.member("\"columnKind\":\"unicodeCodePoints\",\"originalUriBaseIds\":", &bases)?;
        self.out.write_all(b",\n\"results\":[")?;
        Ok("\n")
    }

    fn close(&mut self) -> io::Result<()> {
        for finding in self.pending.rest() {
            self.result(&finding, &Place::default())?;
        }
        if self.results == 0 {
            self.head()?;
        }
        let left_out = self.results.saturating_sub(MOST) + self.pending.left_out();
        let (summary, reasons) = (self.summary.as_ref(), reasons(self.summary.as_ref(), self.coverage.as_ref()));
        let invocation = invocation::of(&self.start, &self.notes, left_out, summary, &reasons);
        let driver = json!({"name": "tenantcheck", "version": version(&self.start), "rules": self.rules.descriptors()});
        self.member("\n],\n\"tool\":", &json!({"driver": driver}))?;
        self.member(",\n\"invocations\":", &[invocation])?;
        self.out.write_all(b"}]}\n")
    }

    fn member(&mut self, before: &str, value: &impl Serialize) -> io::Result<()> {
        self.out.write_all(before.as_bytes())?;
        inert::write(&mut self.out, value)
    }
}

impl<W: Write> Face for Sarif<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Run(start) => {
                self.rules = Rules::new(&start.catalogue);
                self.start = Start { catalogue: Vec::new(), ..start.clone() };
            }
            Event::Note { text } if self.notes.len() < NOTES => self.notes.push(text.clone()),
            Event::Finding(finding) => self.pending.add(finding),
            Event::Case(judged) => self.case(judged)?,
            Event::Coverage(coverage) => self.coverage = Some(coverage.clone()),
            Event::Summary(summary) => self.summary = Some(summary.clone()),
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.finished, true) {
            self.close()?;
        }
        self.out.flush()
    }
}

fn version(start: &Start) -> &str {
    if start.version.is_empty() { env!("CARGO_PKG_VERSION") } else { &start.version }
}
