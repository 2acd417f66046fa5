//! Whatever the root seed, a tenant that keeps the contract is never blamed; and the bytes depend on nothing else.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use tempfile::TempDir;
use tenantcheck::event::Event;
use tenantcheck::exchange::Probe;
use tenantcheck::mock::{Fault, Options, Rate, Tenant};
use tenantcheck::plan::{Phase, Select};
use tenantcheck::run::{Bench, Choice, Environment};
use tokio::sync::watch;

/// A tenant that is never in the way, and the configuration for it.
fn tenant() -> (Tenant, TempDir) {
    tenant_with(Vec::new())
}

fn tenant_with(faults: Vec<&'static Fault>) -> (Tenant, TempDir) {
    let rate = Rate { requests: 1_000_000, seconds: 1 };
    let tenant = Tenant::start(Options { rate, faults, ..Options::default() }).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for caller in tenantcheck::contract::CALLERS {
        std::fs::write(folder.path().join(format!("{caller}.token")), tenant.token(caller)).unwrap();
    }
    std::fs::write(folder.path().join("tenantcheck.toml"), tenant.config(std::path::Path::new(""))).unwrap();
    (tenant, folder)
}

fn run(folder: &TempDir, choice: Choice, select: &[&str]) -> Vec<Event> {
    let select: Vec<String> = select.iter().map(ToString::to_string).collect();
    run_share(folder, choice, Select::new(&select).unwrap())
}

fn run_share(folder: &TempDir, choice: Choice, select: Select) -> Vec<Event> {
    let config = Some(folder.path().join("tenantcheck.toml"));
    let phases = vec![Phase::Cases, Phase::Coverage, Phase::Fuzz];
    let choice = Choice { config, phases, ..choice };
    let judged = std::thread::Builder::new().stack_size(64 << 20).spawn(move || {
        let bench = Bench::new(choice, &Environment::default()).unwrap();
        let plan = bench.plan(&select);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (_never, stop) = watch::channel(false);
        let mut events = Vec::new();
        runtime.block_on(bench.run(&plan, stop, &mut |event| events.push(event)));
        events
    });
    judged.unwrap().join().unwrap()
}

fn probes(events: &[Event]) -> BTreeMap<String, Probe> {
    let exchange = |event: &Event| match event {
        Event::Exchange(exchange) => Some((exchange.probe.case.clone(), Probe::clone(&exchange.probe))),
        _ => None,
    };
    events.iter().filter_map(exchange).collect()
}

#[test]
fn no_root_seed_of_fifty_blames_an_honest_tenant() {
    let (_tenant, folder) = tenant();
    for seed in 1..=50 {
        let events = run(&folder, Choice { seed, ..Choice::default() }, &[]);
        let Some(Event::Summary(summary)) = events.last() else { unreachable!("a run ends in a summary") };
        let odd = events.iter().filter(|event| match event {
            Event::Case(judged) => judged.verdict != "held",
            Event::Finding(_) => true,
            _ => false,
        });
        let odd: Vec<&Event> = odd.collect();
        assert!(odd.is_empty(), "seed {seed}: {odd:?}");
        assert_eq!((summary.exit, summary.inconclusive, summary.broken), (0, 0, 0), "seed {seed}");
    }
}

#[test]
fn the_bytes_of_a_case_depend_on_nothing_but_seed_and_case() {
    let (_tenant, folder) = tenant();
    let choice = |seed, jobs| Choice { seed, jobs, ..Choice::default() };
    let whole = probes(&run(&folder, choice(7, 4), &[]));
    let alone = probes(&run(&folder, choice(7, 1), &["*/credential/*", "*/coverage/**"]));
    let other = probes(&run(&folder, choice(8, 4), &[]));
    assert!(alone.len() > 20 && alone.iter().all(|(case, probe)| whole.get(case) == Some(probe)));
    let changed = other.iter().filter(|(case, probe)| whole.get(*case) != Some(probe)).count();
    assert!(changed > 5, "{changed} probes depend on the seed");
}

#[test]
fn all_shards_together_send_the_bytes_of_the_whole_run() {
    let (_tenant, folder) = tenant();
    let choice = || Choice { seed: 11, ..Choice::default() };
    let whole = probes(&run(&folder, choice(), &[]));
    let mut sent: BTreeMap<String, Vec<Probe>> = BTreeMap::new();
    for number in 1..=3 {
        let share = Select::default().sharded(format!("{number}/3").parse().ok());
        let events = run_share(&folder, choice(), share);
        let judged = events.iter().filter(|event| matches!(event, Event::Case(_))).count();
        assert!(judged > whole.len() / 6 && judged < whole.len() / 2, "{judged} of {} in share {number}", whole.len());
        for (case, probe) in probes(&events) {
            sent.entry(case).or_default().push(probe);
        }
    }
    assert!(sent.keys().eq(whole.keys()));
    // A control goes out in each share that needs it, in the same bytes.
    assert!(sent.iter().all(|(case, probes)| probes.iter().all(|probe| Some(probe) == whole.get(case))));
    assert!(sent.values().filter(|probes| probes.len() > 1).count() < 10);
}

/// What happened, without what the clock decides.
fn story(events: &[Event]) -> Vec<String> {
    let line = |event: &Event| match event {
        Event::Exchange(exchange) => {
            Some(format!("{} {} {:?}", exchange.number, exchange.probe.case, exchange.status()))
        }
        Event::Case(judged) => Some(format!("{} {} {}", judged.case, judged.verdict, judged.requests)),
        Event::Finding(finding) => Some(format!("{} {} {}", finding.case, finding.rule, finding.fingerprint)),
        _ => None,
    };
    events.iter().filter_map(line).collect()
}

#[test]
fn several_jobs_tell_the_same_story_as_one() {
    let faults = ["credential/expired", "task/id-number"].iter().filter_map(|id| Fault::find(id)).collect::<Vec<_>>();
    let (_tenant, folder) = tenant_with(faults);
    let stories = [1, 4, 16].map(|jobs| story(&run(&folder, Choice { jobs, ..Choice::default() }, &[])));
    assert!(stories[0].iter().any(|line| line.contains("broken")), "{:?}", stories[0]);
    assert_eq!(stories[0], stories[1]);
    assert_eq!(stories[0], stories[2]);
}
