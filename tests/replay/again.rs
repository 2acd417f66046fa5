//! A finding is seen again, or not, or nobody can tell.

use crate::scene::{EXPIRED, MISSING, Manners, Scene};
use crate::support::server::{Request, Server, json};
use std::fs;

fn expired() -> (Scene, String) {
    let scene = Scene::new(Manners { serves_expired: true, ..Manners::default() });
    scene.check(&[EXPIRED]).exits(1);
    let [fingerprint] = scene.kept().try_into().unwrap();
    (scene, fingerprint)
}

#[test]
fn a_finding_is_seen_again_until_the_tenant_is_mended() {
    let (scene, fingerprint) = expired();
    let again = scene.replay(&[&fingerprint]).exits(1);
    for part in ["BROKEN get-document/credential/expired", "credential.expired (must)", "stable", " · exit 1\n"] {
        assert!(again.out().contains(part), "{part}\n{}", again.out());
    }
    let mut sent: Vec<Vec<u8>> = scene.server.requests().into_iter().map(|request| request.bytes).collect();
    sent.retain(|bytes| memchr::memmem::find(bytes, b"OTc4MzA3MjAw").is_some());
    assert!(sent.len() == 4 && sent.iter().all(|bytes| *bytes == sent[0]), "{sent:?}");
    scene.behave(Manners::default());
    let mended = scene.replay(&[&fingerprint]).exits(0);
    assert!(mended.out().contains("held: not seen again; status 401 came"), "{}", mended.out());
    assert_eq!(scene.kept(), [fingerprint], "looking again changes nothing");
}

#[test]
fn the_page_of_a_failure_says_how_to_see_it_again() {
    let scene = Scene::new(Manners { serves_expired: true, ..Manners::default() });
    let out = scene.check(&[EXPIRED]).exits(1).out();
    let line = out.lines().find(|line| line.contains("tenantcheck replay ")).unwrap();
    let words: Vec<&str> = line.split_whitespace().skip(1).collect();
    assert!(scene.folder.run(&words).exits(1).out().contains("credential.expired"));
}

#[test]
fn the_beginning_of_a_fingerprint_is_enough_and_so_is_a_path() {
    let (scene, fingerprint) = expired();
    let path = scene.path(&fingerprint);
    for name in [&fingerprint[..4], &fingerprint[..9].to_uppercase(), path.to_str().unwrap()] {
        scene.replay(&[name]).exits(1);
    }
    let short = scene.replay(&[&fingerprint[..3]]).exits(2);
    assert!(short.err().contains("at least 4 digits") && short.err().contains(&fingerprint), "{}", short.err());
}

#[test]
fn an_unknown_finding_is_told_with_those_that_there_are() {
    let (scene, fingerprint) = expired();
    let before = scene.server.connections();
    let unknown = scene.replay(&["0123456789abcdef"]).exits(2);
    assert_eq!(scene.server.connections(), before, "nobody is asked");
    for part in ["no finding `0123456789abcdef`", &fingerprint, "credential.expired", EXPIRED] {
        assert!(unknown.err().contains(part), "{part}\n{}", unknown.err());
    }
    let none = scene.replay(&["0123456789abcdef", "--run-dir", "elsewhere"]).exits(2);
    assert!(none.err().contains("--run-dir names another folder"), "{}", none.err());
}

#[test]
fn a_beginning_that_several_share_names_them() {
    let (scene, fingerprint) = expired();
    let twin = format!("{}0000000000", &fingerprint[..6]);
    fs::copy(scene.path(&fingerprint), scene.path(&twin)).unwrap();
    let several = scene.replay(&[&fingerprint[..5]]).exits(2);
    for part in ["begins 2 findings", &fingerprint, &twin] {
        assert!(several.err().contains(part), "{part}\n{}", several.err());
    }
}

#[test]
fn a_file_that_is_no_finding_is_told_with_its_place() {
    let (scene, fingerprint) = expired();
    let text = fs::read_to_string(scene.path(&fingerprint)).unwrap();
    fs::write(scene.path(&fingerprint), text.replace("\"rule\": \"credential", "\"rule\": 7, \"x\": \"credential"))
        .unwrap();
    let wrong = scene.replay(&[&fingerprint]).exits(2);
    for part in [".json:", "this is no finding", "^"] {
        assert!(wrong.err().contains(part), "{part}\n{}", wrong.err());
    }
}

#[test]
fn a_tenant_that_is_gone_decides_nothing() {
    let (scene, fingerprint) = expired();
    let gone = scene.replay(&[&fingerprint, "--target", "http://127.0.0.1:1"]);
    assert_eq!(gone.code, Some(2), "the token belongs to the configured tenant: {}", gone.err());
    let Scene { folder, server, .. } = scene;
    drop(server);
    let gone = folder.run(&["replay", &fingerprint]).exits(3);
    assert!(gone.out().contains("cannot be reached"), "{}", gone.out());
}

#[test]
fn a_token_that_is_refused_decides_nothing() {
    let scene = Scene::new(Manners { repeats_trace: true, ..Manners::default() });
    scene.check(&["get-document/unknown"]).exits(1);
    let fingerprint = scene.of_rule("envelope.tracking-id-unique");
    scene.behave(Manners { refuses_good: true, ..Manners::default() });
    let refused = scene.replay(&[&fingerprint]).exits(3);
    assert!(refused.out().contains("no control worked") && refused.out().contains("401"), "{}", refused.out());
    scene.folder.write("tenantcheck.toml", &format!("[target]\nurl = \"{}\"\n", scene.server.url()));
    let without = scene.replay(&[&fingerprint]).exits(3);
    assert!(without.out().contains("there is no credential `full`"), "{}", without.out());
}

#[test]
fn a_finding_of_two_answers_sends_both_in_order() {
    let scene = Scene::new(Manners { repeats_trace: true, ..Manners::default() });
    scene.check(&["get-document/unknown"]).exits(1);
    let fingerprint = scene.of_rule("envelope.tracking-id-unique");
    let probes = scene.finding(&fingerprint)["probes"].as_array().unwrap().clone();
    assert_eq!(probes.len(), 2);
    let before = scene.server.requests().len();
    scene.replay(&[&fingerprint]).exits(1);
    let sent: Vec<String> = scene.server.requests()[before..].iter().map(said).collect();
    let both: Vec<String> = probes.iter().map(|probe| format!("GET {}", probe["target"].as_str().unwrap())).collect();
    assert!(sent.windows(2).any(|pair| pair == both), "{sent:?} {both:?}");
    scene.behave(Manners::default());
    scene.replay(&[&fingerprint]).exits(0);
}

/// Method and target of a request.
fn said(request: &Request) -> String {
    format!("{} {}", request.method, request.target)
}

#[test]
fn another_broken_rule_is_told_and_fails_too() {
    let (scene, fingerprint) = expired();
    let crashing = Server::start(|_| json(500, &serde_json::json!({})));
    scene.folder.write("tenantcheck.toml", "");
    let other = scene.replay(&[&fingerprint, "--target", &crashing.url()]).exits(1);
    for part in ["not seen again (status 500 came), but the same request breaks another rule", "no-server-error"] {
        assert!(other.out().contains(part), "{part}\n{}", other.out());
    }
    assert!(other.out().contains("It was found at "), "{}", other.out());
}

#[test]
fn a_finding_of_a_crash_is_judged_by_its_status() {
    let scene = Scene::new(Manners { crashes: true, ..Manners::default() });
    scene.check(&[MISSING]).exits(1);
    let [fingerprint] = scene.kept().try_into().unwrap();
    scene.replay(&[&fingerprint]).exits(1);
    scene.behave(Manners::default());
    scene.replay(&[&fingerprint]).exits(0);
}

/// A finding as if it came from a tenant far away.
fn far_away(scene: &Scene, fingerprint: &str, operation: Option<&str>) -> String {
    let mut kept = scene.finding(fingerprint);
    kept["target"] = "https://tenant.invalid".into();
    if let Some(target) = operation {
        kept["probes"][0]["target"] = target.into();
        kept["probes"][0]["method"] = "POST".into();
    }
    scene.folder.write("far.json", &kept.to_string());
    scene.folder.write("tenantcheck.toml", "");
    "far.json".to_owned()
}

#[test]
fn what_would_write_to_a_tenant_far_away_needs_the_users_word() {
    let (scene, fingerprint) = expired();
    let file = far_away(&scene, &fingerprint, Some("/v3/sources/2c91/load-accounts"));
    let refused = scene.replay(&[&file]).exits(2);
    assert!(refused.err().contains("--allow-writes allows that"), "{}", refused.err());
    scene.replay(&[&file, "--allow-writes"]).exits(3);
}

#[test]
fn no_file_chooses_where_a_token_goes() {
    let (scene, fingerprint) = expired();
    let file = far_away(&scene, &fingerprint, None);
    let mut command = scene.folder.command(&["replay", &file]);
    let refused = crate::support::program::Ran::of(command.env("SAIL_ACCESS_TOKEN", "t0ken")).exits(2);
    assert!(refused.err().contains("--target https://tenant.invalid") && !refused.err().contains("t0ken"));
    scene.replay(&[&file]).exits(3);
}

#[test]
fn reports_are_written_as_elsewhere() {
    let (scene, fingerprint) = expired();
    scene.replay(&[&fingerprint, "--report", "ndjson=log", "--report", "junit=report.xml"]).exits(1);
    assert_eq!(scene.folder.findings("log"), [(true, "credential.expired".to_owned(), None)]);
    assert_eq!(scene.folder.events("log")[0]["seed"], 1);
    assert!(scene.folder.read("report.xml").contains("<failure"));
}
