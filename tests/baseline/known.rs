//! What is known does not fail a run, costs nothing more, and fails again when its day is over.

use crate::scene::{STEADY, Scene};

const EXPIRED: &str = "credential/expired";
const CRASH: &str = "crash/open-quote";
/// Cases that these faults show, written by hand and drawn by the seed, among others that they do not touch.
const SOME: [&str; 4] = ["*/credential/*", "*/coverage/credential/*", "load-accounts/csv/*", "*/coverage/csv/*"];

#[test]
fn a_list_that_one_seed_wrote_keeps_every_seed_from_failing() {
    let scene = Scene::new(&[EXPIRED, CRASH]);
    scene.folder.run(&[&["check"], &STEADY[..], &SOME].concat()).exits(1);
    let ran = scene.check(&[&SOME[..], &["--update-baseline"]].concat()).exits(0);
    assert!(ran.err().contains("baseline.toml: 5 added, 0 taken out, 0 kept\n"), "{}", ran.err());
    assert!(ran.err().contains("everything that fails is known now, so this run ends with exit 0"), "{}", ran.err());
    let told = "to be listed after this run: nobody has looked at this yet";
    let flat = ran.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(told) && flat.contains(" · exit 0") && !flat.contains("BROKEN "), "{}", ran.out());
    for seed in ["1", "2", "3"] {
        let ran = scene.check(&[&SOME[..], &["--seed", seed]].concat()).exits(0);
        let broken = scene.event("summary");
        assert!(broken["broken"].as_u64() >= Some(5) && broken["known"] == broken["broken"], "{broken}");
        assert!(!ran.out().contains("BROKEN "), "{}", ran.out());
        let counted = format!(" · broken {0} ({0} known) · ", broken["broken"]);
        assert!(ran.out().contains(&counted), "{}", ran.out());
        for finding in scene.events("finding").iter().filter(|finding| finding["level"] == "must") {
            let known = serde_json::json!({"reason": "nobody has looked at this yet", "until": null});
            assert_eq!((&finding["failing"], &finding["known"]), (&false.into(), &known), "{finding}");
        }
        let costs = scene.events("exchange").into_iter().map(|exchange| exchange["purpose"].clone());
        assert!(costs.into_iter().all(|purpose| purpose == "case" || purpose == "control"));
    }
}

#[test]
fn a_known_failure_is_one_line_and_a_new_one_beside_it_is_a_page_and_fails() {
    let scene = Scene::new(&[EXPIRED]);
    scene.check(&[&SOME[..], &["--update-baseline"]].concat()).exits(0);
    let scene = scene.mended(&[EXPIRED, CRASH]);
    let ran = scene.check(&SOME).exits(1);
    let known = scene.list().lines().filter(|line| line.starts_with("[[known]]")).count();
    assert_eq!(ran.out().matches("known: credential.expired (").count(), known, "{}", ran.out());
    assert!(ran.out().contains("BROKEN load-accounts/csv/unclosed-quote"), "{}", ran.out());
    assert!(!ran.out().contains("BROKEN get-document/credential"), "{}", ran.out());
    let summary = scene.event("summary");
    assert!(summary["broken"].as_u64() > summary["known"].as_u64(), "{summary}");
    let cases = scene.events("case");
    let of = |name: &str| cases.iter().find(|case| case["case"] == name).unwrap();
    let (old, new) = (of("get-document/credential/expired"), of("load-accounts/csv/unclosed-quote"));
    assert_eq!((&old["verdict"], &old["known"]), (&"broken".into(), &true.into()));
    assert_eq!((&new["verdict"], &new["known"]), (&"broken".into(), &serde_json::Value::Null));
}

#[test]
fn a_case_that_an_entry_does_not_name_fails_until_it_is_added_and_an_entry_without_cases_is_about_all() {
    let csv = ["load-accounts/csv/*", "load-accounts/coverage/csv/*"];
    let scene = Scene::new(&[CRASH]);
    scene.check(&[&csv[..], &["--update-baseline"]].concat()).exits(0);
    let one = scene.list();
    assert!(one.contains("cases = [\n") && one.contains("    \"load-accounts/csv/unclosed-quote\",\n"), "{one}");
    assert!(one.contains("]\nseed = 1\n"), "{one}");
    let scene = scene.mended(&[CRASH, "crash/short-row"]);
    let ran = scene.check(&csv).exits(1);
    let told = "known in other cases, not in this one: nobody has looked at this yet";
    assert!(ran.out().contains("broken  load-accounts/csv/short-row") && ran.out().contains(told), "{}", ran.out());
    assert!(ran.out().contains("known: answer.no-server-error (load-accounts/"), "{}", ran.out());
    let print = scene.events("finding").pop().unwrap()["fingerprint"].as_str().unwrap().to_owned();
    let kept = scene.folder.read(&format!(".tenantcheck/findings/{print}.json"));
    assert!(kept.contains("\"failing\": true") || kept.contains("\"failing\":true"), "{kept}");
    let ran = scene.check(&[&csv[..], &["--update-baseline"]].concat()).exits(0);
    assert!(ran.err().contains("0 added, 0 taken out, 1 kept, 1 of them with more cases\n"), "{}", ran.err());
    assert!(scene.list().contains("    \"load-accounts/csv/short-row\",\n"), "{}", scene.list());
    scene.check(&csv).exits(0);
    let (head, rest) = one.split_once("cases = [").unwrap();
    scene.folder.write("baseline.toml", &format!("{head}{}", rest.split_once("]\n").unwrap().1));
    scene.check(&csv).exits(0);
}

#[test]
fn an_entry_whose_day_is_over_fails_again_and_is_renewed_by_nobody() {
    let (scene, some, update) = (Scene::new(&[EXPIRED]), "get-document/credential/*", "--update-baseline");
    scene.check(&[some, update]).exits(0);
    let dated = |day: &str| scene.list().replacen("reason = ", &format!("until = {day}\nreason = "), 1);
    let ahead = dated("9999-12-31");
    let over = dated("\"2001-02-03\"");
    scene.folder.write("baseline.toml", &ahead);
    let ran = scene.check(&[some]).exits(0);
    assert!(ran.out().contains(", until 9999-12-31:"), "{}", ran.out());
    scene.folder.write("baseline.toml", &over);
    let ran = scene.check(&[some]).exits(1);
    let told = "it was known until 2001-02-03, and fails since then: nobody has looked at this yet";
    assert!(ran.out().contains(told), "{}", ran.out());
    let failing = scene.events("finding").into_iter().find(|finding| finding["failing"] == true).unwrap();
    assert_eq!((&failing["known"]["until"], &failing["known"]["expired"]), (&"2001-02-03".into(), &true.into()));
    let ran = scene.check(&[some, update]).exits(1);
    assert!(ran.err().contains("their day is over and they fail still, so change `until` yourself: "), "{}", ran.err());
    assert_eq!(scene.list(), over, "what a person decided stays");
}

#[test]
fn a_known_failure_is_kept_to_be_sent_again_and_fails_there() {
    let scene = Scene::new(&[CRASH]);
    scene.check(&["--update-baseline", "load-accounts/csv/*"]).exits(0);
    let print = scene.event("finding")["fingerprint"].as_str().unwrap().to_owned();
    scene.folder.run(&["check", "--baseline", "baseline.toml", "--run-dir", "runs", "load-accounts/csv/*"]).exits(0);
    scene.folder.run(&["replay", &print, "--run-dir", "runs"]).exits(1);
}

#[test]
fn a_known_failure_of_a_burst_costs_no_second_one() {
    let scene = Scene::with(crate::support::program::Folder::new(), &["limit/no-retry-after"], 20);
    let bursts = |scene: &Scene| scene.events("flood").len();
    scene.run("flood", &["--update-baseline"]).exits(0);
    assert_eq!(bursts(&scene), 2);
    scene.run("flood", &[]).exits(0);
    assert_eq!((bursts(&scene), &scene.event("summary")["known"]), (1, &1.into()));
}

#[test]
fn a_campaign_has_the_same_list() {
    let scene = Scene::new(&["document/name-number"]);
    let campaign = ["--requests", "80", "--seed", "8", "get-document/*"];
    scene.run("fuzz", &campaign).exits(2);
    scene.run("fuzz", &[&campaign[..], &["--update-baseline"]].concat()).exits(0);
    assert!(scene.list().contains("case = \"get-document/fuzz/"), "{}", scene.list());
    scene.run("fuzz", &campaign).exits(0);
    assert!(scene.event("summary")["known"].as_u64() > Some(0));
}
