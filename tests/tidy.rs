//! The house rules that no compiler keeps: who may name whom, what stays data, how long things may be, and that
//! the documents tell the truth. Each rule is shown to fail on a small bad sample beside it.
#![cfg(test)]

#[path = "tidy/circles.rs"]
mod circles;
#[path = "tidy/crates.rs"]
mod crates;
#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/modules.rs"]
mod modules;
#[path = "tidy/paths.rs"]
mod paths;
#[path = "tidy/rust.rs"]
mod rust;
#[path = "tidy/words.rs"]
mod words;

use rust::Rust;
use std::path::{Path, PathBuf};

/// A Rust file.
pub struct File {
    /// The path from the root of the project.
    pub path: String,
    /// The text, taken apart.
    pub rust: Rust,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), rust: Rust::scan(text) }
    }
}

/// Every Rust file below a folder of the project, in the order of the paths.
fn files_below(folder: &str) -> Vec<File> {
    paths_below(folder)
        .into_iter()
        .filter(|path| Path::new(path).extension().is_some_and(|extension| extension == "rs"))
        .map(|path| File::new(&path, &read(&path)))
        .collect()
}

/// Every file below a folder of the project, as paths from the root.
fn paths_below(folder: &str) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Fails with every problem, one a line.
#[track_caller]
fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
