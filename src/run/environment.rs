//! What the environment says; read once, at the rim.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the environment says.
#[derive(Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
    /// Whether only what a configuration names counts.
    silent: bool,
}

/// Where the environment names the tenant.
pub const BASE_URL: &str = "SAIL_BASE_URL";
/// Where the environment holds a token.
pub const ACCESS_TOKEN: &str = "SAIL_ACCESS_TOKEN";
/// Where the environment names a client.
pub const CLIENT_ID: &str = "SAIL_CLIENT_ID";
/// Where the environment holds the client's secret.
pub const CLIENT_SECRET: &str = "SAIL_CLIENT_SECRET";

/// Where systems name the user's own folder.
const HOMES: [&str; 2] = ["HOME", "USERPROFILE"];

impl Environment {
    /// The environment of this process.
    pub fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self { variables: std::env::vars_os().filter_map(text).collect(), silent: false }
    }

    /// An environment of given variables.
    pub fn new(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { variables: variables.into_iter().collect(), silent: false }
    }

    /// A variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether a variable is set, but empty.
    pub(super) fn is_blank(&self, name: &str) -> bool {
        !self.silent && self.variables.get(name).is_some_and(|value| value.trim().is_empty())
    }

    /// An environment that names no tenant and holds no credential by itself: only what a configuration names counts.
    #[must_use]
    pub fn silent(self) -> Self {
        Self { silent: true, ..self }
    }

    /// What it says by itself, without a configuration that names the variable.
    pub(super) fn own(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|_| !self.silent)
    }

    /// The user's own folder.
    pub(super) fn home(&self) -> Option<PathBuf> {
        HOMES.into_iter().find_map(|name| self.get(name)).map(PathBuf::from)
    }
}
