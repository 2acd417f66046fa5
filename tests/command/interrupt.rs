//! Ctrl-C: the reports so far are written.
#![cfg(unix)]

use crate::support::program::{Folder, Ran};
use crate::support::server::{Server, json};
use serde_json::json as value;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn an_interrupted_run_writes_its_reports_and_exits_130() {
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
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let ran = Ran::end(child).exits(130);
    assert!(asked.elapsed() < Duration::from_secs(2), "it waited for the answer");

    let log = folder.events("log");
    let summary = log.last().unwrap();
    assert_eq!((&summary["event"], &summary["exit"]), (&value!("summary"), &value!(130)));
    assert!(log.iter().any(|event| event["event"] == "case" && event["verdict"] == "held"), "what was judged stays");
    assert!(log.iter().any(|event| event["why"] == "interrupted"), "the rest says why");
    assert!(folder.read("report.xml").trim_end().ends_with("</testsuites>"));
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["summary"]["exit"], 130);
    assert!(ran.out().contains("exit 130"), "{}", ran.out());
}
