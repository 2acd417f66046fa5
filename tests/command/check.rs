//! `check` without any target, and what ends it early.

use crate::golden::golden;
use crate::support::program::{Folder, Ran};
use crate::{MISSING, stranger};

/// The number before a unit on the last line.
fn count(ran: &Ran, unit: &str) -> u64 {
    let out = ran.out();
    let parts = out.trim_end().lines().last().unwrap().split(" · ");
    let part = parts.into_iter().find(|part| part.contains(unit)).unwrap_or_else(|| unreachable!("{unit}: {out}"));
    part.split(' ').find_map(|word| word.parse().ok()).unwrap()
}

#[test]
fn the_embedded_tenant_holds_and_the_run_says_what_it_did() {
    let ran = Folder::new().run(&["check", "--phase", "cases"]).exits(0);
    golden("check.txt", &ran);
    let (held, requests, rules) = (count(&ran, "held"), count(&ran, "requests"), count(&ran, "rules"));
    assert!(held >= 100 && rules >= 40 && requests >= held, "{}", ran.out());
    assert!(requests <= 130, "{requests} requests");
}

#[test]
fn strictness_finds_nothing_more_in_the_embedded_tenant() {
    Folder::new().run(&["check", "--strict"]).exits(0);
}

#[test]
fn a_target_that_nobody_listens_at_is_3_with_one_sentence() {
    let ran = Folder::new().run(&["check", "--target", "http://127.0.0.1:1"]).exits(3);
    golden("nobody-listens.txt", &ran);
}

#[test]
fn a_selection_of_nothing_is_4() {
    golden("nothing-selected.txt", &Folder::new().run(&["check", "no/such/*", "nor-this"]).exits(4));
}

#[test]
fn a_selection_of_cases_that_are_all_skipped_is_4() {
    let (folder, server) = (Folder::new(), stranger());
    let ran = folder.run(&["check", "--target", &server.url(), "get-document/credential/without-authority"]).exits(4);
    golden("all-skipped.txt", &ran);
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_dry_run_sends_nothing() {
    let (folder, server) = (Folder::new(), stranger());
    let select = [MISSING, "get-document/credential/duplicated-bad-first", "get-document/credential/without-authority"];
    let ran = folder.run(&[&["check", "--dry-run", "--target", &server.url()], &select[..]].concat()).exits(0);
    golden("dry-run.txt", &ran);
    assert_eq!(server.connections(), 0);
}

#[test]
fn every_report_is_written_and_the_terminal_stays() {
    let folder = Folder::new();
    let reports = ["--report", "json=a.json", "--report", "junit=b.xml", "--report", "ndjson=c.ndjson"];
    let ran = folder.run(&[&["check", MISSING], &reports[..]].concat()).exits(0);
    assert!(ran.out().contains("held 1 · "), "{}", ran.out());
    assert_eq!(serde_json::from_str::<serde_json::Value>(&folder.read("a.json")).unwrap()["cases"][0]["case"], MISSING);
    assert!(folder.read("b.xml").trim_end().ends_with("</testsuites>"));
    assert_eq!(folder.events("c.ndjson").last().unwrap()["exit"], 0);
}

#[test]
fn a_report_on_standard_output_stands_there_alone_and_people_read_standard_error() {
    let ran = Folder::new().run(&["check", MISSING, "--report", "json=-"]).exits(0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&ran.out()).unwrap()["summary"]["held"], 1);
    assert!(ran.err().contains("\nheld 1 · ") && ran.err().ends_with(" · exit 0\n"), "{}", ran.err());
    let green = Folder::new().run(&["check", MISSING, "--report", "github=-"]).exits(0);
    assert!(green.out().is_empty() && green.err().contains("\nheld 1 · "), "{green:?}");
}

#[test]
fn the_same_seed_sends_the_same_bytes_and_another_one_does_not() {
    let folder = Folder::new();
    let sent = |seed: &str| {
        folder.run(&["check", "get-document/unknown", "--seed", seed, "--report", "ndjson=log"]).exits(0);
        let exchanges = folder.events("log").into_iter().filter(|event| event["event"] == "exchange");
        let mut sent: Vec<String> = exchanges.map(|event| event["probe"]["target"].to_string()).collect();
        sent.sort();
        sent
    };
    assert_eq!(sent("7"), sent("7"));
    assert_ne!(sent("7"), sent("8"));
}

#[test]
fn a_glob_that_means_nothing_is_4_though_another_one_selects_something() {
    let (folder, server) = (Folder::new(), stranger());
    let check = ["check", "--target", &server.url(), "get-document/unknown/**"];
    for (typo, meant) in [("load-acounts/**", "load-accounts/**"), ("get-document/indx", "get-document/index")] {
        let ran = folder.run(&[&check[..], &[typo]].concat()).exits(4);
        let told = format!("nothing selected: no case id matches `{typo}` (did you mean `{meant}`?)");
        assert!(ran.err().starts_with(&told) && ran.out().is_empty(), "{}", ran.err());
    }
    assert_eq!(server.connections(), 0);
    // What other phases have, or another configuration makes, is no slip of the pen.
    let check = ["check", MISSING, "--target", &server.url(), "--phase", "cases"];
    for other in
        ["get-document/flood", "load-accounts/coverage/csv/*", "get-document/documents/each/roles-3", "*/each/roles"]
    {
        folder.run(&[&check[..], &[other]].concat()).exits(0);
    }
}

#[test]
fn why_nothing_is_selected_is_told_as_it_is() {
    let folder = Folder::new();
    let one = ["--phase", "cases", MISSING];
    let [first, second] = ["1/2", "2/2"].map(|shard| folder.run(&[&["check", "--shard", shard], &one[..]].concat()));
    let mut codes = [first.code, second.code];
    codes.sort_unstable();
    assert_eq!(codes, [Some(0), Some(4)]);
    let empty = if first.code == Some(4) { first } else { second };
    assert!(
        empty.err().contains("nothing selected: the one case that is selected is not in share "),
        "{}",
        empty.err()
    );
    for (arguments, why) in [
        (&["--phase", "flood", "load-accounts/**"][..], "`load-accounts/**` selects no case of --phase flood"),
        (&["--phase", "cases", "--shard", "9999/10000"], "cases that are selected is in share 9999/10000"),
    ] {
        let ran = folder.run(&[&["check"], arguments].concat()).exits(4);
        assert!(ran.err().contains(why), "{}", ran.err());
    }
    let ran = folder.run(&["check", ""]).exits(2);
    assert!(ran.err().contains("is not a glob on case ids: it is empty"), "{}", ran.err());
}
