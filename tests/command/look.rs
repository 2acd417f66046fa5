//! The commands that send nothing: `list`, `explain`, `completions`, help.

use crate::golden::golden;
use crate::support::program::{Folder, Ran};
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use tenantcheck::check::rules;

/// The first words of the lines.
fn ids(ran: &Ran) -> Vec<String> {
    ran.out().lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

/// Runs with a standard output that nobody reads.
fn unread(command: &mut Command) -> Ran {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    Ran::end(command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap())
}

#[test]
fn every_rule_is_listed_and_explained() {
    let folder = Folder::new();
    let listed = ids(&folder.run(&["list", "--rules"]).exits(0));
    assert_eq!(listed, rules().iter().map(|rule| rule.id).collect::<Vec<_>>());
    for rule in rules() {
        let out = folder.run(&["explain", rule.id]).exits(0).out();
        for part in [rule.id, rule.title, rule.why, rule.clause, rule.example] {
            assert!(out.contains(part), "{}: {out}", rule.id);
        }
    }
}

#[test]
fn every_case_is_listed_once_with_its_title() {
    let ran = Folder::new().run(&["list", "--cases"]).exits(0);
    let ids = ids(&ran);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.iter().all(|id| id.starts_with("get-document/") || id.starts_with("load-accounts/")));
    let line = ran.out().lines().find(|line| line.starts_with("get-document/credential/missing ")).unwrap().to_owned();
    assert!(line.ends_with("  A request without an Authorization header is refused"), "{line}");
}

#[test]
fn a_rule_that_does_not_exist_is_2_with_the_nearest_one() {
    golden("unknown-rule.txt", &Folder::new().run(&["explain", "envelope.trackingid-unique"]).exits(2));
}

#[test]
fn an_explanation_reads_like_a_page() {
    golden("explain.txt", &Folder::new().run(&["explain", "headers.retry-after"]).exits(0));
}

#[test]
fn completions_name_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let out = folder.run(&["completions", shell]).exits(0).out();
        for command in ["check", "mock", "list", "explain", "completions"] {
            assert!(out.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn the_completions_of_bash_are_bash() {
    let script = Folder::new().run(&["completions", "bash"]).exits(0).out();
    let shown = Command::new("bash").args(["-c", &format!("{script}\ncomplete -p tenantcheck")]).output();
    // Where there is no bash, nobody needs its completions.
    if let Ok(shown) = shown {
        assert!(String::from_utf8_lossy(&shown.stdout).contains("tenantcheck"), "{shown:?}");
    }
}

#[test]
fn no_arguments_show_the_help_and_version_is_told() {
    let folder = Folder::new();
    let help = folder.run(&[]).exits(2);
    assert!(help.err().contains("Usage: tenantcheck <COMMAND>"), "{}", help.err());
    assert_eq!(folder.run(&["--version"]).exits(0).out(), format!("tenantcheck {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn an_output_that_nobody_reads_is_no_failure() {
    let folder = Folder::new();
    for arguments in [
        &["list", "--cases"][..],
        &["list", "--rules"],
        &["explain", "body.json"],
        &["completions", "bash"],
        &["check", "--dry-run"],
        &["--help"],
        &["mock", "--help"],
    ] {
        let ran = unread(&mut folder.command(arguments));
        assert_eq!((ran.code, ran.err().as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn a_run_whose_output_nobody_reads_goes_on_and_writes_its_reports() {
    let folder = Folder::new();
    unread(&mut folder.command(&["check", "get-document/credential", "--report", "json=report.json"])).exits(0);
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["summary"]["exit"], 0);
}
