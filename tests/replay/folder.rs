//! What lies in the run folder after a run, and what goes away.

use crate::scene::{DOCUMENTS, EXPIRED, MISSING, Manners, Scene, UNSIGNED};
use std::fs;

const BAD: Manners =
    Manners { serves_expired: true, serves_unsigned: true, repeats_trace: false, refuses_good: false, crashes: false };

#[test]
fn a_finding_lies_there_with_its_bytes_and_no_secret() {
    let scene = Scene::new(Manners { repeats_trace: true, ..Manners::default() });
    scene.check(&["get-document/unknown"]).exits(1);
    let fingerprint = scene.of_rule("envelope.tracking-id-unique");
    let text = fs::read_to_string(scene.path(&fingerprint)).unwrap();
    assert!(text.contains("Bearer {{secret full}}") && !text.contains("a-good-token"), "{text}");
    let kept = scene.finding(&fingerprint);
    for (place, value) in [
        ("/target", scene.server.url().into()),
        ("/version", "v3".into()),
        ("/expect/status", serde_json::json!([400, 404])),
        ("/finding/fingerprint", fingerprint.into()),
        ("/finding/pointer", "/trackingId".into()),
        ("/probes/1/seed", 1.into()),
        ("/probes/1/candidate", 0.into()),
    ] {
        assert_eq!(kept.pointer(place), Some(&value), "{place}\n{text}");
    }
    assert_eq!(fs::read_to_string(scene.folder.path(".tenantcheck/.gitignore")).unwrap(), "*\n");
}

#[test]
fn a_run_that_holds_leaves_no_finding() {
    let scene = Scene::new(Manners::default());
    scene.check(&[EXPIRED]).exits(0);
    assert!(scene.folder.path(".tenantcheck/run.ndjson").exists());
    assert!(!scene.folder.path(".tenantcheck/findings").exists());
}

#[test]
fn what_is_mended_goes_away_and_what_was_not_asked_stays() {
    let scene = Scene::new(BAD);
    scene.check(&[EXPIRED, UNSIGNED]).exits(1);
    assert_eq!(scene.kept().len(), 2);
    let unsigned = scene.of_rule("credential.unsigned");
    scene.behave(Manners::default());
    scene.check(&[EXPIRED]).exits(0);
    assert_eq!(scene.kept(), [unsigned]);
    scene.check(&[EXPIRED, UNSIGNED]).exits(0);
    assert!(scene.kept().is_empty());
}

#[test]
fn what_could_not_be_judged_stays() {
    let scene = Scene::new(Manners { repeats_trace: true, ..Manners::default() });
    scene.check(&["get-document/unknown"]).exits(1);
    let kept = scene.kept();
    scene.behave(Manners { refuses_good: true, ..Manners::default() });
    scene.check(&["get-document/unknown"]).exits(3);
    assert_eq!(scene.kept(), kept);
}

#[test]
fn the_findings_of_another_tenant_stay() {
    let (scene, other) = (Scene::new(BAD), Scene::new(Manners::default()));
    scene.check(&[EXPIRED]).exits(1);
    let config = fs::read_to_string(other.folder.path("tenantcheck.toml")).unwrap();
    scene.folder.write("tenantcheck.toml", &config);
    scene.check(&[EXPIRED]).exits(0);
    assert_eq!(scene.kept().len(), 1);
}

#[test]
fn another_folder_is_taken_where_it_is_named() {
    let scene = Scene::new(BAD);
    scene.check(&[EXPIRED, "--run-dir", "runs/one"]).exits(1);
    let [fingerprint] = scene.kept_in("runs/one").try_into().unwrap();
    assert!(scene.kept().is_empty());
    scene.replay(&[&fingerprint, "--run-dir", "runs/one"]).exits(1);
}

#[test]
fn a_folder_that_cannot_be_written_is_one_warning() {
    let scene = Scene::new(BAD);
    scene.folder.write("occupied", "a file");
    let ran = scene.check(&[EXPIRED, UNSIGNED, "--run-dir", "occupied"]).exits(1);
    assert_eq!(ran.err().matches("warning: ").count(), 1, "{}", ran.err());
    assert!(ran.err().contains("run folder `occupied` cannot be written"), "{}", ran.err());
}

#[test]
fn what_failed_last_time_goes_first_behind_the_control() {
    let scene = Scene::new(BAD);
    let all = [DOCUMENTS, MISSING, EXPIRED, UNSIGNED];
    let order = |scene: &Scene| -> Vec<String> {
        scene.check(&[&all[..], &["--report", "ndjson=log", "--jobs", "1"]].concat());
        let events = scene.folder.events("log");
        let sent = events.iter().filter(|event| event["event"] == "exchange" && event["purpose"] == "case");
        sent.map(|event| event["probe"]["case"].as_str().unwrap().to_owned()).collect()
    };
    scene.behave(Manners { serves_unsigned: true, ..Manners::default() });
    let first = order(&scene);
    assert!(first.iter().position(|id| id == EXPIRED) < first.iter().position(|id| id == UNSIGNED), "{first:?}");
    let second = order(&scene);
    assert_eq!(second[1], UNSIGNED, "{second:?}");
    assert!(second[0].starts_with(DOCUMENTS), "{second:?}");
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    assert_eq!(sorted(first), sorted(second));
}
