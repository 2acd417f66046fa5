//! Logs that were changed by hand: what differs without breaking a rule, what is cut off, what is no log.

use crate::support::program::{Folder, Ran};
use serde_json::{Value, json};

const EXCHANGE: &str = include_str!("exchange.ndjson");

/// A log of six cases that held, each with an answer that a test may change.
fn log(change: impl Fn(&mut Value)) -> String {
    let mut lines = Vec::new();
    for (number, line) in EXCHANGE.lines().enumerate() {
        let mut event: Value = serde_json::from_str(line).unwrap();
        if event["event"] == "exchange" {
            for case in 0..6 {
                let name = format!("op/case-{case}");
                event["number"] = json!(number + case);
                event["probe"]["case"] = json!(name);
                let mut exchange = event.clone();
                change(&mut exchange);
                lines.push(exchange.to_string());
                let judged = json!({"event": "case", "case": name, "operation": "op", "title": "", "clause": "",
                    "place": {"path": "a", "line": 1, "column": 1, "text": "", "width": 1},
                    "verdict": "held", "why": null, "requests": 1, "findings": []});
                lines.push(judged.to_string());
            }
        } else {
            lines.push(event.to_string());
        }
    }
    lines.join("\n") + "\n"
}

fn compared(change: impl Fn(&mut Value)) -> Ran {
    let folder = Folder::new();
    folder.write("old", &log(|_| {}));
    folder.write("new", &log(change));
    folder.run(&["compare", "old", "new"]).exits(0)
}

fn answer(event: &mut Value) -> &mut Value {
    &mut event["outcome"]["answered"]
}

#[test]
fn a_run_that_judged_nothing_makes_it_3() {
    let folder = Folder::new();
    folder.write("judged", &log(|_| {}));
    let judged = log(|_| {});
    let silent: Vec<&str> = judged.lines().filter(|line| !line.contains(r#""verdict":"held""#)).collect();
    assert!(silent.len() < judged.lines().count());
    folder.write("silent", &(silent.join("\n") + "\n"));
    folder.write("mute", &(silent.join("\n") + "\n"));
    for (old, new, why) in [
        ("judged", "silent", "the new run judged no case"),
        ("silent", "judged", "the old run judged no case"),
        ("silent", "mute", "neither run judged a case"),
    ] {
        for fail_on in ["new", "none"] {
            let ran = folder.run(&["compare", old, new, "--fail-on", fail_on]).exits(3);
            assert!(ran.out().contains(&format!("Nothing can be compared: {why}.")), "{}", ran.out());
        }
    }
}

#[test]
fn ids_times_and_values_are_no_difference() {
    let ran = compared(|event| {
        answer(event)["headers"][1] = json!(["Date", "Mon, 23 Nov 2026 00:00:00 GMT"]);
        answer(event)["body"] = json!(r#"{"id":"other","at":"2027-01-01T00:00:00Z","list":[]}"#);
    });
    assert!(ran.out().contains("Nothing changed."), "{}", ran.out());
}

#[test]
fn another_status_another_shape_and_another_header_are_told_once_for_all_cases() {
    let status = compared(|event| answer(event)["status"] = json!(203)).out();
    assert!(
        status.contains("op: 200, now 203") && status.contains("op/case-0, op/case-1, op/case-2 and 3 more"),
        "{status}"
    );
    let body = compared(|event| answer(event)["body"] = json!(r#"{"id":7,"at":"x","list":[]}"#)).out();
    assert!(body.contains("200: gone /id: string; new /id: number"), "{body}");
    let header = compared(|event| answer(event)["headers"][0] = json!(["x-widget", "1"])).out();
    assert!(header.contains("200: gone content-type; new x-widget"), "{header}");
}

#[test]
fn much_slower_is_told_and_fails_nothing() {
    let ran = compared(|event| event["timing"]["total_us"] = json!(900_000));
    assert!(ran.out().contains("half of the answers took at most 5 ms, now 900 ms"), "{}", ran.out());
}

#[test]
fn a_log_that_is_cut_off_is_told() {
    let folder = Folder::new();
    let whole = log(|_| {});
    folder.write("old", &whole);
    folder.write("new", &whole[..whole.len() - 20]);
    let ran = folder.run(&["compare", "old", "new"]).exits(0);
    assert!(ran.out().contains("the new log ends before the summary"), "{}", ran.out());
}

#[test]
fn what_cannot_be_compared_is_2_with_what_to_do() {
    let folder = Folder::new();
    folder.write("log", &log(|_| {}));
    folder.write("other", &log(|_| {}));
    folder.write("none", "no log\n");
    folder.write("empty", "");
    for (arguments, says) in [
        (vec!["log", "log"], "are the same log"),
        (vec!["log", "none"], "is no event log"),
        (vec!["log", "empty"], "is empty"),
        (vec!["missing", "log"], "cannot read `missing`"),
        (vec!["log", "other", "--report", "junit=a.xml"], "json, markdown or html"),
        (vec!["log", "other", "--report", "json=log"], "must not go to"),
        (vec!["log", "other", "--report", "json=x", "--report", "html=./x"], "two reports go to `./x`"),
        (vec!["log", "other", "--fail-on", "none,new"], "stands alone"),
        (vec!["log", "other", "--fail-on", "fixed"], "possible values"),
    ] {
        let ran = folder.run(&[&["compare"], &arguments[..]].concat()).exits(2);
        assert!(ran.err().contains(says), "{arguments:?}: {}", ran.err());
    }
}

#[test]
fn what_a_tenant_sends_does_nothing_in_any_report() {
    let folder = Folder::new();
    let hostile = "<img src=x onerror=alert(1)>\u{1b}[2J|@admin\u{202e}";
    folder.write("old", &log(|_| {}));
    folder.write("new", &log(|event| answer(event)["body"] = json!(json!({hostile: 1}).to_string())));
    let reports = ["--report", "html=a.html", "--report", "markdown=a.md", "--report", "json=a.json"];
    let ran = folder.run(&[&["compare", "old", "new"], &reports[..]].concat()).exits(0);
    for text in [ran.out(), folder.read("a.html"), folder.read("a.md"), folder.read("a.json")] {
        assert!(text.contains("admin") && !text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
    let html = folder.read("a.html");
    assert!(html.contains("&lt;img") && !html.contains("<img") && html.contains("default-src"), "{html}");
    assert!(folder.read("a.md").contains("`200: gone "));
}
