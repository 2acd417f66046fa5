//! What a run leaves behind unasked: its event log in the run folder, and a summary where GitHub shows one. Where that
//! cannot be written, it costs one warning and nothing else.

use crate::event::Event;
use crate::report::{Destination, Face, Format, Markdown, make_folder, run_log};
use crate::run::Environment;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter};
use std::path::Path;

/// Where GitHub names the file of a step's summary.
const STEP_SUMMARY: &str = "GITHUB_STEP_SUMMARY";

/// The event log in the run folder; nothing, after a warning, where it cannot be written.
pub(super) fn log(folder: &Path) -> Option<Box<dyn Face>> {
    let name = format!("the event log of the run folder `{}`", folder.display());
    let opened = make_folder(folder).and_then(|()| run_log(folder));
    match opened {
        Ok(face) => Some(Box::new(Beside { name, face: Some(face) })),
        Err(error) => {
            warn(&name, &error, "; --run-dir DIR names another folder");
            None
        }
    }
}

/// The summary of a step, if GitHub wants one and no report of the user goes there.
pub(super) fn step_summary(asked: &[Destination]) -> Option<Box<dyn Face>> {
    let environment = Environment::of_process();
    let path = Path::new(environment.get(STEP_SUMMARY)?);
    if asked.iter().any(|report| report.format == Format::Markdown && report.path == path) {
        return None;
    }
    let name = format!("the summary of this step ({STEP_SUMMARY})");
    match OpenOptions::new().append(true).create(true).open(path) {
        Ok(file) => Some(Box::new(Beside { name, face: Some(summary(file)) })),
        Err(error) => {
            warn(&name, &error, "");
            None
        }
    }
}

fn summary(file: File) -> Box<dyn Face> {
    Box::new(Markdown::new(BufWriter::new(file)))
}

fn warn(name: &str, error: &io::Error, hint: &str) {
    anstream::eprintln!("warning: {name} cannot be written: {error}{hint}");
}

/// A face whose failure is a warning.
struct Beside {
    name: String,
    face: Option<Box<dyn Face>>,
}

impl Beside {
    fn ask(&mut self, deed: impl FnOnce(&mut dyn Face) -> io::Result<()>) {
        let failure = self.face.as_mut().and_then(|face| deed(face.as_mut()).err());
        if let Some(error) = failure {
            warn(&self.name, &error, "");
            self.face = None;
        }
    }
}

impl Face for Beside {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.ask(|face| face.event(event));
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.ask(|face| face.finish());
        Ok(())
    }
}
