//! Each file below holds one fault and is named after it; the file beside it is what the user gets to see.
//! `SNAPSHOTS=overwrite` writes them anew.

use crate::scene::{Scene, data};
use serde_json::Value;
use snapbox::{Assert, Data};
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &str, suffix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(data().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.to_str().unwrap().ends_with(suffix)).collect();
    files.sort();
    assert!(files.len() > 5, "{folder}");
    files
}

fn told(path: &Path, error: Option<String>) {
    let error = error.unwrap_or_else(|| panic!("{} is accepted", path.display()));
    Assert::new()
        .action_env("SNAPSHOTS")
        .eq(Data::text(format!("{error}\n")).raw(), Data::read_from(&path.with_extension("txt"), None).raw());
}

#[test]
fn every_fault_of_a_case_is_told() {
    for path in files("cases", ".toml") {
        let scene = Scene::empty();
        scene.write(&format!("cases/get-widget/{}", path.file_name().unwrap().display()), fs::read(&path).unwrap());
        told(&path, scene.cases().err());
    }
}

#[test]
fn every_fault_of_the_settings_is_told_without_a_secret() {
    for path in files("settings", ".toml") {
        let scene = Scene::empty();
        scene.write("tenantcheck.toml", fs::read(&path).unwrap());
        let error = scene.settings("tenantcheck.toml").err();
        assert!(!error.as_ref().is_some_and(|error| error.contains("hunter2")), "{error:?}");
        told(&path, error);
    }
}

#[test]
fn every_fault_of_the_errata_is_told() {
    for path in files("errata", ".toml") {
        let scene = Scene::schemas();
        scene.write("schemas/errata.toml", fs::read(&path).unwrap());
        told(&path, scene.contract().err());
    }
}

#[test]
fn every_fault_of_the_contract_document_is_told() {
    for path in files("contract", ".json") {
        let scene = Scene::schemas();
        let mut document = serde_json::from_slice(&fs::read(scene.path("schemas/openapi.json")).unwrap()).unwrap();
        merge(&mut document, &serde_json::from_slice(&fs::read(&path).unwrap()).unwrap());
        scene.write("schemas/openapi.json", document.to_string());
        told(&path, scene.contract().err());
    }
}

/// Merges a change into a document as RFC 7386 has it: null takes a key out.
fn merge(document: &mut Value, change: &Value) {
    let (Value::Object(document), Value::Object(change)) = (&mut *document, change) else {
        *document = change.clone();
        return;
    };
    for (key, value) in change {
        if value.is_null() {
            document.shift_remove(key);
        } else {
            merge(document.entry(key).or_insert(Value::Null), value);
        }
    }
}
