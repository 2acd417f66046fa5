//! `tenantcheck compare OLD NEW`: what changed from one recorded run to another.

use super::output::look;
use crate::compare::{Digest, compare};
use crate::event::{Comparison, Turn};
use crate::report::{Compared, Destination, PREVIOUS, ReportError, open_comparison, read};
use crate::run::Exit;
use clap::{Args, ValueEnum};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Tells what changed from one recorded run to another: new, fixed, changed and flaky findings, and answers that differ.
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The old run: an event log, or a run folder
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new run: an event log, or a run folder
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// What makes the exit code 1
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "new,worse")]
    fail_on: Vec<FailOn>,
    /// Write a report as well: json, markdown or html; may be repeated, `-` is standard output
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<Destination>,
}

/// What may make a comparison fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A finding that fails a run, and that only the new run has
    New,
    /// A finding that fails the new run, and did not fail the old one
    Worse,
    /// A finding that shows itself in another way
    Changed,
    /// A finding that comes and goes
    Flaky,
    /// A finding whose case the new run did not judge
    NotRun,
    /// Differences that break no rule
    Differences,
    /// Nothing
    None,
}

impl FailOn {
    fn is_met(self, comparison: &Comparison) -> bool {
        let any = |turn: Turn| comparison.changes.iter().any(|change| change.turn == turn);
        match self {
            Self::New => comparison.changes.iter().any(|change| change.turn == Turn::New && change.failing),
            Self::Worse => any(Turn::Worse),
            Self::Changed => any(Turn::Changed),
            Self::Flaky => any(Turn::Flaky),
            Self::NotRun => any(Turn::NotRun),
            Self::Differences => !comparison.differences.is_empty(),
            Self::None => false,
        }
    }
}

impl Compare {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        anyhow::ensure!(
            self.fail_on.len() == 1 || !self.fail_on.contains(&FailOn::None),
            "--fail-on none stands alone: leave out `none`, or all others"
        );
        self.differ()?;
        let (old, new) = (digest(&self.old)?, digest(&self.new)?);
        let comparison = compare(&old, &new);
        let failed = self.fail_on.iter().any(|condition| condition.is_met(&comparison));
        let exit = if failed { Exit::Broken } else { Exit::Held };
        show(&Compared::new(&comparison, exit.code()), &self.report)?;
        Ok(exit.code())
    }

    /// A run that is compared with itself, or overwritten by a report of it, is a mistake.
    fn differ(&self) -> anyhow::Result<()> {
        let logs = [read(&self.old)?.path().to_owned(), read(&self.new)?.path().to_owned()];
        let [old, new] = &logs;
        if same(old, new) {
            let previous = old.with_file_name(PREVIOUS);
            let (previous, log) = (previous.display(), old.display());
            anyhow::bail!(
                "OLD and NEW are the same log, `{log}`: name two; the run before it, if there was one, is `{previous}`"
            );
        }
        for report in &self.report {
            if let Some(log) = logs.iter().find(|log| same(log, &report.path)) {
                return Err(ReportError::Itself(log.clone()).into());
            }
        }
        Ok(())
    }
}

fn same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Reads a log, event by event, and keeps little of it.
fn digest(path: &Path) -> anyhow::Result<Digest> {
    let mut recording = read(path)?;
    let log = recording.path().to_owned();
    let mut digest = Digest::new(log.display().to_string());
    let mut any = false;
    while let Some(event) = recording.next() {
        match event {
            Ok(event) => digest.observe(&event, recording.cuts().is_empty()),
            // What is there is compared; the comparison tells that the log has no end.
            Err(ReportError::CutOff { .. }) if any => break,
            Err(ReportError::CutOff { path, .. }) => return Err(ReportError::NotLog(path).into()),
            Err(error) => return Err(error.into()),
        }
        any = true;
    }
    if any { Ok(digest) } else { Err(ReportError::Empty(log).into()) }
}

/// Writes every report, and the terminal unless a report stands there.
fn show(compared: &Compared<'_>, reports: &[Destination]) -> anyhow::Result<()> {
    for report in reports {
        compared.write(report.format, open_comparison(report)?)?;
    }
    if !reports.iter().any(Destination::is_stdout) {
        let (color, width) = look();
        std::io::stdout().write_all(compared.terminal(color, width).as_bytes())?;
    }
    Ok(())
}
