//! Reads a recorded event log, line by line.

use super::bodies::Cut;
use super::error::ReportError;
use crate::event::Event;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The event log of the last run, in its run folder.
pub const RUN_LOG: &str = "run.ndjson";
/// A longer line is no line of ours.
const LONGEST: u64 = 256 * 1024 * 1024;
const BODIES: [&str; 2] = ["/probe/body", "/outcome/answered/body"];
/// How every line of a log begins.
const BEGINNING: &[u8] = br#"{"event":""#;
/// The events that this version knows. Others come from a later one and are passed over.
const KNOWN: [&str; 11] =
    ["run", "note", "wait", "exchange", "finding", "flood", "news", "fuzz", "case", "coverage", "summary"];

/// The events of a recorded run, in order. Reads one line at a time.
#[derive(Debug)]
pub struct Recording {
    path: PathBuf,
    lines: BufReader<File>,
    line: u64,
    text: Vec<u8>,
    cuts: Vec<Cut>,
    unknown: u64,
}

/// Opens a recorded event log, or the one in a run folder.
pub fn read(path: &Path) -> Result<Recording, ReportError> {
    let log = if path.is_dir() { path.join(RUN_LOG) } else { path.to_owned() };
    if path.is_dir() && !log.exists() {
        return Err(ReportError::NoRun(path.to_owned()));
    }
    let failed = |source| ReportError::Read { path: log.clone(), source };
    let file = File::open(&log).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    let lines = BufReader::with_capacity(64 * 1024, file);
    Ok(Recording { path: log, lines, line: 0, text: Vec::new(), cuts: Vec::new(), unknown: 0 })
}

impl Recording {
    /// The log itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line of the last event.
    pub fn line(&self) -> &[u8] {
        &self.text
    }

    /// The large bodies of the last event of which only the beginning is known; empty where everything is.
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// How many lines were passed over, as this version does not know their events.
    pub fn unknown(&self) -> u64 {
        self.unknown
    }

    fn next_line(&mut self) -> Result<bool, ReportError> {
        // A line that was very long is not to cost its room for ever.
        if self.text.capacity() > 4 * 1024 * 1024 {
            self.text = Vec::new();
        }
        self.text.clear();
        self.line += 1;
        let read = self.lines.by_ref().take(LONGEST).read_until(b'\n', &mut self.text);
        let length = read.map_err(|source| ReportError::Read { path: self.path.clone(), source })?;
        Ok(length > 0)
    }

    fn event(&mut self) -> Result<Event, serde_json::Error> {
        self.cuts.clear();
        if memchr::memmem::find(&self.text, br#""sha256":"#).is_none() {
            return serde_json::from_slice(&self.text);
        }
        let mut event: Value = serde_json::from_slice(&self.text)?;
        for place in BODIES {
            let slot = event.pointer_mut(place).filter(|slot| slot.get("sha256").is_some());
            if let Some(slot) = slot {
                let cut: Cut = serde_json::from_value(slot.take())?;
                let whole = cut.whole(self.path.parent().unwrap_or(Path::new("")));
                *slot = serde_json::to_value(whole.as_ref().unwrap_or(&cut.head))?;
                if whole.is_none() {
                    self.cuts.push(cut);
                }
            }
        }
        serde_json::from_value(event)
    }

    /// Whether the line is an event that this version does not know.
    fn is_foreign(&self) -> bool {
        let event: Option<Value> = serde_json::from_slice(&self.text).ok();
        let name = event.as_ref().and_then(|event| event.get("event")?.as_str());
        name.is_some_and(|name| !KNOWN.contains(&name))
    }

    fn problem(&self, error: &serde_json::Error) -> ReportError {
        let (path, line, problem) = (self.path.clone(), self.line, error.to_string());
        if line == 1 && !self.text.starts_with(BEGINNING) {
            ReportError::NotLog(path)
        } else if self.text.ends_with(b"\n") {
            ReportError::Line { path, line, problem }
        } else {
            ReportError::CutOff { path, line }
        }
    }
}

impl Iterator for Recording {
    type Item = Result<Event, ReportError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_line() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
            match self.event() {
                Ok(event) => return Some(Ok(event)),
                Err(_) if self.is_foreign() => self.unknown += 1,
                Err(error) => return Some(Err(self.problem(&error))),
            }
        }
    }
}
