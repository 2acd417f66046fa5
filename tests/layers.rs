//! Generated input against real sockets: a tenant that stumbles over one defect of a layer is found at default
//! settings, and the embedded tenant, whose readers are other code, takes every valid table that is drawn.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "support/front.rs"]
mod front;
#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use front::{Front, crash, fast};
use memchr::memmem;
use serde_json::Value;
use support::program::Folder;
use support::server::Request;
use tenantcheck::contract::Contract;
use tenantcheck::exchange::{Outcome, Secrets, Target};
use tenantcheck::gate::Gate;
use tenantcheck::plan::{Ground, Phase, Plan, Scope, Select, probe};
use tenantcheck::run::contract_and_cases;
use tenantcheck::wire::{Limits, Wire};

/// Checks an honest tenant that crashes on some requests; the failing rules, each with its case.
fn crashing(on: impl Fn(&Request) -> bool + Send + Sync + 'static) -> Vec<(String, String)> {
    let folder = Folder::new();
    let front = Front::start(move |request| on(request).then(|| crash(request)));
    front.configure(&folder);
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
        rule != "answer.no-server-error" || !(case.contains(&format!("/{layer}/")) || case.contains("/flood"))
    };
    assert_eq!(failing.iter().filter(foreign).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
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
    let tenant = fast();
    let (contract, cases) = contract_and_cases(None).unwrap();
    let (target, world) = (Target::parse(&tenant.url()).unwrap(), tenant.world());
    let mut secrets = Secrets::default();
    for caller in ["full", "limited"] {
        secrets.insert(caller, tenant.token(caller));
    }
    let gate = Gate::new(&target, false);
    let ground = Ground { world: &world, secrets: &secrets, gate };
    let select = Select::new(&["*/csv/valid-random".to_owned()]).unwrap();
    let plan = Plan::new(&contract, &cases, ground, &select, &[Phase::Coverage]);
    let planned = plan.selected().next().unwrap();
    let wire = Wire::new(target, secrets.clone(), Limits::default(), None).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for seed in 1..=SEEDS {
        let built = probe(&scope(&contract, planned, &world, gate, seed)).unwrap();
        let (outcome, _) = runtime.block_on(wire.send(&built));
        let taken = matches!(&outcome, Outcome::Answered(answer) if answer.status == 202);
        assert!(taken, "seed {seed}: {outcome:?} for {}", built.body.text());
    }
}

fn scope<'a>(
    contract: &'a Contract,
    planned: &'a tenantcheck::plan::Planned,
    world: &'a tenantcheck::contract::World,
    gate: Gate,
    seed: u64,
) -> Scope<'a> {
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
