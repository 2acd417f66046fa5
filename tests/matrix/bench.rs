//! Checks a tenant in this process, as `check` does it from a configuration file.

use std::collections::{BTreeMap, BTreeSet};
use tempfile::TempDir;
use tenantcheck::event::Event;
use tenantcheck::mock::{Class, Fault, Options, Rate, Tenant, Variant};
use tenantcheck::plan::{Phase, Select};
use tenantcheck::run::{Bench, Choice, Environment};
use tokio::sync::watch;

/// What a run says of a tenant.
#[derive(Debug, Default)]
pub struct Told {
    /// The rules of its findings that are not notes of news, each with whether one of them fails the run.
    pub rules: BTreeMap<String, bool>,
    /// The exit code.
    pub exit: u8,
    /// The request that showed the first finding that fails the run, or the first of all where none does.
    pub first: Option<u64>,
    /// How many requests the run cost.
    pub requests: u64,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// The cases and defects that were broken or told of.
    pub cases: BTreeSet<String>,
    /// The cases that were not judged, and why.
    pub unjudged: Vec<String>,
    first_note: Option<u64>,
}

/// A limit that no phase but the flood meets on a machine of any speed, and one that every phase meets.
const WIDE: Rate = Rate { requests: 1_000_000, seconds: 1 };
const NARROW: Rate = Rate { requests: 25, seconds: 2 };
/// The limit that the flood of a variant meets.
const USUAL: Rate = Rate { requests: 100, seconds: 2 };

/// Checks a tenant with a fault. The burst is for what has to do with the limit; other faults are told before it.
pub fn faulty(fault: Option<&'static Fault>) -> Told {
    let limited = fault.is_some_and(|fault| fault.class == Class::Limit);
    let phases = if limited { Phase::ALL.to_vec() } else { vec![Phase::Cases, Phase::Coverage] };
    let rate = if limited { NARROW } else { WIDE };
    check(Options { rate, faults: fault.into_iter().collect(), ..Options::default() }, phases)
}

/// Checks a tenant of a variant, in every phase.
pub fn odd(variant: &'static Variant) -> Told {
    let rate = variant.rate.unwrap_or(USUAL);
    let phases = vec![Phase::Cases, Phase::Coverage, Phase::Flood];
    check(Options { rate, variant: Some(variant), ..Options::default() }, phases)
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
    (told.exit, told.requests, told.ms) = (summary.exit, summary.requests, summary.ms);
    told
}

impl Told {
    fn hear(&mut self, event: Event) {
        match event {
            Event::Finding(finding) => {
                let first = if finding.failing { &mut self.first } else { &mut self.first_note };
                *first = Some(first.map_or(finding.exchange, |first| first.min(finding.exchange)));
                *self.rules.entry(finding.rule).or_default() |= finding.failing;
                self.cases.insert(finding.case);
            }
            Event::Case(case) if matches!(case.verdict.as_str(), "skipped" | "inconclusive") => {
                self.unjudged.push(format!("{}: {}", case.case, case.why.unwrap_or_default()));
            }
            _ => {}
        }
    }

    /// The rules that fail the run.
    pub fn failing(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter(|(_, failing)| **failing).map(|(rule, _)| rule.as_str())
    }
}

fn configure(tenant: &Tenant) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("tenantcheck.toml", &tenant.config(folder.path()));
    for caller in ["full", "limited"] {
        write(&format!("{caller}.token"), &tenant.token(caller));
    }
    folder
}
