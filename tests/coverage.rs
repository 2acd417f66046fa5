//! Contract coverage: what of the contract a run saw, why not the rest, and the floor that a gate may set.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use support::program::{Folder, Ran};
use support::server::{Server, json};

const LOG: &str = "run/run.ndjson";

fn check(folder: &Folder, more: &[&str]) -> Ran {
    let ran = folder.run(&[&["check", "--run-dir", "run"], more].concat());
    assert!(matches!(ran.code, Some(0..=1)), "{ran:?}");
    ran
}

/// What the run in a folder tells of contract coverage: one event, before the summary.
fn told(folder: &Folder) -> Value {
    let mut events = folder.events(LOG);
    assert_eq!(events.pop().unwrap()["event"], "summary");
    let told = events.pop().unwrap();
    assert!(told["event"] == "coverage" && events.iter().all(|event| event["event"] != "coverage"));
    told
}

fn kind(told: &Value, name: &str) -> Value {
    told["kinds"].as_array().unwrap().iter().find(|kind| kind["kind"] == name).unwrap().clone()
}

fn seen(told: &Value, name: &str) -> u64 {
    kind(told, name)["seen"].as_u64().unwrap()
}

/// Why something was not seen; nothing where it was.
fn why(told: &Value, name: &str, item: &str) -> Option<String> {
    let kind = kind(told, name);
    let unseen = kind["missing"].as_array().unwrap().iter().find(|unseen| unseen["item"] == item)?;
    unseen["why"].as_str().map(ToOwned::to_owned)
}

fn percent(told: &Value) -> u64 {
    told["total"]["seen"].as_u64().unwrap() * 100 / told["total"]["allowed"].as_u64().unwrap()
}

#[test]
fn a_whole_run_sees_all_but_what_the_tenant_never_sends() {
    let folder = Folder::new();
    let out = check(&folder, &["--min-coverage", "90"]).exits(0).out();
    let told = told(&folder);
    assert_eq!(kind(&told, "defects")["seen"], kind(&told, "defects")["allowed"], "{told}");
    let allowed = |name: &str| kind(&told, name)["allowed"].as_u64().unwrap();
    // Whether the burst meets the limit depends on how fast this machine is.
    assert!(seen(&told, "statuses") + 1 >= allowed("statuses") && allowed("statuses") >= 10, "{told}");
    assert!(percent(&told) >= 90 && told["partial"] == false, "{}", told["total"]);
    let line = format!("{} of {} sentences", seen(&told, "sentences"), kind(&told, "sentences")["allowed"]);
    assert!(out.contains(&format!("contract: {line}")), "{out}");
    let failing = why(&told, "statuses", "get-document 500").unwrap();
    assert!(failing.starts_with("only a tenant that fails"), "{failing}");
}

#[test]
fn the_same_selection_sees_the_same_and_less_than_everything() {
    let [first, second] = ["1", "4"].map(|jobs| {
        let folder = Folder::new();
        let out = check(&folder, &["get-document/index/*", "--jobs", jobs]).exits(0).out();
        assert!(!out.contains("contract:"), "{out}");
        told(&folder)
    });
    assert_eq!(first, second);
    assert!(first["partial"] == true && percent(&first) < 50, "{}", first["total"]);
    assert_eq!(why(&first, "statuses", "load-accounts 202").unwrap(), "no answer had it");
}

#[test]
fn a_campaign_sees_the_defects_that_it_sends() {
    let folder = Folder::new();
    folder.run(&["fuzz", "--requests", "100", "--run-dir", "run"]).exits(0);
    let events = folder.events(LOG);
    let sent = events.iter().filter_map(|event| event["probe"]["defects"].as_array()).flatten();
    let sent: BTreeSet<&str> = sent.filter_map(Value::as_str).collect();
    let told = told(&folder);
    let (seen, all) = (seen(&told, "defects"), kind(&told, "defects")["all"].as_u64().unwrap());
    // What is sent counts unless nobody could judge it.
    assert!(seen >= 40 && (seen..seen + 6).contains(&(sent.len() as u64)) && seen < all, "{seen} {}", sent.len());
    let unsent = tenantcheck::generate::defects::ALL.iter().flat_map(|layer| layer.iter()).map(|defect| defect.id);
    let mut unsent = unsent.filter(|id| !sent.contains(id));
    assert!(unsent.all(|id| why(&told, "defects", id).is_some()));
}

#[test]
fn a_floor_that_is_not_met_fails_the_run_with_one_sentence() {
    let folder = Folder::new();
    let ran = check(&folder, &["get-document/index/*", "--min-coverage", "100"]).exits(1);
    let out = ran.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("below the 100 % of --min-coverage. held "), "{out}");
    assert_eq!(told(&folder)["floor"], 100);
    check(&folder, &["get-document/index/*", "--min-coverage", "5"]).exits(0);
}

#[test]
fn a_floor_that_is_no_percentage_is_wrong_usage() {
    for floor in ["101", "-1", "9.5", "most", ""] {
        let ran = Folder::new().run(&["check", &format!("--min-coverage={floor}")]).exits(2);
        assert!(String::from_utf8_lossy(&ran.err).contains("--min-coverage <PERCENT>"), "{ran:?}");
    }
}

#[test]
fn what_the_world_lacks_is_told_and_counts_only_towards_all() {
    let folder = Folder::new();
    let stranger = Server::start(|_| json(401, &serde_json::json!({"error": "nobody is known here"})));
    check(&folder, &["--phase", "cases", "--target", &stranger.url()]);
    let told = told(&folder);
    let [allowed, all] = ["allowed", "all"].map(|name| told["total"][name].as_u64().unwrap());
    assert!(allowed * 2 < all, "{}", told["total"]);
    let forbidden = why(&told, "statuses", "get-document 403").unwrap();
    assert!(forbidden.contains("in [world]"), "{forbidden}");
    let role = why(&told, "branches", "get-document documents/role.json").unwrap();
    assert!(role.contains("names no thing of the index roles"), "{role}");
}

#[test]
fn every_face_tells_it_from_the_log() {
    let folder = Folder::new();
    check(&folder, &["get-document/index/*"]).exits(0);
    let reports = ["json=r.json", "markdown=r.md", "html=r.html", "junit=r.xml"];
    let arguments: Vec<&str> = reports.iter().flat_map(|report| ["--report", report]).collect();
    folder.run(&[&["report", "run"], &arguments[..]].concat()).exits(0);
    let told = told(&folder);
    let document: Value = serde_json::from_str(&folder.read("r.json")).unwrap();
    assert_eq!(document["coverage"]["kinds"], told["kinds"]);
    let percent = percent(&told);
    assert!(folder.read("r.md").contains(&format!("Contract coverage: {percent} % of what is possible here")));
    assert!(folder.read("r.html").contains(&format!("The run saw {percent} % of what is possible here")));
    assert!(folder.read("r.xml").contains(&format!("name=\"contract-coverage\" value=\"{percent}\"")));
}
