//! Generated input against real sockets: a tenant that stumbles over one defect of a layer is found at default
//! settings, and the embedded tenant, whose readers are other code, takes whatever valid is drawn.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "support/front.rs"]
mod front;
#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use front::{Front, fast};
use memchr::memmem;
use serde_json::Value;
use std::collections::BTreeSet;
use support::program::Folder;
use support::server::Request;
use tenantcheck::contract::{Case, Contract, World};
use tenantcheck::exchange::{Outcome, Probe, Secrets, Target};
use tenantcheck::gate::Gate;
use tenantcheck::mock::Tenant;
use tenantcheck::plan::{Ground, Phase, Plan, Planned, Scope, Select, probe};
use tenantcheck::run::contract_and_cases;
use tenantcheck::wire::{Limits, Wire};

/// Checks an honest tenant that crashes on some requests; the failing rules, each with its case.
fn crashing(on: impl Fn(&Request) -> bool + Send + Sync + 'static) -> Vec<(String, String)> {
    let folder = Folder::new();
    let _alive = Front::crashing(&folder, on);
    let ran = folder.run(&["check", "--report", "ndjson=log"]);
    let log = folder.read("log");
    let events = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let failing = events.filter(|event| event["event"] == "finding" && event["failing"] == true);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let failing: Vec<_> = failing.map(|event| (text(&event["rule"]), text(&event["case"]))).collect();
    assert!(!failing.is_empty(), "{}", ran.out());
    failing
}

fn holds(request: &Request, bytes: &[u8]) -> bool {
    memmem::find(&request.bytes, bytes).is_some()
}

fn only(layer: &str, failing: &[(String, String)]) {
    let foreign = |(rule, case): &&(String, String)| {
        rule != "answer.no-server-error"
            || !(case.contains(&format!("/{layer}/")) || case.contains("/fuzz/") || case.contains("/flood"))
    };
    assert_eq!(failing.iter().filter(foreign).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
    // What the fuzz phase finds besides is no substitute for the layer's own defect.
    assert!(failing.iter().any(|(_, case)| case.contains(&format!("/{layer}/"))), "{failing:?}");
}

#[test]
fn a_crash_on_one_kind_of_cell_is_found() {
    only("csv", &crashing(|request| holds(request, b"=HYPERLINK(")));
}

#[test]
fn a_crash_on_one_kind_of_file_name_is_found() {
    only("multipart", &crashing(|request| holds(request, b"filename=\"C:\\")));
}

#[test]
fn a_crash_on_one_kind_of_form_is_found() {
    let damaged = |request: &Request| {
        let urlencoded = |value: &str| value.starts_with("application/x-www-form-urlencoded");
        request.header("content-type").is_some_and(urlencoded) && request.bytes.ends_with(b"%zz%4")
    };
    only("form", &crashing(damaged));
}

#[test]
fn a_crash_on_one_kind_of_value_is_found() {
    only("value", &crashing(|request| holds(request, b"\r\n\r\nnull\r\n") || holds(request, b"=null")));
}

#[test]
fn a_crash_on_one_kind_of_token_is_found() {
    // `{"alg":"nOnE"` as a token begins.
    only("credential", &crashing(|request| holds(request, b"Bearer eyJhbGciOiJuT25F")));
}

#[test]
fn a_crash_on_one_kind_of_id_is_found() {
    only("identifier", &crashing(|request| request.method == "GET" && request.target.ends_with("%00")));
}

#[test]
fn a_crash_on_one_kind_of_header_is_found() {
    let negotiated = |request: &Request| request.header("accept-language").is_some_and(|value| value.trim() == "*");
    only("negotiation", &crashing(negotiated));
}

/// How many root seeds are drawn from.
const SEEDS: u64 = 10_000;

#[test]
fn the_embedded_tenant_takes_every_valid_table_that_is_drawn() {
    let ground = Loopback::new();
    let plan = ground.plan("*/csv/valid-random");
    let planned = plan.selected().next().unwrap();
    (1..=SEEDS).for_each(|seed| ground.served(planned, seed));
}

/// Whether a request holds something that the root seed draws, beside tables.
fn is_drawn(planned: &Planned) -> bool {
    planned.recipe.iter().flat_map(|recipe| &recipe.uses).any(|(defect, _)| defect.id.contains("/drawn-"))
}

/// How many root seeds are drawn from for every other variation.
const SOME: u64 = 300;

#[test]
fn the_embedded_tenant_takes_whatever_else_is_drawn() {
    let ground = Loopback::new();
    let plan = ground.plan("*/coverage/**");
    let drawn: Vec<&Planned> = plan.selected().filter(|planned| is_drawn(planned)).collect();
    let variations = drawn.iter().flat_map(|planned| planned.recipe.iter().flat_map(|recipe| &recipe.uses));
    let variations: BTreeSet<_> = variations.map(|(defect, _)| defect.id).filter(|id| id.contains("/drawn-")).collect();
    assert!(variations.len() >= 13, "{variations:?}");
    for planned in drawn {
        (1..=SOME).for_each(|seed| ground.served(planned, seed));
    }
}

#[test]
fn what_shares_a_request_is_proven_for_every_seed_and_draws_alone_what_it_drew_together() {
    let ground = Loopback::new();
    let plan = ground.plan("*/coverage/**/together-*");
    let (mut drawn, mut changed) = (0, BTreeSet::new());
    for planned in plan.selected().filter(|planned| is_drawn(planned)) {
        for seed in 1..=2 * SOME {
            ground.built(planned, seed);
        }
        let name = |planned: &Planned, seed| {
            let probe = ground.built(planned, seed);
            let body = probe.body.text().into_owned();
            body.split_once("filename=\"").and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()))
        };
        for member in planned.members.iter().filter(|member| member.case.id.contains("/drawn-file-name")) {
            for seed in 1..=9 {
                assert_eq!(name(planned, seed), name(member, seed), "{} in {}", member.case.id, planned.case.id);
                changed.insert(name(member, seed));
            }
            drawn += 1;
        }
    }
    assert!(drawn > 0 && changed.len() > 8, "{drawn} {changed:?}");
}

/// The embedded tenant, and what is needed to ask it.
struct Loopback {
    _tenant: Tenant,
    contract: Contract,
    cases: Vec<Case>,
    world: World,
    secrets: Secrets,
    gate: Gate,
    wire: Wire,
    runtime: tokio::runtime::Runtime,
}

impl Loopback {
    fn new() -> Self {
        let tenant = fast();
        let (contract, cases) = contract_and_cases(None).unwrap();
        let (target, world) = (Target::parse(&tenant.url()).unwrap(), tenant.world());
        let mut secrets = Secrets::default();
        for caller in tenantcheck::contract::CALLERS {
            secrets.insert(caller, tenant.token(caller));
        }
        let gate = Gate::new(&target, false);
        let wire = Wire::new(target, secrets.clone(), Limits::default(), None).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { _tenant: tenant, contract, cases, world, secrets, gate, wire, runtime }
    }

    fn plan(&self, glob: &str) -> Plan {
        let ground = Ground { world: &self.world, secrets: &self.secrets, gate: self.gate };
        let select = Select::new(&[glob.to_owned()]).unwrap();
        Plan::new(&self.contract, &self.cases, ground, &select, &[Phase::Coverage])
    }

    fn built(&self, planned: &Planned, seed: u64) -> Probe {
        let built = probe(&scope(&self.contract, planned, &self.world, self.gate, seed));
        assert!(built.is_ok(), "seed {seed}: {built:?}");
        built.unwrap()
    }

    /// Asserts that the tenant takes what a seed draws.
    fn served(&self, planned: &Planned, seed: u64) {
        let built = self.built(planned, seed);
        let (outcome, _) = self.runtime.block_on(self.wire.send(&built));
        let taken =
            matches!(&outcome, Outcome::Answered(answer) if planned.case.expect.statuses.contains(&answer.status));
        assert!(taken, "seed {seed}: {outcome:?} for {:?} {}", built.headers, built.body.text());
    }
}

fn scope<'a>(contract: &'a Contract, planned: &'a Planned, world: &'a World, gate: Gate, seed: u64) -> Scope<'a> {
    let operation = contract.operation(&planned.case.operation).unwrap();
    Scope {
        operation,
        id: &planned.case.id,
        case: &planned.case,
        recipe: planned.recipe.as_ref(),
        path: &operation.versions[&operation.default_version],
        base_path: "",
        world,
        gate,
        subject: planned.subject.as_ref(),
        seed,
        candidate: 0,
    }
}
