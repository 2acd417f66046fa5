//! Evidence over real sockets: what stands before an honest tenant fails as tenants do, and nobody is blamed wrongly.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use serde_json::Value;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::program::Folder;
use support::server::{Request, Server, forward, reply};
use tenantcheck::contract::WorldValue;
use tenantcheck::mock::{Options, Rate, Tenant};

/// What a check of a tenant behind a front came to.
struct Told {
    exit: i64,
    /// The rules of failing findings.
    failing: Vec<String>,
    /// Verdicts and reasons.
    cases: Vec<(String, String)>,
    took: Duration,
    text: String,
}

/// Checks an honest tenant behind a front: `front` may answer a request itself, by its number.
fn check(front: impl Fn(&Request) -> Option<Vec<u8>> + Send + Sync + 'static, arguments: &[&str]) -> Told {
    check_as(str::to_owned, front, arguments)
}

/// The same with another configuration.
fn check_as(
    edit: fn(&str) -> String,
    front: impl Fn(&Request) -> Option<Vec<u8>> + Send + Sync + 'static,
    arguments: &[&str],
) -> Told {
    let folder = Folder::new();
    let tenant = Tenant::start(Options { rate: Rate { requests: 100_000, seconds: 1 }, ..Options::default() }).unwrap();
    let address = tenant.url().trim_start_matches("http://").to_owned();
    let server = Server::start(move |request| front(request).unwrap_or_else(|| forward(&address, &request.bytes)));
    for caller in tenantcheck::contract::CALLERS {
        folder.write(&format!("{caller}.token"), &tenant.token(caller));
    }
    folder.write("tenantcheck.toml", &edit(&tenant.config(Path::new("")).replace(&tenant.url(), &server.url())));
    let began = Instant::now();
    let ran = folder.run(&[&["check", "--phase", "cases", "--report", "ndjson=log"], arguments].concat());
    let log = folder.read("log");
    let events: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |kind: &'static str| events.iter().filter(move |event| event["event"] == kind);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Told {
        exit: events.last().unwrap()["exit"].as_i64().unwrap(),
        failing: of("finding").filter(|event| event["failing"] == true).map(|event| text(&event["rule"])).collect(),
        cases: of("case").map(|event| (text(&event["verdict"]), text(&event["why"]))).collect(),
        took: began.elapsed(),
        text: ran.out(),
    }
}

impl Told {
    fn blames_nobody(&self, exit: i64) {
        assert!(self.failing.is_empty(), "{:?}\n{}", self.failing, self.text);
        assert_eq!(self.exit, exit, "{}", self.text);
    }

    fn count(&self, verdict: &str) -> usize {
        self.cases.iter().filter(|(word, _)| word == verdict).count()
    }

    fn says(&self, why: &str) {
        assert!(self.cases.iter().any(|(_, reason)| reason.contains(why)), "{:?}", self.cases);
    }
}

fn page(status: u16) -> Vec<u8> {
    reply(status, &["Content-Type: text/html"], b"<html><body>The gateway says no.</body></html>")
}

#[test]
fn credentials_revoked_in_the_middle_excuse_what_follows() {
    let told = check(
        |request| {
            let body = br#"{"error":"JWT validation failed: JWT is expired"}"#;
            (request.number > 40).then(|| reply(401, &["Content-Type: application/json"], body))
        },
        &[],
    );
    told.blames_nobody(3);
    told.says("the control got 401 too");
    assert!(told.count("held") > 20 && told.count("inconclusive") > 20, "{}", told.text);
}

#[test]
fn a_gateway_that_forbids_everything_from_some_time_on_is_no_finding() {
    let told = check(|request| (request.number > 30).then(|| page(403)), &[]);
    told.blames_nobody(3);
    told.says("the control got 403 too");
}

#[test]
fn a_gateway_that_forbids_everything_from_the_beginning_is_no_finding() {
    let told = check(|_| Some(page(403)), &["get-document/**", "load-accounts/csv/**"]);
    assert!(told.failing.iter().all(|rule| rule.starts_with("credential.")), "{:?}", told.failing);
    assert_ne!(told.exit, 0);
}

#[test]
fn an_outage_is_waited_for_and_the_run_goes_on() {
    let told = check(|request| (30..45).contains(&request.number).then(|| page(503)), &[]);
    told.blames_nobody(0);
    assert_eq!(told.count("inconclusive"), 0, "{}", told.text);
}

#[test]
fn an_outage_that_never_ends_loses_the_target_within_the_purse() {
    let told = check(|request| (request.number > 30).then(|| page(503)), &["--wait-limits", "5"]);
    told.blames_nobody(3);
    told.says("the target was lost");
    assert!(told.took < Duration::from_secs(30), "{:?}", told.took);
}

#[test]
fn where_the_world_names_nothing_a_tenant_may_look_for_the_thing_first() {
    let unknown = |request: &Request| {
        (["GET", "POST"].contains(&request.method.as_str())).then(|| {
            let text = r#"{"locale": "en-US", "localeOrigin": "DEFAULT", "text": "There is no such thing."}"#;
            let body = format!(
                r#"{{"detailCode": "404 Not found", "trackingId": "{:032x}", "messages": [{text}]}}"#,
                request.number
            );
            reply(404, &["Content-Type: application/json"], body.as_bytes())
        })
    };
    let worldless = |config: &str| config.split("[world]").next().unwrap_or_default().to_owned();
    let told = check_as(worldless, unknown, &["--phase", "cases,coverage"]);
    told.blames_nobody(0);
    told.says("the tenant looks for that first (404)");
}

#[test]
fn one_crash_that_is_not_seen_again_is_a_note() {
    let told = check(|request| (request.number == 35).then(|| page(500)), &[]);
    told.blames_nobody(0);
    assert!(told.text.contains("answer.no-server-error"), "{}", told.text);
}

#[test]
fn crashes_now_and_then_are_broken_as_flaky() {
    let told = check(|request| request.number.is_multiple_of(17).then(|| page(500)), &[]);
    assert_eq!(told.exit, 1, "{}", told.text);
    assert!(told.failing.iter().all(|rule| rule == "answer.no-server-error"), "{:?}", told.failing);
    assert!(told.text.contains("flaky"), "{}", told.text);
}

#[test]
fn a_limit_is_waited_for_and_is_no_finding() {
    static SINCE: AtomicUsize = AtomicUsize::new(0);
    let told = check(
        |request| {
            let turn = SINCE.fetch_add(1, Ordering::SeqCst);
            let limited = turn % 40 == 39 && request.header("authorization").is_some();
            let headers = ["Content-Type: application/json", "Retry-After: 1"];
            limited.then(|| reply(429, &headers, br#"{"message":" Rate Limit Exceeded "}"#))
        },
        &[],
    );
    told.blames_nobody(0);
}

#[test]
fn a_limit_that_outlasts_every_announced_wait_is_one_finding_and_the_rest_is_not_asked() {
    let headers = ["Content-Type: application/json", "Retry-After: 1"];
    let limit = move |request: &Request| {
        (request.number > 50).then(|| reply(429, &headers, br#"{"message":" Rate Limit Exceeded "}"#))
    };
    let told = check(limit, &["--wait-limits", "20"]);
    // One for each caller: with all authority, without, and without a good credential.
    assert!(
        told.failing.len() <= 3 && told.failing.iter().all(|rule| rule == "rate.serves-after-wait"),
        "{}",
        told.text
    );
    assert_eq!(told.exit, 1, "{}", told.text);
    told.says("its caller was given up: 429 came 5 times in a row, each after the announced wait");
    assert!(told.took < Duration::from_mins(1) && told.count("inconclusive") > 20, "{:?} {}", told.took, told.text);
}

#[test]
fn a_document_that_is_gone_is_told_once_and_others_are_asked_about_in_its_place() {
    let body = br#"{"detailCode":"404 Not found","trackingId":"0123456789abcdef0123456789abcdef","messages":[{"locale":"en-US","localeOrigin":"DEFAULT","text":"Not found."}]}"#;
    let world = Tenant::start(Options::default()).unwrap().world();
    let WorldValue::IdsBy(documents) = world.0["documents"].clone() else { unreachable!("documents have ids by name") };
    let gone = documents[0].1[0].clone();
    let told = check(
        move |request| {
            let known = request.header("authorization").is_some_and(|value| value.len() > 200);
            let asked = request.method == "GET" && known && request.target.contains(&gone);
            asked.then(|| reply(404, &["Content-Type: application/json"], body))
        },
        &["--phase", "cases,coverage", "get-document/**"],
    );
    assert_eq!((told.count("broken"), told.exit), (1, 1), "{}", told.text);
}

/// A tenant that takes a dozen uploads, and then refuses all since it is still at work.
fn busy(status: u16) -> Told {
    let uploads = AtomicUsize::new(0);
    check(
        move |request| {
            let upload = request.method == "POST" && request.header("authorization").is_some();
            let turn = if upload { uploads.fetch_add(1, Ordering::SeqCst) } else { 0 };
            let body = format!(
                r#"{{"detailCode":"{status}.1 Busy","trackingId":"{turn:032x}","messages":[{{"locale":"en-US","localeOrigin":"DEFAULT","text":"An aggregation is running."}}]}}"#
            );
            let later = turn > 12 && !request.target.contains("unknown");
            let known = request.header("authorization").is_some_and(|value| value.len() > 200);
            (later && known).then(|| reply(status, &["Content-Type: application/json"], body.as_bytes()))
        },
        &["load-accounts/upload/**", "load-accounts/direct/**", "load-accounts/csv/**"],
    )
}

#[test]
fn uploads_that_are_refused_while_one_is_worked_on_prove_nothing() {
    busy(400).blames_nobody(0);
}

#[test]
fn uploads_that_meet_a_conflict_while_one_is_worked_on_prove_nothing() {
    busy(409).blames_nobody(0);
}

#[test]
fn whatever_hangs_the_run_ends_within_a_hundred_seconds() {
    let told = check(
        |request| {
            if request.number > 20 {
                std::thread::sleep(Duration::from_secs(20));
            }
            None
        },
        &["--wait-limits", "3", "--wait-deadlines", "10"],
    );
    told.blames_nobody(3);
    assert!(told.took < Duration::from_secs(100), "{:?}", told.took);
}
