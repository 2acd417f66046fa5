//! Checks a tenant with faults in this process, as `check` does it from a configuration file.

use std::collections::BTreeSet;
use tempfile::TempDir;
use tenantcheck::event::Event;
use tenantcheck::mock::{Class, Fault, Options, Rate, Tenant};
use tenantcheck::plan::{Phase, Select};
use tenantcheck::run::{Bench, Choice, Environment};
use tokio::sync::watch;

/// What a run says of a tenant.
#[derive(Debug, Default)]
pub struct Told {
    /// The rules of its findings, of whatever level.
    pub rules: BTreeSet<String>,
    /// Whether one of the findings fails the run.
    pub failing: bool,
    /// The exit code.
    pub exit: u8,
    /// The request that showed the first finding.
    pub first: Option<u64>,
    /// How many requests the run cost.
    pub requests: u64,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// The cases that were not judged, and why.
    pub unjudged: Vec<String>,
}

/// A limit that no run meets, and one that every run meets.
const WIDE: Rate = Rate { requests: 1_000_000, seconds: 1 };
const NARROW: Rate = Rate { requests: 25, seconds: 2 };

/// Checks a tenant with these faults.
pub fn check(faults: Vec<&'static Fault>) -> Told {
    let limited = faults.iter().any(|fault| fault.class == Class::Limit);
    let rate = if limited { NARROW } else { WIDE };
    let tenant = Tenant::start(Options { rate, faults, ..Options::default() }).unwrap();
    let folder = configure(&tenant);
    let config = Some(folder.path().join("tenantcheck.toml"));
    // The flood has tests of its own, with tenants that limit in every way.
    let phases = vec![Phase::Cases];
    let bench = Bench::new(Choice { config, phases, ..Choice::default() }, &Environment::default()).unwrap();
    let plan = bench.plan(&Select::new(&[]).unwrap());
    let mut told = Told::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (_stopper, stop) = watch::channel(false);
    let summary = runtime.block_on(bench.run(&plan, stop, &mut |event| told.hear(event)));
    (told.exit, told.requests, told.ms) = (summary.exit, summary.requests, summary.ms);
    told
}

impl Told {
    fn hear(&mut self, event: Event) {
        match event {
            Event::Finding(finding) => {
                self.failing |= finding.failing;
                self.first = Some(self.first.map_or(finding.exchange, |first| first.min(finding.exchange)));
                self.rules.insert(finding.rule);
            }
            Event::Case(case) if matches!(case.verdict.as_str(), "skipped" | "inconclusive") => {
                self.unjudged.push(format!("{}: {}", case.case, case.why.unwrap_or_default()));
            }
            _ => {}
        }
    }
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
