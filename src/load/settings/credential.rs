//! Reads `[credentials]`: where the token of each caller comes from. Reads no token.

use super::target::path;
use crate::load::table::{Phrase, Section};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const CALLERS: [&str; 2] = ["full", "limited"];
const CLIENT: [&str; 3] = ["client-id", "client-secret-env", "client-secret-file"];
const PLAIN: [&str; 3] = ["token", "client-secret", "secret"];

/// Where the token of a caller comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The environment variable of that name holds it.
    TokenEnv(String),
    /// That file holds it.
    TokenFile(PathBuf),
}

/// Reads `[credentials]`. Paths are relative to a folder.
pub fn read(section: Section<'_>, folder: &Path) -> BTreeMap<String, Credential> {
    let one = |caller: &'static str| Some((caller.to_owned(), one(section.section(caller)?, folder)?));
    let credentials = CALLERS.into_iter().filter_map(one).collect();
    section.close();
    credentials
}

fn one(section: Section<'_>, folder: &Path) -> Option<Credential> {
    let env = section.text("token-env");
    let file = section.text("token-file");
    let other = refused(&section);
    let credential = match (env, file) {
        (Some(env), None) => variable(&section, &env),
        (None, Some(file)) => path(&section, &file, folder).map(Credential::TokenFile),
        (Some(_), Some(file)) => {
            let advice = "keep `token-env` or `token-file`";
            section.reader.problem(file.token, "the token comes from two places", advice);
            None
        }
        (None, None) => {
            if !other {
                let advice = "name an environment variable: `token-env = \"…\"`, or a file: `token-file = \"…\"`";
                section.reader.problem(section.span.clone(), "the token comes from nowhere", advice);
            }
            None
        }
    };
    section.close();
    credential
}

/// Reports keys that are no way to give a token here; says whether there was one.
fn refused(section: &Section<'_>) -> bool {
    let advice = "get a token and name it with `token-env` or `token-file`";
    for key in CLIENT {
        section.refuse(key, "client credentials are not supported yet", advice);
    }
    let advice = "name an environment variable with `token-env`, or a file with `token-file`";
    for key in PLAIN {
        section.refuse(key, "a secret does not stand in this file", advice);
    }
    let known = ["token-env", "token-file"];
    section.entries().iter().any(|entry| !known.contains(&entry.key))
}

fn variable(section: &Section<'_>, phrase: &Phrase) -> Option<Credential> {
    let name = phrase.text.as_str();
    let plain = name.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        return Some(Credential::TokenEnv(name.to_owned()));
    }
    let advice = "write its name, such as `SAIL_ACCESS_TOKEN`; the token itself does not stand in this file";
    section.reader.problem(phrase.token.clone(), "this is no name of an environment variable", advice);
    None
}
