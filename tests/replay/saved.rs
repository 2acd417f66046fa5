//! A finding is saved as a case file, which then runs like any other.

use crate::scene::{EXPIRED, MISSING, Manners, Scene};
use std::fs;

const FOUND: &str = "cases/get-document/found";

fn files(scene: &Scene) -> Vec<String> {
    let entries = fs::read_dir(scene.folder.path(FOUND)).into_iter().flatten();
    let mut files: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    files
}

#[test]
fn a_saved_finding_is_a_case_that_fails_until_the_tenant_is_mended() {
    let scene = Scene::new(Manners { serves_expired: true, ..Manners::default() });
    let saved = scene.check(&[EXPIRED, "--save"]).exits(1);
    assert!(saved.err().contains("saved cases/get-document/found/credential-expired.toml"), "{}", saved.err());
    let text = scene.folder.read("cases/get-document/found/credential-expired.toml");
    for part in ["{{world documents.id}}", "seed 1", "fingerprint ", "rule = \"credential.expired\"", "status = [401]"]
    {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let ran = scene.check(&["get-document/found"]).exits(1);
    assert!(ran.out().contains("BROKEN get-document/found/credential-expired"), "{}", ran.out());
    scene.behave(Manners::default());
    scene.check(&["get-document/found"]).exits(0);
}

#[test]
fn what_is_saved_already_is_not_saved_again_and_nothing_is_overwritten() {
    let scene = Scene::new(Manners { serves_expired: true, crashes: true, ..Manners::default() });
    fs::create_dir_all(scene.folder.path(FOUND)).unwrap();
    let own = "title = \"Mine\"\nclause = \"Mine\"\n[request]\npath = { index = \"roles\", id = \"r1\" }\n\
               [expect]\nstatus = [200]\n";
    scene.folder.write("cases/get-document/found/credential-expired.toml", own);
    for _ in 0..2 {
        scene.check(&[EXPIRED, MISSING, "get-document/found", "--save"]).exits(1);
        let wanted = ["credential-expired-2.toml", "credential-expired.toml", "credential-missing-accessprofiles.toml"];
        assert_eq!(files(&scene), wanted);
    }
    assert_eq!(scene.folder.read("cases/get-document/found/credential-expired.toml"), own);
}

#[test]
fn what_no_case_file_can_say_is_told_and_not_saved() {
    let scene = Scene::new(Manners { repeats_trace: true, ..Manners::default() });
    let twice = scene.check(&["get-document/unknown", "--save"]).exits(1);
    assert!(twice.err().contains("not saved: envelope.tracking-id-unique"), "{}", twice.err());
    assert!(twice.err().contains("it takes two requests to show it"), "{}", twice.err());
    assert_eq!(files(&scene), Vec::<String>::new());
}

#[test]
fn without_the_flag_nothing_is_saved() {
    let scene = Scene::new(Manners { crashes: true, ..Manners::default() });
    scene.check(&[MISSING]).exits(1);
    assert!(!scene.folder.path("cases").exists());
}

#[test]
fn a_contract_of_ones_own_takes_the_case_in() {
    let scene = Scene::new(Manners { crashes: true, ..Manners::default() });
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("schemas"), &scene.folder.path("mine/schemas"));
    let cases = ["credential/missing.toml", "documents/each.toml"];
    for case in cases {
        let path = scene.folder.path("mine/cases/get-document").join(case);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(root.join("cases/get-document").join(case), path).unwrap();
    }
    scene.check(&[MISSING, "--contract", "mine", "--save"]).exits(1);
    assert!(!scene.folder.path("cases").exists());
    let ran = scene.check(&["get-document/found", "--contract", "mine"]).exits(1);
    assert!(ran.out().contains("BROKEN get-document/found/credential-missing"), "{}", ran.out());
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}
