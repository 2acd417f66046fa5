//! Checks a tenant in this process, as `check` does it from a configuration file.

use std::collections::{BTreeMap, BTreeSet};
use tempfile::TempDir;
use tenantcheck::event::Event;
use tenantcheck::generate::defects;
use tenantcheck::mock::{Class, Fault, Options, Rate, Tenant, Variant};
use tenantcheck::plan::{Phase, Select};
use tenantcheck::run::{Bench, Choice, Environment};
use tokio::sync::watch;

/// What a run says of a tenant.
#[derive(Debug, Default)]
pub struct Told {
    /// The rules of its findings, each with whether one of them fails the run.
    pub rules: BTreeMap<String, bool>,
    /// The exit code.
    pub exit: u8,
    /// The same of the hand-written cases alone.
    pub written: BTreeMap<String, bool>,
    /// The request that showed the first finding that fails the run, or the first of all where none does.
    pub first: Option<u64>,
    /// Whether it was a run of all cases and the coverage.
    pub whole: bool,
    /// How many requests the run cost.
    pub requests: u64,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// The defects that show something which the requests that should work do not show.
    pub defects: BTreeSet<String>,
    /// The cases that are inconclusive, and why.
    pub unjudged: Vec<String>,
    first_note: Option<u64>,
    /// The only defect of each request that has one.
    sole: BTreeMap<u64, String>,
    found: Vec<Found>,
}

/// A finding, as far as it tells what triggered it.
#[derive(Debug)]
struct Found {
    rule: String,
    operation: String,
    case: String,
    defect: Option<String>,
}

/// The rule that compares two answers to one request.
const REPEATABLE: &str = "identity.repeatable";
/// A limit that no phase but the flood meets on a machine of any speed, and one that every phase meets.
const WIDE: Rate = Rate { requests: 1_000_000, seconds: 1 };
const NARROW: Rate = Rate { requests: 25, seconds: 2 };
/// A limit that takes much longer than a fault says.
const LASTING: Rate = Rate { requests: 60, seconds: 5 };
const TOO_SHORT: [&str; 3] = ["limit/half", "limit/too-short", "limit/zero"];
/// The limit that the flood of a variant meets.
const USUAL: Rate = Rate { requests: 100, seconds: 2 };

/// Checks a tenant with a fault.
pub fn faulty(fault: &'static Fault, phases: &[Phase]) -> Told {
    let rate = limit(fault).unwrap_or(WIDE);
    let told = check(Options { rate, faults: vec![fault], ..Options::default() }, phases.to_vec());
    Told { whole: phases == DRY, ..told }
}

/// All but the flood, which adds nothing where the limit is right.
pub const DRY: [Phase; 2] = [Phase::Cases, Phase::Coverage];
/// The phases of a run at default settings whose requests do not depend on what is answered.
pub const ALL: [Phase; 3] = [Phase::Cases, Phase::Coverage, Phase::Flood];

/// Checks a tenant with a fault in every phase, as `check` does where nothing is said.
pub fn entire(fault: &'static Fault) -> Told {
    let rate = limit(fault).unwrap_or(USUAL);
    check(Options { rate, faults: vec![fault], ..Options::default() }, Phase::ALL.to_vec())
}

/// The limit at which a fault of the limit shows.
fn limit(fault: &Fault) -> Option<Rate> {
    let rate = if TOO_SHORT.contains(&fault.id) { LASTING } else { NARROW };
    (fault.class == Class::Limit).then_some(rate)
}

/// Checks a tenant of a variant, in every phase.
pub fn odd(variant: &'static Variant) -> Told {
    let rate = variant.rate.unwrap_or(USUAL);
    check(Options { rate, variant: Some(variant), ..Options::default() }, ALL.to_vec())
}

/// Checks the honest tenant, in every phase.
pub fn usual() -> Told {
    check(Options { rate: USUAL, ..Options::default() }, ALL.to_vec())
}

fn check(options: Options, phases: Vec<Phase>) -> Told {
    let tenant = Tenant::start(options).unwrap();
    let folder = configure(&tenant);
    let config = Some(folder.path().join("tenantcheck.toml"));
    let bench = Bench::new(Choice { config, phases, ..Choice::default() }, &Environment::default()).unwrap();
    let plan = bench.plan(&Select::new(&[]).unwrap());
    let mut told = Told::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (_stopper, stop) = watch::channel(false);
    let summary = runtime.block_on(bench.run(&plan, stop, &mut |event| told.hear(event)));
    told.first = told.first.or(told.first_note);
    told.defects = told.triggered(&bench);
    (told.exit, told.requests, told.ms) = (summary.exit, summary.requests, summary.ms);
    told
}

/// The rule of deadlines, and what the reasons say that come from a slow machine.
pub const LATE: &str = "answer.in-time";
const SLOW: [&str; 3] = ["no answer in time", "late answers", "no 429 came"];

impl Told {
    /// Whether something came late, or too slowly to be judged.
    pub fn is_late(&self) -> bool {
        self.rules.contains_key(LATE) || self.unjudged.iter().any(|why| is_slow(why))
    }

    /// Forgets what came late.
    pub fn forgive(&mut self) {
        self.rules.remove(LATE);
        self.unjudged.retain(|why| !is_slow(why));
    }

    /// A defect is triggered where its own case shows a rule broken that no control shows broken.
    /// What is read twice to compare shows what changes between two answers, whatever defect is in them.
    fn triggered(&self, bench: &Bench) -> BTreeSet<String> {
        let controls: BTreeSet<&str> =
            bench.cases.iter().filter(|case| case.control).map(|case| case.family.as_str()).collect();
        let of_control = |case: &str| controls.iter().any(|control| case.starts_with(control));
        let of_whom = |found: &Found| (found.rule.clone(), found.operation.clone());
        let plain: BTreeSet<_> = self.found.iter().filter(|found| of_control(&found.case)).map(of_whom).collect();
        let own = self.found.iter().filter(|found| found.rule != REPEATABLE && !plain.contains(&of_whom(found)));
        own.filter_map(|found| found.defect.clone()).collect()
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Exchange(exchange) => {
                if let [defect] = exchange.probe.defects.as_slice() {
                    self.sole.insert(exchange.number, defect.clone());
                }
            }
            Event::Finding(finding) => {
                let first = if finding.failing { &mut self.first } else { &mut self.first_note };
                // A request that was made smaller was not the one that showed it first.
                let shown = finding.shrunk.map_or(finding.exchange, |shrunk| shrunk.first);
                *first = Some(first.map_or(shown, |first| first.min(shown)));
                if !finding.case.contains("/coverage/") && !finding.case.ends_with("/flood") {
                    *self.written.entry(finding.rule.clone()).or_default() |= finding.failing;
                }
                *self.rules.entry(finding.rule.clone()).or_default() |= finding.failing;
                let defect = self.sole.get(&shown).cloned().or_else(|| defect_of(&finding.case));
                let (rule, operation, case) = (finding.rule, finding.operation, finding.case);
                self.found.push(Found { rule, operation, case, defect });
            }
            Event::Case(case) if case.verdict == "inconclusive" => {
                self.unjudged.push(format!("{}: {}", case.case, case.why.unwrap_or_default()));
            }
            _ => {}
        }
    }
}

/// The defect that a case is about, drawn or written by hand.
fn defect_of(case: &str) -> Option<String> {
    let (_, rest) = case.split_once('/')?;
    let mut names = rest.strip_prefix("coverage/").unwrap_or(rest).split('/');
    let id = format!("{}/{}", names.next()?, names.next()?);
    defects::find(&id).map(|defect| defect.id.to_owned())
}

fn is_slow(why: &str) -> bool {
    SLOW.iter().any(|slow| why.contains(slow))
}

fn configure(tenant: &Tenant) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("tenantcheck.toml", &tenant.config(folder.path()));
    for caller in tenantcheck::contract::CALLERS {
        write(&format!("{caller}.token"), &tenant.token(caller));
    }
    folder
}
