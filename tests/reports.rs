//! `tenantcheck report`: every face from a recorded run, without a request; and what each run leaves for it.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use serde_json::Value;
use std::fs;
use support::program::{Folder, Ran};

/// The recorded run of the faces' goldens.
const LOG: &str = include_str!("faces/events.ndjson");

fn recorded(log: &str) -> Folder {
    let folder = Folder::new();
    folder.write("log", log);
    folder
}

fn render(folder: &Folder, format: &str) -> Ran {
    folder.run(&["report", "log", "--report", &format!("{format}=-")])
}

/// Everything before the last line that holds a word.
fn before<'a>(log: &'a str, word: &str) -> &'a str {
    &log[..=log[..log.rfind(word).unwrap()].rfind('\n').unwrap()]
}

#[test]
fn every_face_is_rendered_from_a_log_as_it_is_in_the_run() {
    let folder = Folder::new();
    let formats = ["ndjson", "json", "junit", "sarif", "har", "markdown", "github"];
    let live = formats.map(|format| format!("{format}=live.{format}"));
    let later = formats.map(|format| format!("{format}=later.{format}"));
    let reports = |reports: &[String]| reports.iter().flat_map(|to| ["--report".to_owned(), to.clone()]).collect();
    let (live, later): (Vec<String>, Vec<String>) = (reports(&live), reports(&later));
    let words = |first: &[&str], rest: &[String]| -> Vec<String> {
        first.iter().map(|word| (*word).to_owned()).chain(rest.iter().cloned()).collect()
    };
    let run = |arguments: Vec<String>| folder.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    run(words(&["check", "--phase", "cases", "get-document/index/*", "--run-dir", "run"], &live)).exits(0);
    let rendered = run(words(&["report", "run"], &later)).exits(0);
    assert_eq!((rendered.out(), rendered.err()), (String::new(), String::new()));
    for format in formats {
        let (live, later) = (folder.read(&format!("live.{format}")), folder.read(&format!("later.{format}")));
        assert_eq!(live, later, "{format}");
    }
    assert_eq!(folder.read("run/run.ndjson"), folder.read("live.ndjson"));
}

#[test]
fn the_former_run_is_kept_and_the_one_before_it_is_not() {
    let folder = Folder::new();
    let seeds = |name: &str| folder.events(name).iter().find_map(|event| event["seed"].as_u64()).unwrap();
    for seed in ["1", "2", "3"] {
        folder.run(&["check", "get-document/unknown/*", "--phase", "cases", "--seed", seed]).exits(0);
    }
    assert_eq!((seeds(".tenantcheck/run.ndjson"), seeds(".tenantcheck/previous.ndjson")), (3, 2));
    assert_eq!(folder.read(".tenantcheck/.gitignore"), "*\n");
}

#[test]
fn a_run_folder_that_cannot_be_written_is_one_warning() {
    let folder = Folder::new();
    folder.write("file", "");
    let ran = folder.run(&["check", "get-document/unknown/*", "--phase", "cases", "--run-dir", "file/run"]).exits(0);
    assert_eq!(ran.err().matches("warning: ").count(), 1, "{}", ran.err());
    assert!(ran.err().contains("--run-dir DIR names another folder"), "{}", ran.err());
}

#[test]
fn a_dry_run_leaves_the_former_log_alone() {
    let folder = Folder::new();
    folder.run(&["check", "--dry-run"]).exits(0);
    assert!(!folder.path(".tenantcheck").exists());
}

#[test]
fn a_log_that_is_cut_off_is_rendered_as_far_as_it_goes() {
    let whole = before(LOG, "\"event\":\"summary\"");
    let ran = render(&recorded(&LOG[..LOG.len() - 9]), "json").exits(0);
    assert!(ran.err().contains("is cut off there"), "{}", ran.err());
    let document: Value = serde_json::from_slice(&ran.out).unwrap();
    assert!(document["cases"].as_array().unwrap().len() > 20 && document["summary"].is_null());
    let ran = render(&recorded(whole), "markdown").exits(0);
    assert!(ran.err().contains("before the summary") && ran.out().contains("**Cut off**"), "{}", ran.err());
}

#[test]
fn what_is_no_log_is_2_and_empties_no_report() {
    for (log, told) in [
        ("", "is empty: no run was recorded"),
        ("not a log\n", "is no event log"),
        ("{\"a\":1}\n", "is no event log"),
        ("{\"event\":\"run\",\"ver", "is no event log"),
    ] {
        let folder = recorded(log);
        folder.write("report.json", "former");
        let ran = folder.run(&["report", "log", "--report", "json=report.json"]).exits(2);
        assert!(ran.err().contains(told), "{log}: {}", ran.err());
        assert_eq!(folder.read("report.json"), "former");
    }
    let missing = Folder::new().run(&["report", "no/such", "--report", "json=-"]).exits(2);
    assert!(missing.err().contains("name an event log"), "{}", missing.err());
    let folder = Folder::new();
    fs::create_dir(folder.path("run")).unwrap();
    let bare = folder.run(&["report", "run", "--report", "json=-"]).exits(2);
    assert!(bare.err().contains("holds no `run.ndjson`"), "{}", bare.err());
}

#[test]
fn a_broken_line_in_the_middle_is_2_with_its_number() {
    let mut lines: Vec<&str> = LOG.lines().collect();
    lines.insert(2, "{\"event\":\"case\"}");
    let ran = render(&recorded(&(lines.join("\n") + "\n")), "junit").exits(2);
    assert!(ran.err().contains("`log`:3 is no event"), "{}", ran.err());
}

#[test]
fn what_a_later_version_tells_is_passed_over_and_counted() {
    let log = format!("{LOG}{{\"event\":\"eclipse\",\"of\":\"the sun\"}}\n");
    let ran = render(&recorded(&log), "json").exits(0);
    assert!(ran.err().contains("1 lines come from a later version"), "{}", ran.err());
}

#[test]
fn a_log_of_an_earlier_version_has_its_rules_from_its_findings() {
    let mut start: Value = serde_json::from_str(LOG.lines().next().unwrap()).unwrap();
    start.as_object_mut().unwrap().remove("catalogue").unwrap();
    let rest: Vec<&str> = LOG.lines().skip(1).collect();
    let ran = render(&recorded(&format!("{start}\n{}\n", rest.join("\n"))), "sarif").exits(0);
    let document: Value = serde_json::from_slice(&ran.out).unwrap();
    let run = &document["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][at]["id"], result["ruleId"]);
    }
}

#[test]
fn no_report_overwrites_the_log_that_it_is_rendered_from() {
    let folder = recorded(LOG);
    let ran = folder.run(&["report", "log", "--report", "ndjson=./log"]).exits(2);
    assert!(ran.err().contains("must not go to"), "{}", ran.err());
    assert_eq!(folder.read("log"), LOG);
}

#[test]
fn an_event_log_is_copied_to_the_byte() {
    let ran = render(&recorded(LOG), "ndjson").exits(0);
    assert_eq!(ran.out(), LOG);
    assert!(ran.err().contains("large bodies were not kept"), "{}", ran.err());
}

#[test]
fn the_summary_of_a_step_is_appended_where_github_wants_it() {
    let folder = Folder::new();
    folder.write("summary.md", "before\n");
    let arguments = ["check", "get-document/unknown/*", "--phase", "cases"];
    let ran = Ran::of(folder.command(&arguments).env("GITHUB_STEP_SUMMARY", folder.path("summary.md"))).exits(0);
    assert!(!ran.out().contains("**Held**"));
    let summary = folder.read("summary.md");
    assert!(summary.starts_with("before\n## tenantcheck\n") && summary.contains("**Held**"), "{summary}");
    // An empty variable turns it off, and a file that cannot be written is a warning.
    Ran::of(folder.command(&arguments).env("GITHUB_STEP_SUMMARY", "")).exits(0);
    let ran = Ran::of(folder.command(&arguments).env("GITHUB_STEP_SUMMARY", folder.path("no/summary.md"))).exits(0);
    assert!(ran.err().contains("warning: the summary of this step"), "{}", ran.err());
    assert_eq!(folder.read("summary.md"), summary);
}
