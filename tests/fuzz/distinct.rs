//! What breaks one rule for different reasons is told apart, and one reason is told once.

use super::failing;
use crate::front::{Front, crash};
use crate::support::program::Folder;
use crate::support::server::Request;
use memchr::memmem;
use serde_json::Value;
use std::fs;

const PATTERNS: [&[u8]; 2] = [b"../", b"$("];

fn holds(request: &Request, bytes: &[u8]) -> bool {
    let body = memmem::find(&request.bytes, b"\r\n\r\n").map(|at| &request.bytes[at..]);
    body.is_some_and(|body| memmem::find(body, bytes).is_some())
}

/// The failing findings of a log, each with the body of the request that shows it.
fn shown(events: &[Value]) -> Vec<(Value, String)> {
    let found = events.iter().filter(|event| event["event"] == "finding" && event["failing"] == true);
    let body = |finding: &Value| {
        let named = |event: &&Value| event["event"] == "exchange" && event["number"] == finding["exchange"];
        events.iter().find(named).unwrap()["probe"]["body"].as_str().unwrap().to_owned()
    };
    found.map(|finding| (finding.clone(), body(finding))).collect()
}

fn fingerprints(found: &[(Value, String)]) -> Vec<String> {
    found.iter().map(|(finding, _)| finding["fingerprint"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn two_bugs_behind_one_rule_are_two_findings_each_told_by_its_smallest_request() {
    let folder = Folder::new();
    let _alive = Front::crashing(&folder, |request| PATTERNS.iter().any(|pattern| holds(request, pattern)));
    let campaign = ["fuzz", "load-accounts", "--requests", "400", "--seed", "7", "--jobs", "1"];
    let ran = folder.run(&[&campaign[..], &["--save", "--report", "ndjson=log"]].concat()).exits(1);
    let found = shown(&folder.events("log"));
    for (finding, body) in &found {
        let held = PATTERNS.iter().filter(|pattern| memmem::find(body.as_bytes(), pattern).is_some()).count();
        assert!(held == 1 && body.len() < 300, "{body}\n{}", ran.out());
        assert_eq!(finding["left"].as_array().unwrap().len(), 1, "{finding}");
    }
    for pattern in PATTERNS {
        assert!(found.iter().any(|(_, body)| memmem::find(body.as_bytes(), pattern).is_some()), "{}", ran.out());
    }
    let own = fingerprints(&found);
    assert_eq!(fs::read_dir(folder.path("cases/load-accounts/found")).unwrap().count(), own.len());
    let saved = fs::read_dir(folder.path("cases/load-accounts/found")).unwrap();
    let saved: String = saved.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    for (finding, _) in &found {
        let takes = finding["left"][0]["title"].as_str().unwrap();
        let title = format!("title = \"{}{}\"", takes[..1].to_uppercase(), &takes[1..]);
        assert!(ran.out().contains(&format!("  It takes {takes}")) && saved.contains(&title), "{takes}\n{}", ran.out());
    }
    for fingerprint in &own {
        folder.run(&["replay", fingerprint]).exits(1);
    }
    // Another seed meets the same bugs under the same names, where it meets them in the same way.
    let again = folder.run(&["fuzz", "load-accounts", "--requests", "400", "--seed", "9", "--report", "ndjson=log"]);
    let others = fingerprints(&shown(&folder.events("log")));
    assert!(others.iter().any(|other| own.contains(other)), "{own:?} {others:?}\n{}", again.out());
}

#[test]
fn what_is_known_of_one_reason_hides_no_other() {
    let folder = Folder::new();
    let _alive = Front::crashing(&folder, |request| PATTERNS.iter().any(|pattern| holds(request, pattern)));
    let campaign =
        ["fuzz", "load-accounts", "--requests", "400", "--seed", "7", "--jobs", "1", "--report", "ndjson=log"];
    folder.run(&campaign).exits(1);
    let mut all = fingerprints(&shown(&folder.events("log")));
    let known = all.remove(0);
    folder.write("known.toml", &format!("[[known]]\nfingerprint = \"{known}\"\nreason = \"ABC-1\"\n"));
    let ran = folder.run(&[&campaign[..], &["--baseline", "known.toml"]].concat()).exits(1);
    let left = fingerprints(&shown(&folder.events("log")));
    assert!(!left.contains(&known) && all.iter().all(|other| left.contains(other)), "{left:?}\n{}", ran.out());
    assert!(ran.out().contains("ABC-1"), "{}", ran.out());
}

#[test]
fn a_tenant_that_fails_on_everything_has_one_finding_and_costs_one_search() {
    let folder = Folder::new();
    let front = Front::start(|request| (request.number > 12).then(|| crash(request)));
    front.configure(&folder);
    let ran = folder.run(&["fuzz", "get-document", "--requests", "150", "--seed", "3", "--report", "ndjson=log"]);
    let events = folder.events("log");
    let crashes: Vec<_> = failing(&events).into_iter().filter(|(rule, _)| rule == "answer.no-server-error").collect();
    assert_eq!(crashes.len(), 1, "{}", ran.out());
    let tries = events.iter().filter(|event| event["purpose"] == "shrink").count();
    assert!((1..=60).contains(&tries), "{tries}");
}
