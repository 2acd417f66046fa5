//! What every report says of a known failure, in the run and from its log.

use crate::scene::Scene;
use serde_json::Value;

const FORMATS: [&str; 8] = ["json", "junit", "sarif", "har", "html", "markdown", "github", "ndjson"];
const CASE: &str = "get-document/credential/expired";

/// Reports of a run with one known failure and one that is new, as files, and the same from its log.
fn reported() -> Scene {
    let scene = Scene::new(&["credential/expired", "credential/unsigned"]);
    scene.check(&["--update-baseline", CASE]).exits(0);
    scene.folder.write("baseline.toml", &scene.list().replace("nobody has looked at this yet", "see [ABC-1] <b>"));
    let reports: Vec<String> = FORMATS.map(|format| format!("{format}=run.{format}")).into();
    let mut arguments = vec!["get-document/credential/expired", "get-document/credential/unsigned"];
    for report in &reports {
        arguments.extend(["--report", report]);
    }
    scene.check(&arguments).exits(1);
    let again: Vec<String> = FORMATS.map(|format| format!("{format}=again.{format}")).into();
    let mut arguments = vec!["report", "run.ndjson"];
    for report in &again {
        arguments.extend(["--report", report]);
    }
    scene.folder.run(&arguments).exits(0);
    scene
}

#[test]
fn a_known_failure_stands_in_every_report_as_what_it_is() {
    let scene = reported();
    for format in FORMATS {
        let (one, two) = (scene.folder.read(&format!("run.{format}")), scene.folder.read(&format!("again.{format}")));
        assert_eq!(one, two, "{format} says the same from the log");
    }
    let read = |format: &str| scene.folder.read(&format!("run.{format}"));

    let report: Value = serde_json::from_str(&read("json")).unwrap();
    assert_eq!((&report["summary"]["broken"], &report["summary"]["known"]), (&2.into(), &1.into()));
    assert_eq!(report["findings"].as_array().unwrap().iter().filter(|one| one["failing"] == true).count(), 1);
    assert_eq!((&report["baseline"]["entries"], &report["baseline"]["seen"]), (&1.into(), &1.into()));

    let junit = read("junit");
    let skipped = "type=\"known\"";
    assert_eq!((junit.matches("<failure").count(), junit.matches(skipped).count()), (1, 1), "{junit}");
    assert!(junit.contains("message=\"known: see [ABC-1] &lt;b&gt; (credential.expired "), "{junit}");

    let log: Value = serde_json::from_str(&read("sarif")).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let told = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).unwrap();
    let (known, new) = (told("credential.expired"), told("credential.unsigned"));
    assert_eq!((&known["baselineState"], &known["level"]), (&"unchanged".into(), &"note".into()));
    assert_eq!((&new["baselineState"], &new["level"]), (&"new".into(), &"error".into()));
    let suppression = serde_json::json!(
        [{"kind": "external", "status": "accepted", "justification": "known: see \\[ABC-1\\] <b>"}]
    );
    assert_eq!((&known["suppressions"], &new["suppressions"]), (&suppression, &serde_json::json!([])));

    let markdown = read("markdown");
    assert!(markdown.contains("| 0 | 2 (1 known) |"), "{markdown}");
    assert!(markdown.contains("<summary>Known failures (1)</summary>"), "{markdown}");
    assert!(markdown.contains("known: credential.expired (get-document/credential/expired), "), "{markdown}");

    let github = read("github");
    let lines: Vec<&str> = github.lines().collect();
    let line = |rule: &str| *lines.iter().find(|line| line.contains(&format!("title={rule} "))).unwrap();
    assert!(line("credential.unsigned").starts_with("::error "), "{github}");
    let known = line("credential.expired");
    assert!(known.starts_with("::notice ") && known.ends_with("%0Aknown: see [ABC-1] <b>"), "{github}");

    let html = read("html");
    assert_eq!(html.matches("data-row=\"finding\" data-verdict=\"known\"").count(), 1);
    assert_eq!(html.matches("data-row=\"case\" data-verdict=\"known\"").count(), 1);
    assert!(html.contains("<dt>Known</dt><dd>known: see [ABC-1] &lt;b&gt;</dd>"));
    assert!(html.contains("<dt>Broken in known ways</dt><dd>1 case</dd>"));
}

#[test]
fn what_a_run_adds_to_the_list_is_red_in_none_of_its_reports() {
    let scene = Scene::new(&["credential/expired"]);
    let reports = ["--report", "junit=j.xml", "--report", "github=g.txt", "--report", "sarif=s.json"];
    scene.check(&[&reports[..], &["--update-baseline", CASE]].concat()).exits(0);
    let (junit, github) = (scene.folder.read("j.xml"), scene.folder.read("g.txt"));
    let told = "known once --update-baseline has listed it after this run: nobody has looked at this yet";
    assert!(junit.contains(" failures=\"0\" errors=\"0\"") && junit.contains(told), "{junit}");
    assert!(!github.contains("::error ") && github.contains(told), "{github}");
    let log: Value = serde_json::from_str(&scene.folder.read("s.json")).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let result = results.iter().find(|result| result["ruleId"] == "credential.expired").unwrap();
    assert_eq!((&result["baselineState"], &result["level"]), (&"new".into(), &"note".into()));
    let (summary, started) = (scene.event("summary"), scene.event("run")["started"].clone());
    assert_eq!((&summary["broken"], &summary["known"]), (&1.into(), &1.into()));
    let began = format!(" timestamp=\"{}.000+00:00\"", started.as_str().unwrap().trim_end_matches('Z'));
    assert_eq!(junit.matches(&began).count(), 1 + junit.matches("<testsuite ").count(), "{junit}");
}

#[test]
fn without_a_list_no_report_speaks_of_one() {
    let scene = Scene::new(&["credential/expired"]);
    let reports = ["--report", "sarif=-", "--report", "ndjson=log", CASE];
    let ran = scene.folder.run(&[&["check"], &reports[..]].concat()).exits(1);
    assert!(!ran.out().contains("baselineState") && !ran.out().contains("suppressions"));
    assert!(!scene.folder.read("log").contains("\"known\""));
    assert!(scene.events("baseline").is_empty());
}

#[test]
fn a_comparison_knows_what_is_known() {
    let scene = Scene::new(&["credential/expired"]);
    scene.check(&["--update-baseline", CASE, "--run-dir", "update"]).exits(0);
    scene.folder.run(&["check", CASE, "--run-dir", "plain"]).exits(1);
    for run in ["one", "two"] {
        scene.check(&[CASE, "--run-dir", run]).exits(0);
    }
    let compared = |old: &str, new: &str, code: i32| {
        scene.folder.run(&["compare", old, new, "--report", "json=c.json"]).exits(code);
        let compared: Value = serde_json::from_str(&scene.folder.read("c.json")).unwrap();
        let change = &compared["changes"][0];
        (change["turn"].as_str().unwrap().to_owned(), change["how"].clone())
    };
    assert_eq!(compared("one", "two", 0).0, "still");
    let (listed, unlisted) = (compared("plain", "one", 0), compared("one", "plain", 0));
    assert_eq!(listed, ("changed".to_owned(), serde_json::json!(["was failing, now known"])));
    assert_eq!(unlisted, ("changed".to_owned(), serde_json::json!(["was known, now failing"])));
    let (scene, known) = (scene.mended(&[]), "one");
    scene.check(&[CASE, "--run-dir", "honest"]).exits(0);
    let folder = &scene.folder;
    assert!(folder.run(&["compare", known, "honest"]).exits(0).out().contains("fixed"));
    assert!(folder.run(&["compare", "honest", known]).exits(0).out().contains("new"), "it is told and fails nothing");
}
