//! Tells a target that was forgotten from none that is wanted: the embedded tenant must not pass for the user's own.

use super::environment::{ACCESS_TOKEN, BASE_URL, CLIENT_ID, CLIENT_SECRET, Environment};
use crate::load::Settings;
use std::path::Path;
use thiserror::Error;

/// Something is there for a tenant that nothing names.
#[derive(Debug, Error)]
#[error(
    "no target: {why}. Name the tenant with --target URL, {BASE_URL}, or `url` below [target] of {file}; \
     without all of that the embedded tenant is checked, and no other"
)]
pub struct Forgotten {
    /// What is there.
    why: String,
    /// The configuration.
    file: String,
}

/// What is there for a tenant that nothing names; `config` is the configuration that the user named, `usual` the name
/// of the one that is looked for.
pub(super) fn forgotten(
    environment: &Environment,
    settings: &Settings,
    config: Option<&Path>,
    usual: &str,
) -> Option<Forgotten> {
    let file = config.map_or_else(|| usual.to_owned(), |path| path.display().to_string());
    let set = |name: &&str| environment.own(name).is_some();
    let why = if environment.is_blank(BASE_URL) {
        format!("{BASE_URL} is set, but empty")
    } else if config.is_some() {
        format!("{file} was given, and it has no `url` below [target]")
    } else if let Some(name) = [ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET].iter().find(|name| set(name)) {
        format!("{name} is set, and nothing says for which tenant")
    } else if !settings.credentials.is_empty() {
        format!("{file} has [credentials], and no `url` below [target]")
    } else if !settings.world.0.is_empty() {
        format!("{file} has [world], and no `url` below [target]")
    } else {
        return None;
    };
    Some(Forgotten { why, file })
}
