//! Runs against the embedded tenant, honest and with faults.

use crate::support::program::{Folder, Ran};
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Stdio};

/// A tenant of the command `mock`, gone when dropped.
struct Mock {
    child: Child,
    /// It ends when nobody reads what it says.
    out: BufReader<ChildStdout>,
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a check against a tenant with some faults, with its run folder beside.
fn check(folder: &Folder, name: &str, faults: &[&str], more: &[&str]) {
    let config = format!("{name}.toml");
    let mut arguments = vec!["mock", "--write-config", config.as_str(), "--rate", "10000/1"];
    for fault in faults {
        arguments.extend(["--fault", fault]);
    }
    let mut child = folder.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let mut mock = Mock { child, out };
    // Its first line says that it listens.
    mock.out.read_line(&mut String::new()).unwrap();
    let check = ["check", "--phase", "cases,coverage", "--config", config.as_str(), "--run-dir", name];
    let ran = folder.run(&[&check[..], more].concat());
    assert!(matches!(ran.code, Some(0 | 1)), "{name}: {}{}", ran.out(), ran.err());
}

fn compare(folder: &Folder, old: &str, new: &str) -> (Ran, Value) {
    let ran = folder.run(&["compare", old, new, "--report", "json=compared.json"]);
    let compared = serde_json::from_str(&folder.read("compared.json")).unwrap();
    (ran, compared)
}

/// The rules of the failing findings with a turn, each once.
pub fn rules(compared: &Value, turn: &str) -> Vec<String> {
    let changes = compared["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|change| change["turn"] == turn && change["failing"] == true);
    let mut rules: Vec<String> = changes.map(|change| change["rule"].as_str().unwrap().to_owned()).collect();
    rules.sort();
    rules.dedup();
    rules
}

pub const FAULTS: [(&str, &str); 10] = [
    ("status/task-ok", "answer.listed-status"),
    ("status/redirect-unknown", "answer.no-redirect"),
    ("crash/open-quote", "answer.no-server-error"),
    ("crash/flag", "answer.no-server-error"),
    ("credential/expired", "credential.expired"),
    ("credential/unsigned", "credential.unsigned"),
    ("index/any-case", "refusal.unlisted-index"),
    ("unknown/source", "refusal.unknown-thing"),
    ("upload/no-file", "refusal.missing-upload"),
    ("upload/any-flag", "refusal.unlisted-value"),
];

#[test]
fn each_of_ten_faults_is_the_one_change_and_mended_it_is_fixed() {
    let folder = Folder::new();
    check(&folder, "honest", &[], &[]);
    for (fault, rule) in FAULTS {
        let name = fault.replace('/', "-");
        check(&folder, &name, &[fault], &["--seed", "1"]);
        let (ran, compared) = compare(&folder, "honest", &name);
        assert_eq!(ran.code, Some(1), "{fault}: {ran:?}");
        assert_eq!(rules(&compared, "new"), [rule], "{fault}");
        let changes = compared["changes"].as_array().unwrap();
        assert!(changes.iter().all(|change| change["turn"] == "new"), "{fault}: {}", ran.out());
        let (ran, compared) = compare(&folder, &name, "honest");
        assert_eq!(ran.code, Some(0), "{fault}: {ran:?}");
        let fixed = rules(&compared, "fixed");
        assert_eq!(fixed, [rule], "{fault}: {compared}");
        assert!(rules(&compared, "new").is_empty() && rules(&compared, "not-run").is_empty(), "{fault}: {compared}");
    }
}

#[test]
fn cases_that_held_and_break_by_a_finding_of_both_runs_are_worse_and_mended_ones_are_told() {
    let folder = Folder::new();
    let only = ["load-accounts/**"];
    check(&folder, "one", &["crash/open-quote"], &only);
    check(&folder, "many", &["crash/open-quote", "crash/short-row", "crash/not-utf-8"], &only);
    check(&folder, "seed", &["crash/open-quote"], &["--seed", "2", only[0]]);
    let (ran, compared) = compare(&folder, "one", "many");
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(rules(&compared, "worse"), ["answer.no-server-error"], "{compared}");
    let worse = |compared: &Value| compared["changes"].as_array().unwrap()[0].clone();
    let more = worse(&compared)["more"].as_array().unwrap().clone();
    assert!(more.contains(&"load-accounts/csv/short-row".into()) && more.len() > 5, "{more:?}");
    assert!(!more.contains(&"load-accounts/csv/unclosed-quote".into()), "{more:?}");
    let told = format!("breaks {} cases that held in the old run: ", more.len());
    assert!(ran.out().contains(&told) && ran.out().contains("Findings: 1 worse;"), "{}", ran.out());
    let (ran, compared) = compare(&folder, "many", "one");
    assert_eq!((ran.code, &worse(&compared)["turn"]), (Some(0), &"changed".into()), "{ran:?}");
    assert_eq!(worse(&compared)["fewer"].as_array(), Some(&more));
    let (ran, _) = compare(&folder, "one", "seed");
    assert!(ran.code == Some(0) && ran.out().contains("Nothing changed."), "{}", ran.out());
}

#[test]
fn two_honest_runs_of_different_seeds_do_not_differ() {
    let folder = Folder::new();
    for (name, seed) in [("one", "1"), ("two", "2")] {
        // A burst needs a machine with time for it; whether one came to its limit is no matter of the seed.
        folder.run(&["check", "--phase", "cases,coverage,fuzz", "--seed", seed, "--run-dir", name]).exits(0);
    }
    for (old, new) in [("one", "two"), ("two", "one")] {
        let ran =
            folder.run(&["compare", old, new, "--fail-on", "new,worse,changed,flaky,not-run,differences"]).exits(0);
        assert!(ran.out().ends_with("Nothing changed. exit 0\n"), "{}", ran.out());
    }
}

#[test]
fn a_finding_whose_case_was_not_asked_is_not_fixed() {
    let folder = Folder::new();
    check(&folder, "broken", &["credential/expired"], &[]);
    check(&folder, "part", &[], &["get-document/unknown/*"]);
    let (ran, compared) = compare(&folder, "broken", "part");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(
        (rules(&compared, "not-run"), rules(&compared, "fixed")),
        (vec!["credential.expired".to_owned()], vec![])
    );
    assert!(ran.out().contains("its case was not selected"), "{}", ran.out());
    folder.run(&["compare", "broken", "part", "--fail-on", "not-run"]).exits(1);
}
