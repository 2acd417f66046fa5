//! The workbench: contract, cases and aim, read once, from which plans and runs are made.

use super::aim::{Aim, AimError, CONFIG, aim};
use super::baseline::{List, Upkeep};
use super::environment::Environment;
use super::tally::now;
use super::{Job, Stop, Yardstick, run, start};
use crate::check::{CheckError, Judge, rules};
use crate::contract::{Case, Contract, Page};
use crate::event::{Event, Extent, KeptFinding, Start, Summary};
use crate::exchange::Target;
use crate::gate::{Gate, may_flood};
use crate::load::{self, LoadError, Settings, Source};
use crate::plan::{Failed, Flood, Ground, Phase, Plan, Select};
use crate::purse::{Rate, Waits};
use crate::wire::{Limits, Wire, WireError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;

/// What the user chose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// `--target`.
    pub target: Option<String>,
    /// Where a kept finding was found: the target where nothing else names one.
    pub found_at: Option<String>,
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--contract`.
    pub contract: Option<PathBuf>,
    /// `--run-dir`.
    pub run_dir: Option<PathBuf>,
    /// `--allow-writes`.
    pub allow_writes: bool,
    /// `--allow-flood`.
    pub allow_flood: bool,
    /// `--phase`.
    pub phases: Vec<Phase>,
    /// `--strict`.
    pub strict: bool,
    /// `--seed`.
    pub seed: u64,
    /// `--max-body`, in bytes.
    pub max_body: Option<u64>,
    /// `--rate`: how fast each caller may send.
    pub rate: Option<Rate>,
    /// `--wait-deadlines` and `--wait-limits`.
    pub waits: Waits,
    /// `--budget`, in requests.
    pub budget: u64,
    /// `--jobs`.
    pub jobs: usize,
    /// `--time` and `--requests` of a campaign of its own.
    pub campaign: Option<Extent>,
    /// Contract coverage, where it is measured.
    pub gauge: Option<Gauge>,
    /// `--baseline`: the list of known failures.
    pub baseline: Option<PathBuf>,
    /// `--update-baseline`: what is done with that list.
    pub upkeep: Upkeep,
}

/// What is asked of contract coverage.
#[derive(Debug, Clone, Copy, Default)]
pub struct Gauge {
    /// `--min-coverage`, in percent.
    pub floor: Option<u8>,
}

/// Contract, cases and aim.
pub struct Bench {
    /// What the pages promise.
    pub contract: Contract,
    /// Every case.
    pub cases: Vec<Case>,
    /// The tenant.
    pub aim: Aim,
    gate: Gate,
    judge: Judge,
    wire: Arc<Wire>,
    pages: Vec<Page>,
    again: Vec<String>,
    /// The list of known failures, where there is one.
    pub list: Option<List>,
    pub(super) choice: Choice,
}

/// Why the bench cannot be set up.
#[derive(Debug, Error)]
pub enum BenchError {
    /// A file is wrong.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The contract cannot be judged by.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// There is no target or no credential that may go there.
    #[error(transparent)]
    Aim(#[from] AimError),
    /// Nothing can be sent.
    #[error(transparent)]
    Wire(#[from] WireError),
}

/// The root seed unless the user gives another.
pub const SEED: u64 = 1;
/// How many requests a run may cost unless the user gives another number.
pub const BUDGET: u64 = 600;
/// How many requests may be under way at once unless the user gives another number.
pub const JOBS: usize = 4;
const NO_FLOOD: &str = "The flood was left out: on a target that is not loopback a burst takes the limit away from \
                        everyone who uses the same client. --allow-flood sends it all the same.";
/// How long a campaign of so many requests waits for limits altogether.
const PATIENCE: Duration = Duration::from_mins(10);
/// Under the limit of a real tenant, 100 requests in 10 s.
const AWAY: Rate = Rate { requests: 95, seconds: 10 };

impl Default for Choice {
    fn default() -> Self {
        Self {
            target: None,
            found_at: None,
            config: None,
            contract: None,
            run_dir: None,
            allow_writes: false,
            allow_flood: false,
            phases: Phase::ALL.to_vec(),
            strict: false,
            seed: SEED,
            max_body: None,
            rate: None,
            waits: Waits::default(),
            budget: BUDGET,
            jobs: JOBS,
            campaign: None,
            gauge: None,
            baseline: None,
            upkeep: Upkeep::Reads,
        }
    }
}

impl Bench {
    /// Reads everything that the choice names and takes aim.
    pub fn new(choice: Choice, environment: &Environment) -> Result<Self, BenchError> {
        let (contract, cases) = contract_and_cases(choice.contract.as_deref())?;
        let judge = Judge::new(&contract)?;
        let pages = if choice.gauge.is_some() {
            load::pages(&source(choice.contract.as_deref()), &contract)?
        } else {
            Vec::new()
        };
        let list = choice.baseline.as_deref().map(|path| list(path, choice.upkeep)).transpose()?;
        let settings = settings(choice.config.as_deref(), &contract)?;
        let (flag, found_at) = (choice.target.as_deref(), choice.found_at.as_deref());
        let aim = aim(flag, environment, choice.config.as_deref(), settings, found_at, choice.campaign.is_some())?;
        let gate = Gate::new(&aim.target, choice.allow_writes);
        let again = again(&choice, &aim.target);
        let default = Limits::default();
        let limits = Limits { max_body: choice.max_body.unwrap_or(default.max_body), ..default };
        let wire = Wire::new(aim.target.clone(), aim.secrets.clone(), limits, aim.ca_file.as_deref())?;
        let wire = wire.with_clients(aim.clients.clone());
        Ok(Self { contract, cases, aim, gate, judge, wire: Arc::new(wire), pages, again, list, choice })
    }

    /// Why the tenant cannot be reached, in a sentence; asks for a connection and sends nothing.
    pub async fn unreachable(&self) -> Option<String> {
        let failure = self.wire.reach().await.err()?;
        Some(format!("{} cannot be reached: {}", self.aim.target, failure.detail))
    }

    /// How the run of a plan begins.
    pub fn start(&self, plan: &Plan) -> Start {
        start(&self.job(plan))
    }

    /// Plans what is selected.
    pub fn plan(&self, select: &Select) -> Plan {
        self.phased(select, &self.choice.phases)
    }

    fn phased(&self, select: &Select, phases: &[Phase]) -> Plan {
        let has = |phase| phases.contains(&phase);
        let mut plan = Plan::new(&self.contract, &self.cases, self.ground(), select, phases);
        let flood = has(Phase::Flood).then(|| Flood::new(&self.contract, &self.cases, self.ground(), select));
        match flood.flatten() {
            Some(_) if !may_flood(&self.aim.target, self.choice.allow_flood) => plan.left_out.push(NO_FLOOD.to_owned()),
            flood => plan.flood = flood,
        }
        match &self.choice.config {
            Some(file) => plan.configured_by(&file.display().to_string()),
            None => plan,
        }
    }

    /// Runs a plan.
    pub async fn run(&self, plan: &Plan, stop: Stop, emit: &mut dyn FnMut(Event)) -> Summary {
        let whole = self.choice.gauge.map(|gauge| (self.phased(&Select::default(), &Phase::ALL), gauge.floor));
        let yardstick = whole.as_ref().map(|(whole, floor)| Yardstick { pages: &self.pages, whole, floor: *floor });
        run(Job { yardstick, ..self.job(plan) }, stop, emit).await
    }

    /// The job that a plan is.
    pub(super) fn job<'a>(&'a self, plan: &'a Plan) -> Job<'a> {
        Job {
            contract: &self.contract,
            judge: &self.judge,
            wire: &self.wire,
            plan,
            ground: self.ground(),
            target: &self.aim.target,
            embedded: self.aim.embedded.is_some(),
            versions: &self.aim.versions,
            notes: &self.aim.notes,
            seed: self.choice.seed,
            strict: self.choice.strict,
            list: self.list.as_ref(),
            rate: self.choice.rate.or((!self.aim.target.is_loopback()).then_some(AWAY)),
            waits: self.waits(),
            budget: self.choice.budget,
            jobs: self.choice.jobs,
            campaign: self.choice.campaign,
            again: &self.again,
            rules: rules().len(),
            yardstick: None,
        }
    }

    /// A campaign of its own waits for limits as long as it lasts, if that has to be.
    fn waits(&self) -> Waits {
        let patience = self.choice.campaign.map(|extent| match extent {
            Extent::Requests(_) => PATIENCE,
            Extent::Ms(ms) => Duration::from_millis(ms),
        });
        Waits { limits: self.choice.waits.limits.or(patience), ..self.choice.waits }
    }

    /// What a run before this one found, as far as this one can ask the same; a candidate is what its seed made of it.
    pub fn failed<'k>(&self, kept: &'k KeptFinding) -> Option<Failed<'k>> {
        let (case, candidate) = (kept.finding.case.as_str(), kept.probe()?.candidate);
        let same = candidate == 0 || kept.probe()?.seed == self.choice.seed;
        same.then_some(Failed { case, candidate })
    }

    pub(super) fn ground(&self) -> Ground<'_> {
        Ground { world: &self.aim.world, secrets: &self.aim.secrets, gate: self.gate }
    }
}

/// The arguments without which a later command would not find the same tenant, contract and findings. A target off
/// loopback is named, since a finding alone must not choose where a credential goes.
fn again(choice: &Choice, target: &Target) -> Vec<String> {
    let flag = choice.target.as_ref().filter(|_| !target.is_loopback()).map(|_| ("--target", target.to_string()));
    let paths = [("--config", &choice.config), ("--contract", &choice.contract), ("--run-dir", &choice.run_dir)];
    let named = paths.into_iter().filter_map(|(name, path)| Some((name, path.as_ref()?.display().to_string())));
    flag.into_iter().chain(named).flat_map(|(name, value)| [name.to_owned(), value]).collect()
}

/// Reads a contract and its cases: the embedded copy, or a folder that holds `schemas/` and `cases/`.
pub fn contract_and_cases(folder: Option<&Path>) -> Result<(Contract, Vec<Case>), BenchError> {
    let source = source(folder);
    let contract = load::contract(&source)?;
    let known: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
    let cases = load::cases(&source, &contract, &known)?;
    Ok((contract, cases))
}

fn source(folder: Option<&Path>) -> Source {
    folder.map_or(Source::Embedded, |folder| Source::Folder(folder.to_path_buf()))
}

/// The list of known failures, as of today.
fn list(path: &Path, upkeep: Upkeep) -> Result<List, LoadError> {
    let today = now().chars().take("YYYY-MM-DD".len()).collect();
    Ok(List { file: load::baseline(path, upkeep == Upkeep::Writes)?, today, upkeep })
}

fn settings(config: Option<&Path>, contract: &Contract) -> Result<Settings, LoadError> {
    match config {
        Some(path) => load::settings(path, contract),
        None if Path::new(CONFIG).exists() => load::settings(Path::new(CONFIG), contract),
        None => Ok(Settings::default()),
    }
}
