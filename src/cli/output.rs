//! Where a run goes: the terminal, the reports, the run folder; and how it is interrupted.

use super::beside;
use super::named::reports;
use super::signals::Signals;
use crate::event::{Event, Extent, Summary};
use crate::report::{Destination, Face, Faces, Options, Terminal, default_folder};
use crate::run::{BASE_URL, Bench, CONFIG, Exit, Stop};
use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use clap::Args;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tokio::sync::watch;

/// Where a run goes.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// Write a report as well, such as junit=results.xml; may be repeated, `-` is standard output
    #[arg(long, value_name = "FORMAT=PATH", value_parser = reports(), hide_possible_values = true)]
    report: Vec<Destination>,
    /// The folder for findings and large bodies [default: target/tenantcheck in a Cargo project, else .tenantcheck]
    #[arg(long, value_name = "DIR")]
    pub(super) run_dir: Option<PathBuf>,
}

/// The width of a page where no terminal tells one.
const WIDTH: usize = 100;

impl Output {
    /// The run folder.
    pub(super) fn run_folder(&self) -> PathBuf {
        self.run_dir.clone().unwrap_or_else(default_folder)
    }

    /// Opens every face of a run, with what it leaves behind unasked: its event log in the run folder, and the summary
    /// of a step. Also says whether the run folder can be written.
    pub(super) fn faces(&self, bench: &Bench, campaign: Option<Extent>) -> anyhow::Result<(Faces, bool)> {
        let mut faces = Faces::open(&self.report, Some(&self.run_folder()))?;
        let log = beside::log(&self.run_folder());
        let written = log.is_some();
        for face in [log, beside::step_summary(&self.report)].into_iter().flatten() {
            faces.push("beside", face);
        }
        self.begin(faces, bench, campaign).map(|faces| (faces, written))
    }

    /// Opens every report, and nothing that was not asked for.
    pub(super) fn asked(&self, bench: &Bench) -> anyhow::Result<Faces> {
        self.begin(Faces::open(&self.report, Some(&self.run_folder()))?, bench, None)
    }

    /// Adds the terminal, and tells which tenant is asked where none was named.
    fn begin(&self, mut faces: Faces, bench: &Bench, campaign: Option<Extent>) -> anyhow::Result<Faces> {
        faces.push("the terminal", terminal(self.report.iter().any(Destination::is_stdout)));
        if bench.aim.embedded.is_some() {
            let (verb, limit) = match campaign {
                None => ("checking", ""),
                Some(_) => ("fuzzing", ", whose rate limit is out of the way"),
            };
            let text = format!(
                "No target was named (--target, {BASE_URL} or {CONFIG}): {verb} the embedded tenant at {}{limit}.",
                bench.aim.target
            );
            faces.event(&Event::Note { text })?;
        }
        Ok(faces)
    }
}

/// Whether a stream takes colour, and how wide it is.
pub(super) fn look(out: &impl RawStream) -> (bool, usize) {
    let color = AutoStream::choice(out) != ColorChoice::Never;
    (color, if out.is_terminal() { columns().unwrap_or(WIDTH) } else { WIDTH })
}

/// Where people read: standard output, or standard error where a report goes to standard output.
fn terminal(reported: bool) -> Box<dyn Face> {
    if reported { Box::new(face(io::stderr())) } else { Box::new(face(io::stdout())) }
}

fn face<W: RawStream>(out: W) -> Terminal<W> {
    let (color, width) = look(&out);
    Terminal::new(out, Options { color, width, progress: io::stderr().is_terminal() })
}

fn columns() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// Runs while listening for Ctrl-C and its like: the first one ends the run in order, a second one ends the process.
pub(super) fn watched(
    mut faces: Faces,
    run: impl AsyncFnOnce(Stop, &mut dyn FnMut(Event)) -> Summary,
) -> anyhow::Result<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (stopper, stop) = watch::channel(false);
    let ended = Arc::new(OnceLock::new());
    let end = Arc::clone(&ended);
    let mut signals = runtime.block_on(async { Signals::listen() })?;
    runtime.spawn(async move {
        loop {
            let exit = signals.next().await;
            if end.set(exit).is_err() {
                std::process::exit(exit.code().into());
            }
            stopper.send_replace(true);
        }
    });
    let coded =
        |exit: u8| if exit == Exit::Interrupted.code() { ended.get().map_or(exit, |end| end.code()) } else { exit };
    let summary = runtime.block_on(run(stop, &mut |mut event| {
        if let Event::Summary(summary) = &mut event {
            summary.exit = coded(summary.exit);
        }
        // A face that fails is dropped by `Faces`, which tells of it at the end.
        let _ = faces.event(&event);
    }));
    // A name lookup that hangs must not keep the process.
    runtime.shutdown_background();
    let exit = coded(summary.exit);
    match faces.finish() {
        // Whoever read no further knows; the verdict stands all the same.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(exit),
        Err(error) if Exit::interrupts(exit) => {
            // The terminal may be gone.
            let _ = writeln!(anstream::stderr(), "error: {error}");
            Ok(exit)
        }
        finished => Ok(finished.map(|()| exit)?),
    }
}
