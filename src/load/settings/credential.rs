//! Reads `[credentials]`: where the token of each caller comes from. Reads no token and no secret.

use super::target::path;
use crate::contract::{CALLERS, EXPIRED};
use crate::load::table::{Phrase, Section};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const PLAIN: [&str; 3] = ["token", "client-secret", "secret"];
const KEYS: [&str; 5] = ["token-env", "token-file", "client-id", "client-secret-env", "client-secret-file"];

/// Where the token of a caller comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// It is there already.
    Token(Kept),
    /// A client fetches it.
    Client {
        /// The client's id.
        id: String,
        /// Where its secret is.
        secret: Kept,
    },
}

/// Where something is kept that does not stand in the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// The environment variable of that name holds it.
    Env(String),
    /// That file holds it.
    File(PathBuf),
}

/// Reads `[credentials]`. Paths are relative to a folder.
pub fn read(section: Section<'_>, folder: &Path) -> BTreeMap<String, Credential> {
    let one = |caller: &'static str| Some((caller.to_owned(), one(caller, section.section(caller)?, folder)?));
    let credentials = CALLERS.into_iter().filter_map(one).collect();
    section.close();
    credentials
}

fn one(caller: &str, section: Section<'_>, folder: &Path) -> Option<Credential> {
    let token = (section.text("token-env"), section.text("token-file"));
    let (id, secret) =
        (section.text("client-id"), (section.text("client-secret-env"), section.text("client-secret-file")));
    let strange = refused(&section);
    let client = id.as_ref().or(secret.0.as_ref()).or(secret.1.as_ref());
    let credential = match (&token, client) {
        ((None, None), None) => {
            if !strange {
                let advice = "name an environment variable: `token-env = \"…\"`, a file: `token-file = \"…\"`, or a \
                              client: `client-id = \"…\"`";
                section.reader.problem(section.span.clone(), "the token comes from nowhere", advice);
            }
            None
        }
        ((None, None), Some(client)) if caller == EXPIRED => {
            let advice = "name a token that was good once: `token-env = \"…\"` or `token-file = \"…\"`";
            section.reader.problem(client.token.clone(), "a client fetches tokens that are good", advice);
            None
        }
        ((None, None), Some(_)) => self::client(&section, id.as_ref(), &secret, strange, folder),
        (_, None) => kept(&section, &token, "token", folder).map(Credential::Token),
        (_, Some(client)) => {
            let advice = "keep the token, or the client that fetches one";
            section.reader.problem(client.token.clone(), "the token comes from two places", advice);
            None
        }
    };
    section.close();
    credential
}

type Places = (Option<Phrase>, Option<Phrase>);

fn client(
    section: &Section<'_>,
    id: Option<&Phrase>,
    secret: &Places,
    strange: bool,
    folder: &Path,
) -> Option<Credential> {
    let problem = |place: &Phrase, what, advice| section.reader.problem(place.token.clone(), what, advice);
    let place = secret.0.as_ref().or(secret.1.as_ref());
    match (id, place) {
        // A misspelled key is told by itself.
        (Some(_), None) | (None, Some(_)) if strange => {}
        (Some(id), None) => {
            let advice = "name its secret: `client-secret-env = \"…\"` or `client-secret-file = \"…\"`";
            problem(id, "the client has no secret", advice);
        }
        (None, Some(place)) => problem(place, "the secret has no client", "name it: `client-id = \"…\"`"),
        (Some(id), Some(_)) if id.text.trim().is_empty() => {
            problem(id, "the client id is empty", "write the id, or take the client out");
        }
        (None, None) | (Some(_), Some(_)) => {}
    }
    let secret = place.and_then(|_| kept(section, secret, "client-secret", folder));
    let id = id.map(|id| id.text.trim().to_owned()).filter(|id| !id.is_empty());
    Some(Credential::Client { id: id?, secret: secret? })
}

fn kept(section: &Section<'_>, places: &Places, what: &str, folder: &Path) -> Option<Kept> {
    match places {
        (Some(env), None) => variable(section, env, what),
        (None, Some(file)) => path(section, file, folder).map(Kept::File),
        (Some(_), Some(file)) => {
            let told = if what == "token" { "the token" } else { "the client's secret" };
            let advice = format!("keep `{what}-env` or `{what}-file`");
            section.reader.problem(file.token.clone(), format!("{told} comes from two places"), advice);
            None
        }
        (None, None) => None,
    }
}

/// Reports secrets that stand in the file; says whether there is a key that is none.
fn refused(section: &Section<'_>) -> bool {
    let advice = "name an environment variable with `token-env`, or a file with `token-file`";
    for key in PLAIN {
        let client = "name an environment variable with `client-secret-env`, or a file with `client-secret-file`";
        let advice = if key == "token" { advice } else { client };
        section.refuse(key, "a secret does not stand in this file", advice);
    }
    section.entries().iter().any(|entry| !KEYS.contains(&entry.key))
}

fn variable(section: &Section<'_>, phrase: &Phrase, what: &str) -> Option<Kept> {
    let name = phrase.text.as_str();
    let plain = name.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        return Some(Kept::Env(name.to_owned()));
    }
    let (example, thing) =
        if what == "token" { ("SAIL_ACCESS_TOKEN", "token") } else { ("SAIL_CLIENT_SECRET", "secret") };
    let advice = format!("write its name, such as `{example}`; the {thing} itself does not stand in this file");
    section.reader.problem(phrase.token.clone(), "this is no name of an environment variable", advice);
    None
}
