//! Ctrl-C and its like: the reports so far are written.
#![cfg(unix)]

use crate::support::program::{Folder, Ran};
use crate::support::server::{Server, json};
use serde_json::json as value;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn an_interrupted_run_writes_its_reports_and_exits_130() {
    interrupted("-INT", 130);
}

#[test]
fn a_run_that_is_told_to_end_does_the_same_and_exits_143() {
    interrupted("-TERM", 143);
}

#[test]
fn a_run_whose_terminal_is_closed_does_the_same_and_exits_129() {
    interrupted("-HUP", 129);
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_below_nohup_goes_on() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(200));
        json(401, &value!({"error": "nobody is known here"}))
    });
    let folder = Folder::new();
    let url = server.url();
    let arguments = ["check", "get-document/credential", "--phase", "cases", "--target", &url];
    let own = folder.command(&arguments);
    let mut command = Command::new("nohup");
    command.arg(own.get_program()).args(own.get_args()).current_dir(folder.path(".")).stdin(Stdio::null());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while server.requests().is_empty() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(Command::new("kill").args(["-HUP", &child.id().to_string()]).status().unwrap().success());
    let ran = Ran::end(child);
    assert!(ran.code == Some(0) && ran.out().contains("\nheld "), "{ran:?}");
}

fn interrupted(signal: &str, code: i32) {
    let server = Server::start(|request| {
        let pause = if request.number > 3 { 3_000 } else { 0 };
        std::thread::sleep(Duration::from_millis(pause));
        json(401, &value!({"error": "nobody is known here"}))
    });
    let folder = Folder::new();
    let reports = ["--report", "ndjson=log", "--report", "junit=report.xml", "--report", "json=report.json"];
    let url = server.url();
    let arguments = [&["check", "get-document/credential", "--target", &url], &reports[..]].concat();
    let child = folder.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    let judged = || std::fs::read_to_string(folder.path("log")).unwrap_or_default().contains(r#""verdict":"held""#);
    while (server.requests().len() < 4 || !judged()) && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    let asked = Instant::now();
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    let ran = Ran::end(child).exits(code);
    assert!(asked.elapsed() < Duration::from_secs(2), "it waited for the answer");

    let log = folder.events("log");
    let summary = log.last().unwrap();
    assert_eq!((&summary["event"], &summary["exit"]), (&value!("summary"), &value!(code)));
    assert!(log.iter().any(|event| event["event"] == "case" && event["verdict"] == "held"), "what was judged stays");
    assert!(log.iter().any(|event| event["why"] == "interrupted"), "the rest says why");
    assert!(folder.read("report.xml").trim_end().ends_with("</testsuites>"));
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["summary"]["exit"], code);
    assert!(ran.out().contains(&format!("exit {code}")), "{}", ran.out());
}
