//! `tenantcheck check`: the main job.

use super::beside;
use super::fire::Fire;
use super::price;
use crate::event::Event;
use crate::plan::{Phase, Plan, Select, Shard};
use crate::report::{Destination, Face as _, Faces, Options, Terminal};
use crate::run::{BASE_URL, Bench, CONFIG, Exit};
use clap::Args;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use tokio::sync::watch;

/// Checks a tenant against the contract: everything, or what the globs on case ids select.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Globs on case ids, such as `*/credential/*`; `list --cases` prints the ids
    #[arg(value_name = "SELECT")]
    select: Vec<String>,
    /// The phases to run, such as `cases,flood` [default: all of them, a flood where it is allowed]
    #[arg(long = "phase", value_name = "P[,P]", value_delimiter = ',')]
    phases: Vec<Phase>,
    #[command(flatten)]
    salvo: Salvo,
}

/// What firing takes: where to, and where to write what comes.
#[derive(Debug, Args)]
pub(super) struct Salvo {
    #[command(flatten)]
    fire: Fire,
    /// Take one share of N of the cases, chosen by their ids alone; K counts from 1
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,
    /// Print what would be sent, and the price, without sending anything
    #[arg(long)]
    dry_run: bool,
    /// Write a report as well, such as junit=results.xml; may be repeated, `-` is standard output
    #[arg(long, value_name = "FORMAT=PATH")]
    report: Vec<Destination>,
    /// The folder for the event log of the run [default: target/tenantcheck in a Cargo project, else .tenantcheck]
    #[arg(long, value_name = "DIR")]
    run_dir: Option<PathBuf>,
}

/// The width of a page where no terminal tells one.
const WIDTH: usize = 100;

impl Check {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        let phases = if self.phases.is_empty() { &Phase::ALL[..] } else { &self.phases };
        self.salvo.run(&self.select, phases)
    }
}

impl Salvo {
    /// Fires the phases at what the globs select.
    pub(super) fn run(&self, globs: &[String], phases: &[Phase]) -> anyhow::Result<u8> {
        let select = Select::new(globs)?.sharded(self.shard);
        let bench = self.fire.bench(phases)?;
        let plan = bench.plan(&select);
        if plan.is_empty() {
            return nothing(&plan, globs);
        }
        if self.dry_run {
            return price::print(&plan, &bench.aim.target);
        }
        let faces = self.faces(&bench)?;
        let code = watched(&bench, &plan, faces)?;
        Ok(code)
    }

    fn faces(&self, bench: &Bench) -> anyhow::Result<Faces> {
        let folder = self.run_dir.clone().unwrap_or_else(beside::run_folder);
        let mut faces = Faces::open(&self.report, Some(&folder))?;
        for face in [beside::log(&folder), beside::step_summary(&self.report)].into_iter().flatten() {
            faces.push("beside", face);
        }
        if !self.report.iter().any(Destination::is_stdout) {
            faces.push("the terminal", Box::new(terminal()));
        }
        if bench.aim.embedded.is_some() {
            let text = format!(
                "No target was named (--target, {BASE_URL} or {CONFIG}): checking the embedded tenant at {}.",
                bench.aim.target
            );
            faces.event(&Event::Note { text })?;
        }
        Ok(faces)
    }
}

/// Tells why there is nothing to do.
fn nothing(plan: &Plan, globs: &[String]) -> anyhow::Result<u8> {
    if let Some(text) = plan.left_out.first() {
        anyhow::bail!("{text}");
    }
    let told = match globs {
        [] => "the contract has nothing for these phases".to_owned(),
        globs => format!("no case id matches {}; `tenantcheck list --cases` prints the ids", globs.join(" ")),
    };
    anstream::eprintln!("nothing selected: {told}");
    Ok(Exit::Nothing.code())
}

fn terminal() -> Terminal<std::io::Stdout> {
    let out = std::io::stdout();
    let color = anstream::AutoStream::choice(&out) != anstream::ColorChoice::Never;
    let width = if out.is_terminal() { columns().unwrap_or(WIDTH) } else { WIDTH };
    Terminal::new(out, Options { color, width, progress: std::io::stderr().is_terminal() })
}

fn columns() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// Runs the plan while listening for Ctrl-C: the first one ends the run in order, a second one ends the process.
fn watched(bench: &Bench, plan: &Plan, mut faces: Faces) -> anyhow::Result<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (stopper, stop) = watch::channel(false);
    runtime.spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if stopper.send_replace(true) {
                std::process::exit(Exit::Interrupted.code().into());
            }
        }
    });
    let summary = runtime.block_on(bench.run(plan, stop, &mut |event| {
        // A face that fails is dropped by `Faces`, which tells of it at the end.
        let _ = faces.event(&event);
    }));
    // A name lookup that hangs must not keep the process.
    runtime.shutdown_background();
    match faces.finish() {
        // Whoever read no further knows; the verdict stands all the same.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(summary.exit),
        finished => Ok(finished.map(|()| summary.exit)?),
    }
}
