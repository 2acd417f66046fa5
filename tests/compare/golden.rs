//! Every face of a comparison, whole, from one recorded pair of runs in which each turn and each difference occurs.

use crate::support::program::Folder;
use snapbox::{Data, assert_data_eq};
use std::path::Path;

const FACES: [(&str, &str); 3] =
    [("json", "comparison.json"), ("markdown", "comparison.md"), ("html", "comparison.html")];

fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compare/pair").join(name);
    assert_data_eq!(text, Data::read_from(&path, None).raw());
}

/// A folder with the pair, and the arguments that compare it into every format.
fn compared() -> (Folder, String) {
    let folder = Folder::new();
    folder.write("old.ndjson", include_str!("pair/old.ndjson"));
    folder.write("new.ndjson", include_str!("pair/new.ndjson"));
    let reports = FACES.iter().flat_map(|(format, name)| ["--report".to_owned(), format!("{format}={name}")]);
    let arguments = ["compare", "old.ndjson", "new.ndjson"].map(ToOwned::to_owned).into_iter().chain(reports);
    let arguments: Vec<String> = arguments.collect();
    let ran = folder.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).exits(1);
    (folder, ran.out())
}

/// The style has tests of its own, and its hash goes with it.
fn without_style(page: &str) -> String {
    let mut text = page.to_owned();
    for (open, close) in [("<style>", "</style>"), ("style-src &#x27;sha256-", "&#x27;")] {
        let from = text.find(open).unwrap() + open.len();
        let length = text[from..].find(close).unwrap();
        text.replace_range(from..from + length, "[..]");
    }
    text
}

#[test]
fn every_face_of_the_recorded_pair() {
    let (folder, terminal) = compared();
    golden("terminal.txt", &terminal);
    golden("comparison.md", &folder.read("comparison.md"));
    golden("comparison.html", &without_style(&folder.read("comparison.html")));
    let json: serde_json::Value = serde_json::from_str(&folder.read("comparison.json")).unwrap();
    golden("comparison.json", &format!("{json:#}\n"));
}

#[test]
fn the_pair_shows_every_turn_and_every_aspect() {
    let (folder, terminal) = compared();
    let json: serde_json::Value = serde_json::from_str(&folder.read("comparison.json")).unwrap();
    let counts = json["counts"].as_object().unwrap();
    assert!(counts.len() == 7 && counts.values().all(|count| count != 0), "{counts:?}");
    for aspect in ["verdict", "status", "body", "headers", "speed"] {
        let told = json["differences"].as_array().unwrap().iter().any(|difference| difference["aspect"] == aspect);
        assert!(told && terminal.contains(&format!("\n  {aspect:12}")), "{aspect}");
    }
}
