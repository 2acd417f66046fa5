//! An entry is called stale only where the run would have seen its failure; nothing else is taken out.

use crate::scene::Scene;
use crate::support::program::{Folder, Ran};
use crate::support::server::{Server, json};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const COMMENT: &str = "# About all of it.\n\n";
const OTHER: &str = "\n[[known]] # by hand\nfingerprint = \"00112233aabbccdd\"\nreason = \"ABC-1\"\n";

/// A list that a tenant with a fault has filled, beside words and an entry of a person; the fault is mended.
fn mended() -> Scene {
    let scene = Scene::new(&["credential/expired"]);
    scene.check(&["--update-baseline", "get-document/*"]).exits(0);
    scene.folder.write("baseline.toml", &format!("{COMMENT}{}{OTHER}", scene.list()));
    scene.mended(&[])
}

#[test]
fn what_a_whole_run_does_not_see_any_more_is_told_and_taken_out() {
    let scene = mended();
    let ran = scene.run("check", &[]).exits(0);
    let stale = scene.stale();
    let cases: Vec<_> = stale.iter().map(|stale| stale["case"].as_str().unwrap()).collect();
    assert_eq!(cases, ["get-document/credential/expired", "get-document/credential/once-valid"]);
    let id = stale[0]["fingerprint"].as_str().unwrap();
    let hint = format!("the known failure {id} (credential.expired) is not seen any more: --update-baseline takes");
    let told = ran.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&hint), "{}", ran.out());
    let ran = scene.run("check", &["--update-baseline"]).exits(0);
    let told = "baseline.toml: 0 added, 2 taken out, 1 kept, 1 of them not seen, which proves nothing\n";
    assert!(ran.err().contains(told), "{}", ran.err());
    let left = scene.list();
    assert!(left.starts_with(COMMENT) && left.ends_with(OTHER) && !left.contains("credential.expired"), "{left}");
}

#[test]
fn what_a_part_of_a_run_does_not_see_stays() {
    let scene = mended();
    let before = scene.list();
    let parts: [&[&str]; 6] = [
        &["get-document/credential/*"],
        &["get-document/unknown/*"],
        &["--shard", "1/2", "get-document/*"],
        &["--phase", "cases"],
        &["--budget", "20"],
        &["--dry-run"],
    ];
    for part in parts {
        let ran = scene.run("check", &[part, &["--update-baseline"]].concat());
        assert!(matches!(ran.code, Some(0 | 3)), "{part:?}: {}{}", ran.out(), ran.err());
        assert!(!ran.out().contains("is not seen any more"), "{part:?}: {}", ran.out());
        assert_eq!(scene.list(), before, "{part:?}");
    }
}

#[test]
fn a_run_that_reaches_nobody_changes_nothing() {
    let folder = Folder::new();
    let ran = folder.run(&["check", "--target", "http://127.0.0.1:1", "--baseline", "b.toml", "--update-baseline"]);
    assert!(ran.err().contains("b.toml is left as it is: nothing was judged"), "{}", ran.err());
    assert_eq!((ran.code, folder.path("b.toml").exists()), (Some(3), false));
}

#[test]
fn an_interrupted_run_changes_nothing() {
    let server = Server::start(|request| {
        std::thread::sleep(Duration::from_millis(if request.number > 5 { 2_000 } else { 0 }));
        json(200, &serde_json::json!({"served": "whoever asks"}))
    });
    let (folder, url) = (Folder::new(), server.url());
    let arguments = ["check", "get-document/credential/*", "--target", &url, "--baseline", "b", "--update-baseline"];
    let child = folder.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let began = Instant::now();
    while server.requests().len() < 6 && began.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let ran = Ran::end(child).exits(130);
    assert!(ran.err().contains("b is left as it is: the run was interrupted"), "{}", ran.err());
    assert!(ran.out().contains("to be listed after") && !folder.path("b").exists(), "{}", ran.out());
}
