//! Reads a recorded event log, line by line.

use super::bodies::Cut;
use super::error::ReportError;
use crate::event::Event;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A longer line is no line of ours.
const LONGEST: u64 = 256 * 1024 * 1024;
const BODIES: [&str; 2] = ["/probe/body", "/outcome/answered/body"];

/// The events of a recorded run, in order. Reads one line at a time.
#[derive(Debug)]
pub struct Recording {
    path: PathBuf,
    lines: BufReader<File>,
    line: u64,
    cuts: Vec<Cut>,
}

/// Opens a recorded event log.
pub fn read(path: &Path) -> Result<Recording, ReportError> {
    let failed = |source| ReportError::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    Ok(Recording { path: path.to_owned(), lines: BufReader::new(file), line: 0, cuts: Vec::new() })
}

impl Recording {
    /// The large bodies of the last event of which only the beginning is known; empty where everything is.
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    fn next_line(&mut self) -> Result<Option<Vec<u8>>, ReportError> {
        let mut line = Vec::new();
        self.line += 1;
        let read = self.lines.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        let length = read.map_err(|source| ReportError::Read { path: self.path.clone(), source })?;
        Ok((length > 0).then_some(line))
    }

    fn event(&mut self, line: &[u8]) -> Result<Event, serde_json::Error> {
        self.cuts.clear();
        if memchr::memmem::find(line, br#""sha256":"#).is_none() {
            return serde_json::from_slice(line);
        }
        let mut event: Value = serde_json::from_slice(line)?;
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
}

impl Iterator for Recording {
    type Item = Result<Event, ReportError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = match self.next_line() {
            Ok(line) => line?,
            Err(error) => return Some(Err(error)),
        };
        Some(self.event(&line).map_err(|error| ReportError::Line {
            path: self.path.clone(),
            line: self.line,
            problem: error.to_string(),
        }))
    }
}
