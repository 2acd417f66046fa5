//! `tenantcheck check`: the main job.

use super::aiming::Whom;
use super::baseline::Harvest;
use super::fire::Fire;
use super::named::phases;
use super::output::{Output, watched};
use super::price;
use super::save::save;
use super::selection::Selection;
use crate::event::{Extent, KeptFinding};
use crate::load;
use crate::plan::{Failed, Phase, Shard};
use crate::report::{Face, Gather, Keep};
use crate::run::{Bench, Choice, Environment, Gauge, Upkeep};
use clap::Args;
use std::path::{Path, PathBuf};

const AFTER: &str = "\
Report formats:
  ndjson    the event log, from which all others are rendered
  json      one document: the run, its cases, its findings
  junit     a test case for each case, for CI systems
  sarif     SARIF 2.1.0, for code scanning
  har       HAR 1.2: each request with its answer
  html      one page to open in a browser
  markdown  a summary for people
  github    annotations for a workflow of GitHub: --report github=-

Exit codes:
  0  every promise that could be judged was kept, or what is broken is known
  1  a promise was broken, or contract coverage is below --min-coverage
  2  wrong usage or configuration
  3  it could not be judged: the target was not reached or was lost, or nothing was judged of what [world] names
  4  nothing was selected or judged
  129, 130, 143  ended by SIGHUP, Ctrl-C or SIGTERM; the reports so far are written";

/// Checks a tenant against the contract: everything, or what the globs on case ids select.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Check {
    /// Globs on case ids, such as `*/credential/*`; `list --cases` prints the ids
    #[arg(value_name = "SELECT")]
    select: Vec<String>,
    /// The phases to run, such as `cases,flood`, of cases, coverage, fuzz and flood [default: all of them, a flood where
    /// it is allowed]
    #[arg(long = "phase", value_name = "P[,P]", value_delimiter = ',', value_parser = phases(), hide_possible_values = true)]
    phases: Vec<Phase>,
    /// Write each finding that fails as a case file: cases/OPERATION/found/NAME.toml, below --contract where it is given
    #[arg(long)]
    save: bool,
    #[command(flatten)]
    salvo: Salvo,
}

/// What firing takes: where to, and where to write what comes.
#[derive(Debug, Args)]
pub(super) struct Salvo {
    #[command(flatten)]
    whom: Whom,
    #[command(flatten)]
    fire: Fire,
    /// Fail the run where it sees less of the contract, in percent of what [world] and the flags allow
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_coverage: Option<u8>,
    /// A list of known failures, which do not fail the run; --update-baseline writes one
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// After the run, add what fails to the list, and take out what is not seen any more
    #[arg(long)]
    update_baseline: bool,
    /// Take one share of N of the cases, chosen by their ids alone; K counts from 1
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,
    /// Print what would be sent, and the price, without sending anything
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: Output,
}

impl Check {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        let phases = if self.phases.is_empty() { &Phase::ALL[..] } else { &self.phases };
        self.salvo.run(&self.select, phases, None, self.save)
    }
}

impl Salvo {
    /// Fires the phases, or a campaign of its own, at what the globs select; writes case files where it `saves`.
    pub(super) fn run(
        &self,
        globs: &[String],
        phases: &[Phase],
        campaign: Option<Extent>,
        saves: bool,
    ) -> anyhow::Result<u8> {
        let selection = Selection { globs, shard: self.shard, phases };
        let select = selection.select()?;
        let bench = self.bench(phases, campaign)?;
        let former = former(&self.output.run_folder(), &bench);
        let failed: Vec<Failed<'_>> = former.iter().filter_map(|kept| bench.failed(kept)).collect();
        let plan = bench.plan(&select).failed_first(&failed);
        if let Some(exit) = selection.obstacle(&[&bench], &[&plan])? {
            return Ok(exit);
        }
        if self.dry_run {
            return price::print(&plan, &bench.aim.target, campaign);
        }
        let (mut faces, written) = self.output.faces(&bench, campaign)?;
        faces.push("findings", keep(self.output.run_folder(), former, written));
        let gather = Gather::default();
        let gathered = gather.gathered();
        faces.push("findings to save", Box::new(gather));
        let harvest = Harvest::default();
        faces.push("the list of known failures", Box::new(harvest.face()));
        let exit = watched(faces, async |stop, emit| bench.run(&plan, stop, emit).await)?;
        if let Some(list) = bench.list.as_ref().filter(|list| list.upkeep == Upkeep::Writes) {
            harvest.write(list)?;
        }
        if saves {
            let root = self.fire.aiming.contract.clone().unwrap_or_default();
            save(&gathered.take(), &bench, &root);
        }
        Ok(exit)
    }

    fn bench(&self, phases: &[Phase], campaign: Option<Extent>) -> anyhow::Result<Bench> {
        if self.update_baseline && self.baseline.is_none() {
            anyhow::bail!("--update-baseline writes the file that --baseline FILE names, and there is no --baseline");
        }
        let gauge = Some(Gauge { floor: self.min_coverage });
        let upkeep = if self.update_baseline { Upkeep::Writes } else { Upkeep::Reads };
        let baseline = self.baseline.clone();
        let run_dir = self.output.run_dir.clone();
        let choice = Choice { run_dir, gauge, baseline, upkeep, ..self.fire.choice(phases, campaign)? };
        Ok(Bench::new(self.whom.choose(choice), &Environment::of_process())?)
    }
}

/// What earlier runs found at the same tenant.
pub(super) fn former(run_folder: &Path, bench: &Bench) -> Vec<KeptFinding> {
    let (target, embedded) = (bench.aim.target.to_string(), bench.aim.embedded.is_some());
    let all = load::findings(run_folder).into_iter();
    all.filter(|kept| kept.is_of(&target, embedded)).collect()
}

/// The face that keeps what a run finds; a folder that cannot be written was told already.
pub(super) fn keep(run_folder: PathBuf, former: Vec<KeptFinding>, written: bool) -> Box<dyn Face> {
    let warn = move |text: &str| {
        if written {
            anstream::eprintln!("warning: {text}");
        }
    };
    Box::new(Keep::new(run_folder, former, warn))
}
