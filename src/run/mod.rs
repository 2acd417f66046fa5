//! Drives the others: sends what the plan says, lets it be judged, asks evidence for the next step, tells events.

mod added;
mod aim;
mod baseline;
mod bench;
mod credentials;
mod environment;
mod exit;
mod forgotten;
mod flood;
mod fuzz;
mod ids;
mod inquire;
mod line;
mod replay;
mod saved;
mod shrink;
mod stage;
mod stretch;
mod strict;
mod tally;
mod token;
mod unserved;

pub use added::REASON;
pub use aim::{Aim, AimError, CONFIG};
pub use baseline::{List, Upkeep};
pub use bench::{BUDGET, Bench, BenchError, Choice, Gauge, JOBS, SEED, contract_and_cases};
pub use credentials::CredentialError;
pub use environment::{ACCESS_TOKEN, BASE_URL, CLIENT_ID, CLIENT_SECRET, Environment};
pub use exit::Exit;
pub use forgotten::Forgotten;
pub use line::Stop;
pub use replay::{Replay, ReplayError};

use crate::check::{Judge, Ledger, MAY_CHANGE, Rule, rules};
use crate::contract::{Contract, Page};
use crate::event::{Coverage, Event, Extent, Promise, Start, Summary};
use crate::evidence::Memory;
use crate::exchange::Target;
use crate::plan::{Ground, Phase, Plan, Subject};
use crate::purse::{Rate, Rest, Waits};
use crate::survey::{Material, survey};
use crate::wire::Wire;
use added::Added;
use line::Line;
use shrink::Shrinks;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use strict::Measure;
use tally::Tally;

/// Everything that a run needs, read and decided beforehand.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// What the pages promise.
    pub contract: &'a Contract,
    /// What judges.
    pub judge: &'a Judge,
    /// What sends.
    pub wire: &'a Arc<Wire>,
    /// What is to be sent.
    pub plan: &'a Plan,
    /// The world, the credentials' names and the gate.
    pub ground: Ground<'a>,
    /// The tenant.
    pub target: &'a Target,
    /// Whether that is the embedded tenant.
    pub embedded: bool,
    /// The version of each operation, where it is not the default one.
    pub versions: &'a BTreeMap<String, String>,
    /// What the user should know beforehand, a sentence each.
    pub notes: &'a [String],
    /// The root seed.
    pub seed: u64,
    /// Whether `--strict` holds.
    pub strict: bool,
    /// The list of known failures, where the user gave one.
    pub list: Option<&'a List>,
    /// How fast each caller may send; `None` is as fast as the connections carry it.
    pub rate: Option<Rate>,
    /// How much waiting is paid for, where the user chose it.
    pub waits: Waits,
    /// How many requests the run may cost.
    pub budget: u64,
    /// How many requests may be under way at once.
    pub jobs: usize,
    /// How much a campaign of its own sends; `None` where the run is none.
    pub campaign: Option<Extent>,
    /// The arguments that send something again where it was run.
    pub again: &'a [String],
    /// How many rules the judge knows.
    pub rules: usize,
    /// What contract coverage is measured by; `None` where nobody asks for it.
    pub yardstick: Option<Yardstick<'a>>,
}

/// What contract coverage is measured by.
#[derive(Clone, Copy)]
pub struct Yardstick<'a> {
    /// The pages.
    pub pages: &'a [Page],
    /// Everything that world and flags allow, whatever is selected.
    pub whole: &'a Plan,
    /// `--min-coverage`, in percent.
    pub floor: Option<u8>,
}

/// The state of a run under way.
struct Court<'a> {
    job: Job<'a>,
    line: Line<'a>,
    memory: Memory,
    ledger: Ledger,
    tally: Tally,
    shrinks: Shrinks,
    /// The cases that held or broke.
    judged: BTreeSet<String>,
    /// Those of them of which nothing is left undecided.
    whole: BTreeSet<String>,
    /// The defects of the fuzz candidates that held or broke.
    drawn: BTreeSet<&'static str>,
    /// How long each operation that writes is left alone after what it took.
    rests: BTreeMap<String, Rest>,
    /// The things of the world whose own control was not served: others are asked about in their place.
    unserved: Vec<Subject>,
}

impl<'a> Job<'a> {
    /// What its findings are measured by.
    fn measure(&self) -> Measure<'a> {
        Measure { strict: self.strict, list: self.list, plan: self.plan, seed: self.seed }
    }
}

/// Runs a job to its end, or until it is stopped, and tells everything that happens as events.
pub async fn run(job: Job<'_>, stop: Stop, emit: &mut dyn FnMut(Event)) -> Summary {
    let mut added = Added::default();
    let updates = job.list.is_some_and(|list| list.upkeep == Upkeep::Writes);
    let mut emit = |event| emit(if updates { added.told(event) } else { event });
    emit(Event::Run(start(&job)));
    let mut court = Court::new(job, stop, &mut emit);
    court.hold().await;
    let mut summary = court.tally.summary(&court.line, &job);
    summary.hints.extend(court.take_stock());
    if let Some(coverage) = court.coverage() {
        if coverage.shortfall().is_some() && summary.exit == Exit::Held.code() {
            summary.exit = Exit::Broken.code();
        }
        court.line.tell(Event::Coverage(coverage));
    }
    court.line.tell(Event::Summary(summary.clone()));
    summary
}

impl<'a> Court<'a> {
    /// Opens the line, and tells what the user should know beforehand.
    fn new(job: Job<'a>, stop: Stop, emit: &'a mut dyn FnMut(Event)) -> Self {
        job.notes.iter().for_each(|text| emit(Event::Note { text: text.clone() }));
        let line = Line::new(job, stop, emit);
        let (memory, ledger) = (Memory::new(MAY_CHANGE), Ledger::default());
        let sent = job.plan.selected().filter(|planned| planned.skip.is_none());
        let due = sent.map(|planned| if planned.phase == Phase::Fuzz { job.plan.share } else { 1 }).sum();
        let (tally, shrinks) = (Tally::default(), Shrinks::new(due));
        let (judged, whole, drawn) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let (rests, unserved) = (BTreeMap::new(), Vec::new());
        Self { job, line, memory, ledger, tally, shrinks, judged, whole, drawn, rests, unserved }
    }

    /// What of the contract the run saw, where somebody asks for it.
    fn coverage(&self) -> Option<Coverage> {
        let Job { contract, plan, judge, .. } = self.job;
        let Yardstick { pages, whole, floor } = self.job.yardstick?;
        let (ledger, judged, drawn, statuses) = (&self.ledger, &self.judged, &self.drawn, &self.line.statuses);
        Some(survey(Material { contract, pages, whole, plan, judge, ledger, judged, drawn, statuses, floor }))
    }

    /// Whether the tenant is there and every token is to be had.
    async fn opens(&mut self) -> bool {
        if let Err(failure) = self.job.wire.reach().await {
            let text = format!("{} cannot be reached: {}", self.job.target, failure.detail);
            self.line.tell(Event::Note { text });
            self.tally.lost = true;
            return false;
        }
        self.authorize().await
    }

    async fn hold(&mut self) {
        if !self.opens().await {
            return;
        }
        let plan = self.job.plan;
        for text in &plan.left_out {
            self.line.tell(Event::Note { text: text.clone() });
        }
        let mut footings = Vec::new();
        for stage in &plan.operations {
            footings.push(self.stage(stage).await);
        }
        self.second_chance().await;
        self.fuzz(&footings).await;
        if let Some(flood) = &plan.flood {
            self.flood(flood).await;
        }
    }
}

fn start(job: &Job<'_>) -> Start {
    let version = |id: &String, default: &String| job.versions.get(id).unwrap_or(default).clone();
    let versions = job.contract.operations.iter().map(|operation| {
        let id = &operation.id;
        (id.clone(), version(id, &operation.default_version))
    });
    Start {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        target: job.target.to_string(),
        embedded: job.embedded,
        versions: versions.collect(),
        seed: job.seed,
        strict: job.strict,
        baseline: job.list.map(|list| list.file.entries.len() as u64),
        cases: job.plan.selected().count() as u64 + u64::from(job.plan.flood.is_some()),
        rules: job.rules as u64,
        campaign: job.campaign,
        again: job.again.to_vec(),
        started: tally::now(),
        catalogue: rules().iter().map(|rule| promise(rule)).collect(),
    }
}

fn promise(rule: &Rule) -> Promise {
    let [id, title, why, clause] = [rule.id, rule.title, rule.why, rule.clause].map(ToOwned::to_owned);
    Promise { id, level: rule.level, title, why, clause }
}
