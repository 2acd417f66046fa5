//! `tenantcheck compare`: what changed from one run to another, recorded ones or two that are sent now.

mod both;
mod fail_on;
mod logs;
mod party;

use super::output::look;
use crate::compare::compare;
use crate::event::Comparison;
use crate::report::{Compared, Destination, Opened, open_comparison};
use crate::run::Exit;
use anstream::stream::RawStream;
use both::Both;
use clap::{Arg, Args};
use fail_on::FailOn;
use std::io;
use std::path::{Path, PathBuf};

const USAGE: &str = "tenantcheck compare [OPTIONS] <OLD> <NEW>\n       \
                     tenantcheck compare [OPTIONS] --config <A> --config <B> [SELECT]...";

/// Tells what changed from one run to another: new, fixed, changed and flaky findings, and answers that differ.
///
/// OLD and NEW are recorded runs, and nothing is sent. With --config twice, the same cases are sent to the tenant of A,
/// which is the old side, and then to the tenant of B, the new side.
#[derive(Debug, Args)]
#[command(override_usage = USAGE, mut_args(fires))]
pub(super) struct Compare {
    /// The old run and the new one, each an event log or a run folder; with --config, globs on case ids
    #[arg(value_name = "OLD NEW | SELECT")]
    what: Vec<PathBuf>,
    /// What makes the exit code 1
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "new,worse")]
    fail_on: Vec<FailOn>,
    /// Write a report as well: json, markdown or html; may be repeated, `-` is standard output
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<Destination>,
    /// The configuration of a tenant, given twice: first the old side, then the new one. Each names its own target
    #[arg(long, value_name = "FILE")]
    config: Vec<PathBuf>,
    #[command(flatten)]
    both: Both,
}

/// Writes what people read to a stream.
fn shown(compared: &Compared<'_>, mut out: impl RawStream) -> io::Result<()> {
    let (color, width) = look(&out);
    out.write_all(compared.terminal(color, width).as_bytes())
}

/// The arguments of every comparison; all others are for what is sent.
const COMMON: [&str; 4] = ["what", "fail_on", "report", "config"];

/// An argument about what is sent says nothing to recorded runs.
fn fires(arg: Arg) -> Arg {
    if COMMON.contains(&arg.get_id().as_str()) { arg } else { arg.requires("config") }
}

impl Compare {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        anyhow::ensure!(
            self.fail_on.len() == 1 || !self.fail_on.contains(&FailOn::None),
            "--fail-on none stands alone: leave out `none`, or all others"
        );
        match (self.config.as_slice(), self.what.as_slice()) {
            ([], [old, new]) => self.recorded(old, new),
            ([], what) => anyhow::bail!(
                "compare takes two recorded runs, OLD and NEW, or --config twice; {} given",
                match what.len() {
                    0 => "none is".to_owned(),
                    1 => "one is".to_owned(),
                    many => format!("{many} are"),
                }
            ),
            ([old, new], select) => self.both.run(self, [old, new], select),
            (configs, _) => anyhow::bail!(
                "--config names the two tenants to compare, first the old side, then the new one: give it twice, not {}",
                if configs.len() == 1 { "once".to_owned() } else { format!("{} times", configs.len()) }
            ),
        }
    }

    fn recorded(&self, old: &Path, new: &Path) -> anyhow::Result<u8> {
        logs::differ(old, new, &self.report)?;
        let (old, new) = (logs::digest(old)?, logs::digest(new)?);
        let opened = open_comparison(&self.report)?;
        let comparison = compare(&old, &new);
        let judged = comparison.old.judged > 0 && comparison.new.judged > 0;
        self.tell(&comparison, opened, (!judged).then_some(Exit::Undecided))
    }

    /// Writes every report and what people read, to standard error where a report goes to standard output; `lack` is the
    /// exit code of a comparison that lacks something, where nothing failed.
    fn tell(&self, comparison: &Comparison, opened: Opened, lack: Option<Exit>) -> anyhow::Result<u8> {
        let failed = self.fail_on.iter().any(|condition| condition.is_met(comparison));
        let exit = match lack {
            Some(exit) if exit == Exit::Usage || Exit::interrupts(exit.code()) => exit,
            _ if failed => Exit::Broken,
            lack => lack.unwrap_or(Exit::Held),
        };
        let compared = Compared::new(comparison, exit.code());
        for (format, out) in opened {
            compared.write(format, out)?;
        }
        if self.report.iter().any(Destination::is_stdout) {
            shown(&compared, io::stderr())?;
        } else {
            shown(&compared, io::stdout())?;
        }
        Ok(exit.code())
    }
}
