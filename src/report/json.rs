//! One JSON document: the run, its cases, its findings, its notes, its bursts, its campaign and its list of known failures if any, its summary. Cases are written as they come.

use super::face::Face;
use super::inert;
use crate::event::{Baseline, Coverage, Event, Flood, Fuzz, Start, Summary};
use crate::verdict::Finding;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// A nearest body of more bytes than this stands in the event log only.
const NEAREST: usize = 64 * 1024;
/// Findings beyond so many bytes are counted only.
const MOST: usize = 16 * 1024 * 1024;
/// What a finding costs besides its line, in bytes.
const ROOM: usize = 512;
/// No more notes are held, and no more bursts.
const NOTES: usize = 1_000;

type Key = (String, String, Option<String>);

/// The face that writes one JSON document.
pub struct Json<W: Write> {
    out: W,
    opened: bool,
    closed: bool,
    cases: u64,
    /// The latest finding of each case, fingerprint and pointer, so that a long campaign holds no more than it met.
    findings: BTreeMap<Key, Vec<u8>>,
    order: Vec<Key>,
    held: usize,
    left_out: u64,
    notes: Vec<String>,
    floods: Vec<Flood>,
    fuzz: Option<Fuzz>,
    baseline: Option<Baseline>,
    coverage: Option<Coverage>,
    summary: Option<Summary>,
}

impl<W: Write> Json<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        let (findings, order, notes, floods) = (BTreeMap::new(), Vec::new(), Vec::new(), Vec::new());
        let (held, left_out) = (0, 0);
        Self {
            out,
            opened: false,
            closed: false,
            cases: 0,
            findings,
            order,
            held,
            left_out,
            notes,
            floods,
            fuzz: None,
            baseline: None,
            coverage: None,
            summary: None,
        }
    }

    fn open(&mut self, start: Option<&Start>) -> io::Result<()> {
        if self.opened {
            return Ok(());
        }
        self.opened = true;
        self.member("{\"run\":", &start)?;
        self.out.write_all(b",\n\"cases\":[")
    }

    fn case(&mut self, case: &impl Serialize) -> io::Result<()> {
        self.open(None)?;
        let between = if self.cases == 0 { "\n" } else { ",\n" };
        self.cases += 1;
        self.member(between, case)
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        let mut line = Vec::new();
        inert::write(&mut line, finding)?;
        if line.len() > NEAREST && finding.nearest.is_some() {
            line.clear();
            inert::write(&mut line, &Finding { nearest: None, ..finding.clone() })?;
        }
        let key = (finding.case.clone(), finding.fingerprint.clone(), finding.pointer.clone());
        let (length, known) = (line.len() + ROOM, self.findings.contains_key(&key));
        if !known && self.held + length > MOST {
            self.left_out += 1;
            return Ok(());
        }
        self.held += length;
        self.held -= self.findings.insert(key.clone(), line).map_or(0, |former| former.len() + ROOM);
        self.order.extend((!known).then_some(key));
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        self.open(None)?;
        self.out.write_all(b"\n],\n\"findings\":[")?;
        let findings = self.order.iter().filter_map(|key| self.findings.get(key));
        for (index, line) in findings.enumerate() {
            self.out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            self.out.write_all(line)?;
        }
        let (notes, summary) = (std::mem::take(&mut self.notes), self.summary.take());
        self.member("\n],\n\"notes\":", &notes)?;
        if self.left_out > 0 {
            self.member(",\n\"findings_left_out\":", &self.left_out.clone())?;
        }
        let floods = std::mem::take(&mut self.floods);
        if !floods.is_empty() {
            self.member(",\n\"floods\":", &floods)?;
        }
        if let Some(fuzz) = self.fuzz.take() {
            self.member(",\n\"fuzz\":", &fuzz)?;
        }
        if let Some(baseline) = self.baseline.take() {
            self.member(",\n\"baseline\":", &baseline)?;
        }
        if let Some(coverage) = self.coverage.take() {
            self.member(",\n\"coverage\":", &coverage)?;
        }
        self.member(",\n\"summary\":", &summary)?;
        self.out.write_all(b"}\n")
    }

    fn member(&mut self, before: &str, value: &impl Serialize) -> io::Result<()> {
        self.out.write_all(before.as_bytes())?;
        inert::write(&mut self.out, value)
    }
}

impl<W: Write> Face for Json<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Run(start) => self.open(Some(start)),
            Event::Case(case) => self.case(case),
            Event::Finding(finding) => self.finding(finding),
            Event::Note { text } => {
                self.notes.extend((self.notes.len() < NOTES).then(|| text.clone()));
                Ok(())
            }
            Event::Flood(flood) => {
                self.floods.extend((self.floods.len() < NOTES).then(|| flood.clone()));
                Ok(())
            }
            Event::Fuzz(fuzz) => {
                self.fuzz = Some(fuzz.clone());
                Ok(())
            }
            Event::Baseline(baseline) => {
                self.baseline = Some(baseline.clone());
                Ok(())
            }
            Event::Coverage(coverage) => {
                self.coverage = Some(coverage.clone());
                Ok(())
            }
            Event::Summary(summary) => {
                self.summary = Some(summary.clone());
                Ok(())
            }
            Event::Exchange(_) | Event::Wait { .. } | Event::News { .. } => Ok(()),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        if !self.closed {
            self.closed = true;
            self.close()?;
        }
        self.out.flush()
    }
}
