//! The event log that every run leaves in its run folder, beside that of the run before.

use super::bodies::Bodies;
use super::face::Face;
use super::ndjson::Ndjson;
use super::recording::RUN_LOG;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, ErrorKind};
use std::path::Path;

/// The event log of the run before the last one.
pub const PREVIOUS: &str = "previous.ndjson";
/// How often another run that begins at the same moment may be first.
const TRIES: u32 = 5;

/// Begins the event log of a run. The former one becomes `previous.ndjson`; a run that is still writing to it goes on
/// there, so that two runs at once never mix their lines.
pub fn run_log(run_folder: &Path) -> io::Result<Box<dyn Face>> {
    let log = run_folder.join(RUN_LOG);
    for _ in 0..TRIES {
        match fs::rename(&log, run_folder.join(PREVIOUS)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        match OpenOptions::new().write(true).create_new(true).open(&log) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            opened => return opened.map(|file| face(BufWriter::new(file), Bodies::new(run_folder, &log))),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn face(out: BufWriter<fs::File>, bodies: Bodies) -> Box<dyn Face> {
    Box::new(Ndjson::new(out, Some(bodies)))
}

#[cfg(test)]
mod tests {
    use super::{PREVIOUS, RUN_LOG, run_log};
    use crate::event::Event;

    fn note(text: &str) -> Event {
        Event::Note { text: text.to_owned() }
    }

    #[test]
    fn two_runs_at_once_never_mix_their_lines() {
        let folder = tempfile::tempdir().unwrap();
        let mut first = run_log(folder.path()).unwrap();
        first.event(&note("first")).unwrap();
        let mut second = run_log(folder.path()).unwrap();
        second.event(&note("second")).unwrap();
        first.event(&note("first")).unwrap();
        first.finish().unwrap();
        second.finish().unwrap();
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!((read(PREVIOUS).matches("first").count(), read(PREVIOUS).matches("second").count()), (2, 0));
        assert_eq!((read(RUN_LOG).matches("first").count(), read(RUN_LOG).matches("second").count()), (0, 1));
    }
}
