//! Reads `[target]`: which tenant is asked, and for which versions.

use crate::contract::Contract;
use crate::exchange::Target;
use crate::load::nearest;
use crate::load::table::{Phrase, Section};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What `[target]` says.
#[derive(Debug, Default)]
pub struct Told {
    /// The tenant.
    pub url: Option<Target>,
    /// A file of certificates to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// The version to ask for, by operation.
    pub versions: BTreeMap<String, String>,
}

/// Reads `[target]`. Paths are relative to a folder.
pub fn read(section: Section<'_>, folder: &Path, contract: &Contract) -> Told {
    let told = Told {
        url: section.text("url").and_then(|phrase| url(&section, phrase)),
        ca_file: section.text("ca-file").and_then(|phrase| path(&section, &phrase, folder)),
        versions: section.section("versions").map(|inner| versions(&inner, contract)).unwrap_or_default(),
    };
    section.close();
    told
}

fn url(section: &Section<'_>, phrase: Phrase) -> Option<Target> {
    let error = match Target::parse(&phrase.text) {
        Ok(target) => return Some(target),
        Err(error) => error.to_string(),
    };
    // What stands before an `@` or behind a `?` may be a secret, and the error may quote it.
    let secret = phrase.text.contains('@');
    let what = if secret { "the target must not hold a user or password; leave it out".to_owned() } else { error };
    if secret || phrase.text.contains(['?', '#']) {
        section.reader.text.veil(phrase.token.clone());
    }
    section.reader.problem(phrase.token, what, "");
    None
}

/// A path, relative to a folder.
pub fn path(section: &Section<'_>, phrase: &Phrase, folder: &Path) -> Option<PathBuf> {
    if phrase.text.trim().is_empty() {
        section.reader.problem(phrase.token.clone(), "the path is empty", "name a file, or leave the key out");
        return None;
    }
    Some(folder.join(&phrase.text))
}

fn versions(section: &Section<'_>, contract: &Contract) -> BTreeMap<String, String> {
    let mut versions = BTreeMap::new();
    for entry in section.entries() {
        let Some(operation) = contract.operation(entry.key) else {
            let known = contract.operations.iter().map(|operation| operation.id.as_str());
            let what = format!("the contract has no operation `{}`", entry.key);
            section.reader.problem(entry.key_span, what, nearest::advice(entry.key, known));
            continue;
        };
        let Some(version) = entry.text(&section.reader) else { continue };
        if !operation.versions.contains_key(&version.text) {
            let known = operation.versions.keys().map(String::as_str);
            let what = format!("`{}` has no version `{}`", operation.id, version.text);
            section.reader.problem(version.token, what, nearest::advice(&version.text, known));
        }
        versions.insert(operation.id.clone(), version.text);
    }
    versions
}
