//! Where nothing that should work does, every face says what the tenant answered to it, and what that may mean.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use std::path::Path;
use support::program::Folder;
use tenantcheck::contract::CALLERS;
use tenantcheck::mock::{Options, Rate, Tenant};

/// A run with a changed configuration: its exit code, and the texts of its faces.
fn run(change: impl FnOnce(&str) -> String) -> (Option<i32>, Vec<(&'static str, String)>) {
    let folder = Folder::new();
    let rate = Rate { requests: 1_000_000, seconds: 1 };
    let tenant = Tenant::start(Options { rate, ..Options::default() }).unwrap();
    for caller in CALLERS {
        folder.write(&format!("{caller}.token"), &tenant.token(caller));
    }
    folder.write("dead.token", "nobody-gave-it-out");
    let config = tenant.config(Path::new(""));
    let changed = change(&config);
    assert_ne!(changed, config);
    folder.write("tenantcheck.toml", &changed);
    let files = ["ndjson", "json", "junit", "sarif", "html", "markdown", "github"];
    let reports = files.map(|format| format!("{format}={format}.out"));
    let reports = reports.iter().flat_map(|report| ["--report", report]);
    let arguments: Vec<&str> = ["check", "--phase", "cases"].into_iter().chain(reports).collect();
    let ran = folder.run(&arguments);
    let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&#x2f;", "/");
    let mut faces: Vec<_> =
        files.into_iter().map(|format| (format, flat(folder.read(&format!("{format}.out"))))).collect();
    faces.push(("terminal", flat(ran.out())));
    (ran.code, faces)
}

/// Changes the line of a key.
fn line(config: &str, key: &str, value: &str) -> String {
    let own = |line: &&str| line.starts_with(key);
    let old = config.lines().find(own).unwrap();
    config.replacen(old, &format!("{key} = {value}"), 1)
}

#[test]
fn the_answer_to_what_should_work_stands_in_every_face_once() {
    let (code, faces) = run(|config| line(config, "csv-columns", "[\"nope\"]"));
    assert_eq!(code, Some(3));
    let told = "load-accounts/upload/optimization/false";
    for (face, text) in &faces {
        assert!(text.contains(told) && text.contains("which should work, got 400: {"), "{face}: {text}");
        assert!(text.contains("Illegal value") && !text.contains("had worked"), "{face}: {text}");
    }
    let (_, terminal) = faces.last().unwrap();
    assert_eq!(terminal.matches("Illegal value").count(), 1, "{terminal}");
    assert!(terminal.contains("no control worked: `load-accounts/upload/optimization/false` got 400"), "{terminal}");
}

#[test]
fn a_token_that_never_worked_is_told_as_such() {
    let (code, faces) = run(|config| config.replacen("\"full.token\"", "\"dead.token\"", 1));
    assert_eq!(code, Some(3));
    for (face, text) in &faces {
        assert!(text.contains("The tenant refuses the token of ") && text.contains("(401)"), "{face}: {text}");
        assert!(!text.contains("had worked"), "{face}: {text}");
        assert!(!text.contains("nobody-gave-it-out"), "{face}: {text}");
    }
}

#[test]
fn a_base_url_that_has_the_version_in_it_is_suspected() {
    let (code, faces) = run(|config| {
        let url = config.lines().find(|line| line.starts_with("url = ")).unwrap();
        config.replacen(url, &format!("{}/v3\"", url.trim_end_matches('"')), 1)
    });
    assert_eq!(code, Some(1), "a wrong path is no reason to serve no 401");
    for (face, text) in faces.iter().filter(|(face, _)| !matches!(*face, "junit" | "github")) {
        assert!(text.contains("Everything that should work got 404"), "{face}: {text}");
        assert!(text.contains("/v3/") && text.contains("the base URL may be wrong"), "{face}: {text}");
    }
}
