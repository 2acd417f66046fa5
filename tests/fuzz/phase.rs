//! The fuzz phase of `check`.

use super::failing;
use crate::front::Front;
use crate::support::program::Folder;
use crate::support::server::Request;
use memchr::memmem;

fn holds(request: &Request, bytes: &[u8]) -> bool {
    memmem::find(&request.bytes, bytes).is_some()
}

/// A field beside the file, and a quoted cell with a line break: each alone is taken.
fn stumbles(request: &Request) -> bool {
    let table = memmem::find(&request.bytes, b"filename=").map(|at| &request.bytes[at..]).unwrap_or_default();
    let table = memmem::find(table, b"\r\n\r\n").map(|at| &table[at..]).unwrap_or_default();
    let table = memmem::find(table, b"\r\n--").map(|at| &table[..at]).unwrap_or_default();
    let mut quoted = false;
    let broken = table.iter().any(|byte| {
        quoted ^= *byte == b'"';
        quoted && *byte == b'\n'
    });
    broken && holds(request, b"name=\"disableOptimization\"")
}

#[test]
fn a_fault_that_needs_two_things_together_is_found_by_the_fuzz_phase_alone() {
    let folder = Folder::new();
    let _alive = Front::crashing(&folder, stumbles);
    folder.run(&["check", "--phase", "cases,coverage"]).exits(0);
    let ran = folder.run(&["check", "--phase", "cases,coverage,fuzz", "--report", "ndjson=log"]).exits(1);
    let found = failing(&folder.events("log"));
    let expected = ("answer.no-server-error".to_owned(), "load-accounts/fuzz/delimited-source".to_owned());
    assert_eq!(found, [expected], "{}", ran.out());
    // What was combined is told beside the seed.
    let out = ran.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("seed 1, candidate ") && out.contains(" + "), "{out}");
}

/// What one case is asked with, in order, and the candidate that is kept of it.
fn asked(folder: &Folder, seed: &str) -> (Vec<u64>, Option<(u64, String)>) {
    folder.run(&["check", "load-accounts/fuzz", "--seed", seed, "--run-dir", seed]);
    let events = folder.events(&format!("{seed}/run.ndjson"));
    let sent = events.iter().filter(|event| event["event"] == "exchange" && event["purpose"] == "case");
    let sent = sent.filter(|event| event["probe"]["case"] == "load-accounts/fuzz/delimited-source");
    let candidates = sent.map(|event| event["probe"]["candidate"].as_u64().unwrap()).collect();
    let kept = std::fs::read_dir(folder.path(&format!("{seed}/findings"))).into_iter().flatten().next();
    let kept = kept.map(|file| {
        let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        let fingerprint = kept["finding"]["fingerprint"].as_str().unwrap().to_owned();
        (kept["probes"][0]["candidate"].as_u64().unwrap(), fingerprint)
    });
    (candidates, kept)
}

#[test]
fn the_candidate_that_failed_last_time_goes_first() {
    let folder = Folder::new();
    let _alive = Front::crashing(&folder, stumbles);
    let late = |seed: u64| {
        let seed = seed.to_string();
        let (first, kept) = asked(&folder, &seed);
        kept.filter(|(failed, _)| first[0] != *failed).map(|kept| (seed, kept))
    };
    let (seed, (failed, fingerprint)) = (1..20).find_map(late).unwrap();
    folder.run(&["replay", &fingerprint, "--run-dir", &seed]).exits(1);
    let (second, _) = asked(&folder, &seed);
    assert_eq!(second[0], failed, "{second:?}");
    assert_eq!(second.iter().filter(|candidate| **candidate == failed).count(), 1, "{second:?}");
}

#[test]
fn the_price_of_the_phase_is_told_and_kept() {
    let folder = Folder::new();
    let told = folder.run(&["check", "--dry-run"]).exits(0).out();
    assert!(told.contains("60 requests for the fuzz,") && told.contains("get-document/fuzz/documents"), "{told}");
    folder.run(&["check", "--phase", "fuzz", "--report", "ndjson=log"]).exits(0);
    let events = folder.events("log");
    let fuzz = events.iter().find(|event| event["event"] == "fuzz").unwrap();
    assert!(fuzz["requests"].as_u64().unwrap() <= 60, "{fuzz}");
    let cases: Vec<_> = events.iter().filter(|event| event["event"] == "case").collect();
    assert!(cases.len() == 3 && cases.iter().all(|case| case["verdict"] == "held"), "{cases:?}");
}

#[test]
fn nothing_is_combined_for_a_source_of_a_foreign_host_without_a_word() {
    let folder = Folder::new();
    folder.write("token", "opaque");
    folder.write(
        "tenantcheck.toml",
        "[target]\nurl = \"https://acme.api.example.com\"\n[credentials.full]\ntoken-file = \"token\"\n[world]\n\
         delimited-source = \"2c91\"\ncsv-columns = [\"id\"]\n[world.documents]\nroles = [\"2c92\"]\n",
    );
    let told = folder.run(&["fuzz", "--dry-run", "--requests", "9"]).exits(0).out();
    let line = |id: &str| told.lines().find(|line| line.contains(id)).unwrap_or_default().to_owned();
    assert!(line("load-accounts/fuzz/delimited-source").starts_with("skip"), "{told}");
    assert!(line("get-document/fuzz/documents").starts_with("send"), "{told}");
    assert!(told.contains("What a finding costs is among them"), "{told}");
}
