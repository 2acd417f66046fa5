//! The embedded tenant at several limits, and where a flood is allowed.

use crate::{Told, fire};
use tenantcheck::mock::{Options, Rate, Tenant};
use tenantcheck::plan::{Phase, Select};
use tenantcheck::run::{Bench, Choice, Environment};

fn at(requests: u32, seconds: u32) -> Told {
    let tenant = Tenant::start(Options { rate: Rate { requests, seconds }, ..Options::default() }).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for caller in tenantcheck::contract::CALLERS {
        std::fs::write(folder.path().join(format!("{caller}.token")), tenant.token(caller)).unwrap();
    }
    let config = folder.path().join("tenantcheck.toml");
    std::fs::write(&config, tenant.config(folder.path())).unwrap();
    let choice = Choice { config: Some(config), phases: vec![Phase::Flood], ..Choice::default() };
    fire(&Bench::new(choice, &Environment::default()).unwrap())
}

#[track_caller]
fn sees(requests: u32, seconds: u32) {
    let told = at(requests, seconds);
    assert_eq!((told.case.verdict.as_str(), told.summary.exit), ("held", 0), "{}", told.shown());
    assert!(told.findings.is_empty() && told.summary.requests <= 150);
    let seen = &told.floods[0];
    assert_eq!(seen.before + seen.served, u64::from(requests), "{seen:?}");
    assert!(seen.limited > 0 && seen.honest == Some(true), "{seen:?}");
    assert!(seen.announced_ms.unwrap() <= u64::from(seconds) * 1_000);
    assert!(seen.again_ms.unwrap() <= u64::from(seconds) * 1_000 + 900, "{seen:?}");
    let statuses: Vec<_> = seen.forms.iter().filter_map(|form| form.status).collect();
    assert!(statuses.contains(&200) && statuses.contains(&429) && statuses.len() == 2, "{seen:?}");
}

#[test]
fn a_hundred_in_ten_seconds_is_seen() {
    sees(100, 10);
}

#[test]
fn ten_in_a_second_are_seen() {
    sees(10, 1);
}

#[test]
fn fifty_in_five_seconds_are_seen() {
    sees(50, 5);
}

#[test]
fn three_in_two_seconds_are_seen() {
    sees(3, 2);
}

#[test]
fn a_limit_beyond_the_budget_is_inconclusive() {
    let told = at(1_000, 1);
    assert_eq!((told.case.verdict.as_str(), told.summary.exit), ("inconclusive", 3), "{}", told.shown());
    assert!(told.findings.is_empty() && told.summary.requests <= 150);
}

#[test]
fn a_target_that_is_not_loopback_is_flooded_only_with_the_users_word() {
    let environment = Environment::new([("SAIL_ACCESS_TOKEN".to_owned(), "a-token".to_owned())]);
    let plan = |allow_flood, phases: &[Phase], globs: &[&str]| {
        let target = Some("https://acme.api.example.com".to_owned());
        let choice = Choice { target, allow_flood, phases: phases.to_vec(), ..Choice::default() };
        let globs: Vec<String> = globs.iter().map(ToString::to_string).collect();
        Bench::new(choice, &environment).unwrap().plan(&Select::new(&globs).unwrap())
    };
    let left_out = plan(false, &Phase::ALL, &[]);
    assert!(left_out.flood.is_none() && left_out.left_out[0].contains("--allow-flood"));
    assert!(plan(true, &Phase::ALL, &[]).flood.is_some());
    for unasked in [plan(false, &[Phase::Cases], &[]), plan(false, &Phase::ALL, &["*/credential/*"])] {
        assert!(unasked.flood.is_none() && unasked.left_out.is_empty() && !unasked.is_empty());
    }
    assert!(plan(true, &[Phase::Flood], &["*/credential/*"]).is_empty());
    assert!(plan(true, &[Phase::Flood], &["*/flood"]).operations.is_empty());
}
