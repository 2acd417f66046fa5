//! `fuzz`: a campaign of its own.

use super::{candidates, failing};
use crate::front::Front;
use crate::support::program::{Folder, Ran};
use std::time::{Duration, Instant};
use tenantcheck::mock::{Fault, Options, Rate, Tenant};

#[test]
fn a_campaign_of_so_many_requests_ends_in_its_evidence() {
    let folder = Folder::new();
    let out = folder.run(&["fuzz", "--requests", "300", "--seed", "5", "--report", "ndjson=log"]).exits(0).out();
    for part in ["whose rate limit is out of the way", "fuzzing http://127.0.0.1:", " · seed 5 · 300 requests"] {
        assert!(out.split_whitespace().collect::<Vec<_>>().join(" ").contains(part), "{part}\n{out}");
    }
    assert!(out.contains("fuzz: ") && out.contains(" a second · ") && out.contains("× 400 400."), "{out}");
    assert!(out.contains("held 3 · 300 requests"), "{out}");
    assert!(out.lines().count() < 25, "{out}");
    let events = folder.events("log");
    assert!(candidates(&events).len() > 280 && failing(&events).is_empty());
    assert!(events.iter().any(|event| event["event"] == "news"));
}

#[test]
fn without_a_seed_every_campaign_has_its_own() {
    let seed = || {
        let out = Folder::new().run(&["fuzz", "--requests", "8"]).exits(0).out();
        out.split("seed ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap().to_owned()
    };
    assert_ne!(seed(), seed());
}

#[test]
fn a_campaign_by_time_ends_in_time() {
    let began = Instant::now();
    let out = Folder::new().run(&["fuzz", "--time", "1s", "--seed", "3"]).exits(0).out();
    assert!(began.elapsed() >= Duration::from_secs(1) && out.contains(" · seed 3 · 1.0 s"), "{out}");
}

#[test]
fn a_limit_is_waited_for_and_is_no_finding() {
    let folder = Folder::new();
    let rate = Rate { requests: 5, seconds: 5 };
    let tenant = Tenant::start(Options { rate, ..Options::default() }).unwrap();
    for caller in tenantcheck::contract::CALLERS {
        folder.write(&format!("{caller}.token"), &tenant.token(caller));
    }
    folder.write("tenantcheck.toml", &tenant.config(std::path::Path::new("")));
    let ran = folder.run(&["fuzz", "--requests", "24", "--seed", "1", "--report", "ndjson=log"]).exits(0);
    assert!(ran.out().contains("waiting ") && ran.out().contains("held 3 · "), "{}", ran.out());
    assert_eq!(failing(&folder.events("log")), []);
}

#[test]
fn a_finding_is_counted_with_what_repeats_it_and_told_once() {
    let folder = Folder::new();
    let _alive = Front::crashing(&folder, |request| request.header("cookie").is_some());
    let ran = folder.run(&["fuzz", "get-document/**", "--requests", "150", "--seed", "1", "--report", "ndjson=log"]);
    let events = folder.events("log");
    let found = failing(&events);
    assert_eq!(found, [("answer.no-server-error".to_owned(), "get-document/fuzz/documents".to_owned())]);
    let fuzz = events.iter().find(|event| event["event"] == "fuzz").unwrap();
    let count = fuzz["found"].as_array().unwrap().iter().find(|found| found["failing"] == true).unwrap();
    assert!(count["count"].as_u64().unwrap() > 1, "{count}");
    let ran = ran.exits(1);
    let out = ran.out();
    assert!(out.contains("× answer.no-server-error · get-document/fuzz/documents"), "{out}");
    // It is told when it is found, once.
    let line = |start: &str| out.lines().position(|line| line.starts_with(start)).unwrap();
    assert!(line("broken  get-document/fuzz/documents  answer.no-server-error: ") < line("fuzz: "), "{out}");
    assert_eq!(out.lines().filter(|line| line.starts_with("broken ")).count(), 1, "{out}");
}

#[test]
fn another_thing_than_the_asked_one_is_told_by_the_plain_request_that_shows_it() {
    let folder = Folder::new();
    let (rate, faults) =
        (Rate { requests: 1_000_000, seconds: 1 }, Fault::find("meaning/neighbour").into_iter().collect());
    let tenant = Tenant::start(Options { rate, faults, ..Options::default() }).unwrap();
    for caller in tenantcheck::contract::CALLERS {
        folder.write(&format!("{caller}.token"), &tenant.token(caller));
    }
    folder.write("tenantcheck.toml", &tenant.config(std::path::Path::new("")));
    let campaign = ["fuzz", "get-document", "--requests", "200", "--seed", "7", "--save", "--report", "ndjson=log"];
    let ran = folder.run(&campaign).exits(1);
    let events = folder.events("log");
    let found: Vec<_> = events.iter().filter(|event| event["rule"] == "identity.same-id").collect();
    assert_eq!(found.len(), 1, "{}", ran.out());
    assert!(found[0]["shrunk"]["to"].as_u64() < found[0]["shrunk"]["from"].as_u64(), "{}", found[0]);
    let saved = folder.read("cases/get-document/found/fuzz-documents.toml");
    for part in
        ["title = \"The request that works, with nothing done to it\"", "index = \"roles\"", "# A template names"]
    {
        assert!(saved.contains(part), "{part}\n{saved}");
    }
    folder.run(&["check", "get-document/found"]).exits(1);
}

#[test]
fn what_is_no_extent_is_told_with_what_to_write() {
    for (arguments, told) in [
        (&["--time", "0"][..], "like 30s, 10m or 1h"),
        (&["--time", "soon"], "like 30s, 10m or 1h"),
        (&["--requests", "0"], "from 1 on"),
        (&["--time", "5s", "--requests", "9"], "cannot be used with"),
    ] {
        let ran = Folder::new().run(&[&["fuzz"], arguments].concat()).exits(2);
        assert!(ran.err().contains(told), "{arguments:?}: {}", ran.err());
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_campaign_tells_what_it_met_and_exits_130() {
    let folder = Folder::new();
    let front = Front::crashing(&folder, |_| false);
    let mut command = folder.command(&["fuzz", "--time", "1h", "--seed", "2"]);
    let child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let end = Instant::now() + Duration::from_mins(1);
    while front.server.requests().len() < 40 && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let out = Ran::end(child).exits(130).out();
    assert!(out.contains("fuzz: ") && out.contains("exit 130"), "{out}");
}
