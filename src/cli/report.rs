//! `tenantcheck report RUN`: any face from a recorded run.

use super::named::reports;
use crate::report::{Destination, Face as _, Faces, Recording, ReportError, read};
use crate::run::Exit;
use clap::Args;
use std::path::{Path, PathBuf};

/// Renders reports from a recorded run; sends nothing.
#[derive(Debug, Args)]
pub(super) struct Report {
    /// An event log, or the folder of a run that holds `run.ndjson`
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// A report to write, such as junit=results.xml; may be repeated, `-` is standard output
    #[arg(long, value_name = "FORMAT=PATH", required = true, value_parser = reports(), hide_possible_values = true)]
    report: Vec<Destination>,
}

/// What a log lacks that its reports should have.
#[derive(Default)]
struct Lack {
    cut_off: Option<ReportError>,
    summary: bool,
    bodies: u64,
}

impl Report {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        let mut recording = read(&self.run)?;
        let log = recording.path().to_owned();
        if self.report.iter().any(|report| same(&report.path, &log)) {
            return Err(ReportError::Itself(log).into());
        }
        // Before a report is opened and emptied, there is something to render.
        let first = recording.next().ok_or(ReportError::Empty(log.clone()))?;
        let first = first.map_err(|error| match error {
            ReportError::CutOff { path, .. } => ReportError::NotLog(path),
            other => other,
        })?;
        let mut faces = Faces::open(&self.report, log.parent())?;
        let mut lack = Lack::default();
        faces.recorded(recording.line(), recording.cuts());
        faces.event(&first)?;
        let rendered = render(&mut recording, &mut faces, &mut lack);
        faces.finish()?;
        rendered?;
        lack.tell(recording.unknown());
        Ok(Exit::Held.code())
    }
}

fn render(recording: &mut Recording, faces: &mut Faces, lack: &mut Lack) -> anyhow::Result<()> {
    while let Some(event) = recording.next() {
        let event = match event {
            Ok(event) => event,
            Err(error @ ReportError::CutOff { .. }) => {
                lack.cut_off = Some(error);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        lack.bodies += recording.cuts().len() as u64;
        lack.summary |= matches!(event, crate::event::Event::Summary(_));
        faces.recorded(recording.line(), recording.cuts());
        faces.event(&event)?;
    }
    Ok(())
}

impl Lack {
    fn tell(&self, unknown: u64) {
        if let Some(error) = &self.cut_off {
            anstream::eprintln!("note: {error}; what came before is rendered");
        } else if !self.summary {
            anstream::eprintln!("note: the log ends before the summary of its run; what is there is rendered");
        }
        if self.bodies > 0 {
            anstream::eprintln!("note: {} large bodies were not kept; their first 4 KiB are rendered", self.bodies);
        }
        if unknown > 0 {
            anstream::eprintln!("note: {unknown} lines come from a later version and were passed over");
        }
    }
}

fn same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
