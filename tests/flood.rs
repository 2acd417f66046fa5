//! The flood over sockets: the embedded tenant at several limits, tenants with other limiters that keep the promise,
//! and tenants that break it in one way each.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

#[path = "flood/broken.rs"]
mod broken;
#[path = "flood/embedded.rs"]
mod embedded;
#[path = "flood/faces.rs"]
mod faces;
#[path = "flood/honest.rs"]
mod honest;
#[path = "flood/limiter.rs"]
mod limiter;
#[path = "flood/server.rs"]
mod server;

use std::path::PathBuf;
use tenantcheck::event::{Event, Flood, Judged, Summary};
use tenantcheck::plan::{Phase, Select};
use tenantcheck::purse::Waits;
use tenantcheck::run::{Bench, Choice, Environment};
use tenantcheck::verdict::Finding;
use tokio::sync::watch;

/// What a flood came to.
struct Told {
    case: Judged,
    floods: Vec<Flood>,
    findings: Vec<Finding>,
    summary: Summary,
}

impl Told {
    /// The rules of the findings that fail the run.
    fn broken(&self) -> Vec<&str> {
        let failing = self.findings.iter().filter(|finding| finding.failing);
        let mut rules: Vec<&str> = failing.map(|finding| finding.rule.as_str()).collect();
        rules.sort_unstable();
        rules
    }

    fn why(&self) -> &str {
        self.case.why.as_deref().unwrap_or_default()
    }

    fn shown(&self) -> String {
        format!("{:?}\n{:#?}\n{:#?}", self.case, self.floods, self.findings)
    }
}

/// Floods a tenant that serves one document to whoever has the token.
fn flood(url: &str) -> Told {
    patiently(url, Waits::default())
}

/// The same, with other purses.
fn patiently(url: &str, waits: Waits) -> Told {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("tenantcheck.toml");
    std::fs::write(&config, format!("[world.documents]\nidentities = [\"{}\"]\n", server::ID)).unwrap();
    flood_with(url, Some(config), waits)
}

/// Floods a tenant of which nothing is known but its URL and a token, or what a configuration says.
fn flood_with(url: &str, config: Option<PathBuf>, waits: Waits) -> Told {
    let (target, phases) = (Some(url.to_owned()), vec![Phase::Flood]);
    let choice = Choice { target, config, phases, waits, ..Choice::default() };
    let environment = Environment::new([("SAIL_ACCESS_TOKEN".to_owned(), server::TOKEN.to_owned())]);
    fire(&Bench::new(choice, &environment).unwrap())
}

fn fire(bench: &Bench) -> Told {
    let plan = bench.plan(&Select::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (_never, stop) = watch::channel(false);
    let mut events = Vec::new();
    let summary = runtime.block_on(bench.run(&plan, stop, &mut |event| events.push(event)));
    let (mut case, mut floods, mut findings) = (None, Vec::new(), Vec::new());
    for event in events {
        match event {
            Event::Case(judged) => case = Some(judged),
            Event::Flood(flood) => floods.push(flood),
            Event::Finding(finding) => findings.push(*finding),
            _ => {}
        }
    }
    Told { case: case.unwrap(), floods, findings, summary }
}
