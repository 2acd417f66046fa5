//! Fuzzing a service in process: an honest one is left alone whatever bytes come, a broken one is caught and told.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use std::collections::BTreeSet;
use tenantcheck::contract::World;
use tenantcheck::inprocess::{Fuzzer, Setup, SetupError};
use tenantcheck::mock::{Fault, Rate, Service};

fn tenant(faults: &[&str]) -> Service {
    let faults = faults.iter().map(|id| Fault::find(id).unwrap()).collect();
    Service::new(Rate { requests: u32::MAX, seconds: 1 }, None, faults).unwrap()
}

fn setup(tenant: &Service) -> Setup {
    let callers = tenantcheck::contract::CALLERS;
    callers.iter().fold(Setup::of(tenant.world()), |setup, caller| setup.credential(caller, &tenant.token(caller)))
}

fn fuzzer(faults: &[&str]) -> Fuzzer {
    let tenant = tenant(faults);
    Fuzzer::new(tenant.router(), setup(&tenant)).unwrap()
}

/// Bytes that look like noise and are always the same.
fn noise(rounds: u64) -> impl Iterator<Item = Vec<u8>> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    (0..rounds).map(move |round| {
        let length = 8 + round % 200;
        let next = |_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        };
        (0..length).map(next).collect()
    })
}

/// The rules that the requests of the plan show to be broken.
fn broken(fuzzer: &Fuzzer) -> BTreeSet<String> {
    let failures = fuzzer.seeds().into_iter().filter_map(|seed| fuzzer.run(&seed).err());
    failures.flat_map(|failure| failure.findings.into_iter().map(|finding| finding.rule)).collect()
}

#[test]
fn an_honest_service_is_left_alone_whatever_bytes_come() {
    let fuzzer = fuzzer(&[]);
    let seeds = fuzzer.seeds();
    assert!(seeds.len() > 300, "{}", seeds.len());
    for bytes in seeds.into_iter().chain(noise(200)) {
        if let Err(failure) = fuzzer.run(&bytes) {
            unreachable!("{bytes:?}\n{failure}");
        }
    }
}

#[test]
fn the_same_bytes_send_the_same_requests() {
    let first = fuzzer(&["task/id-number"]);
    let second = fuzzer(&["task/id-number"]);
    let told = |fuzzer: &Fuzzer| -> Vec<_> {
        let all = fuzzer.seeds().into_iter().chain(noise(50));
        all.map(|bytes| fuzzer.run(&bytes).err().map(|failure| failure.findings[0].case.clone())).collect()
    };
    let (one, other) = (told(&first), told(&second));
    assert!(one.iter().flatten().count() > 3);
    assert_eq!(one, other);
}

#[test]
fn a_broken_promise_is_told_by_its_rule() {
    for (fault, rule) in [
        ("credential/expired", "credential.expired"),
        ("task/id-number", "body.schema"),
        ("crash/open-quote", "answer.no-server-error"),
    ] {
        let told = broken(&fuzzer(&[fault]));
        assert!(told.contains(rule), "{fault} is told by {told:?}, not by {rule}");
    }
}

#[test]
fn a_failure_is_a_page_that_names_rule_request_and_answer() {
    let fuzzer = fuzzer(&["task/id-number"]);
    let failure = fuzzer.seeds().iter().find_map(|seed| fuzzer.run(seed).err()).expect("a task's id is a number");
    let page = format!("{failure:?}");
    for part in ["body.schema", "/task/id", "POST /beta/", "HTTP/1.1 202 Accepted", "seen 2 times, stable"] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    assert!(!page.contains("eyJ"), "a token stands in\n{page}");
}

/// An honest tenant behind something that answers some requests itself.
fn behind(front: fn(&Request) -> Option<Response>) -> Result<Fuzzer, SetupError> {
    let tenant = tenant(&[]);
    let front = move |request: Request, next: Next| async move {
        match front(&request) {
            Some(response) => response,
            None => next.run(request).await,
        }
    };
    let router: Router = tenant.router().layer(from_fn(front));
    Fuzzer::new(router, setup(&tenant))
}

#[test]
fn a_crash_on_a_byte_pattern_that_nobody_planned_is_caught() {
    let odd = |request: &Request| {
        let marked = request.headers().get("prefer").is_some_and(|value| value.len() > 2);
        marked.then(|| (http::StatusCode::INTERNAL_SERVER_ERROR, "oh").into_response())
    };
    let fuzzer = behind(odd).unwrap();
    assert_eq!(broken(&fuzzer), BTreeSet::new());
    let caught = noise(2_000).find_map(|bytes| fuzzer.run(&bytes).err()).expect("the noise has such a header");
    assert_eq!(caught.findings[0].rule, "answer.no-server-error");
}

#[test]
fn what_is_not_seen_again_or_shared_by_the_control_is_not_blamed() {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let down = |_: &Request| {
        let down = COUNT.fetch_add(1, Ordering::Relaxed) > 200;
        down.then(|| (http::StatusCode::SERVICE_UNAVAILABLE, "down").into_response())
    };
    let fuzzer = behind(down).unwrap();
    assert_eq!(broken(&fuzzer), BTreeSet::new());
    assert!(COUNT.load(Ordering::Relaxed) > 400);
}

#[test]
fn what_an_edited_header_means_to_a_service_is_not_judged() {
    let partial = |request: &Request| {
        let asked = request.headers().contains_key("prefer");
        asked.then(|| (http::StatusCode::PARTIAL_CONTENT, "<p>half</p>").into_response())
    };
    let fuzzer = behind(partial).unwrap();
    for bytes in noise(100) {
        // The first request of the plan, with one edit of its headers: `Prefer` is added.
        let bytes = [&[0, 0, 0, 0, 0, 0, 6, 0, 0, 11], &bytes[..8]].concat();
        fuzzer.run(&bytes).unwrap();
    }
}

#[test]
fn a_service_without_a_working_control_is_not_fuzzed() {
    let refused = |world, configure: fn(Setup) -> Setup| {
        let tenant = tenant(&[]);
        let setup = configure(Setup::of(world).credential("full", &tenant.token("full")));
        Fuzzer::new(tenant.router(), setup).err().map(|error| error.to_string()).unwrap_or_default()
    };
    let world = tenant(&[]).world();
    assert!(refused(World::default(), |setup| setup).contains("nothing of `load-accounts` can be sent"));
    let elsewhere = refused(world.clone(), |setup| setup.below("/elsewhere"));
    assert!(
        elsewhere.contains("(POST /elsewhere/beta/sources/") && elsewhere.contains("answered with 404"),
        "{elsewhere}"
    );
    assert!(
        refused(world.clone(), |setup| setup.only("get-widget"))
            .contains("no operation `get-widget`; it has load-accounts")
    );
    assert!(refused(world.clone(), |setup| setup.version("get-document", "v9")).contains("has no version `v9`"));
    let narrowed = |setup: Setup| setup.only("get-document").version("get-document", "none");
    assert_eq!(refused(world, narrowed), "");
}

#[test]
fn a_configuration_tells_the_world() {
    let (tenant, folder) = (tenant(&[]), tempfile::tempdir().unwrap());
    let path = folder.path().join("tenantcheck.toml");
    let documents = tenant.world().pairs("documents")[0].1.to_owned();
    std::fs::write(&path, format!("[world.documents]\naccessprofiles = [\"{documents}\"]\n")).unwrap();
    let setup = Setup::read(&path).unwrap().credential("full", &tenant.token("full")).only("get-document");
    assert!(Fuzzer::new(tenant.router(), setup).unwrap().seeds().len() > 50);
    std::fs::write(&path, "[wrold]\n").unwrap();
    assert!(Setup::read(&path).unwrap_err().to_string().contains("did you mean"));
}
