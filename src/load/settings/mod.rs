//! Reads `tenantcheck.toml`: the target, the credentials' sources, the world. Holds no secret.

mod credential;
mod secrecy;
mod target;
mod world;

pub use credential::{Credential, Kept};

use super::problem::{LoadError, Problem, Problems};
use super::source::{bounded, known};
use super::table::{Reader, Section};
use super::text::Text;
use crate::contract::{Contract, World};
use crate::exchange::Target;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the user has settled in `tenantcheck.toml`.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The tenant.
    pub target: Option<Target>,
    /// A file of certificates to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// The version to ask for, by operation.
    pub versions: BTreeMap<String, String>,
    /// Where each caller's token comes from.
    pub credentials: BTreeMap<String, Credential>,
    /// What the user tells about the tenant.
    pub world: World,
}

/// Reads the settings. Paths in them are relative to the folder of the file.
pub fn settings(path: &Path, contract: &Contract) -> Result<Settings, LoadError> {
    match bounded(path) {
        Ok(bytes) => settings_of(path, &bytes, contract),
        Err(error) => {
            let problems = Problems::default();
            problems.push(Problem::file(&known(path), format!("cannot be read: {error}"), ""));
            problems.finish(Settings::default())
        }
    }
}

/// Reads the settings from the bytes of a file; nothing is opened.
pub fn settings_of(path: &Path, bytes: &[u8], contract: &Contract) -> Result<Settings, LoadError> {
    let problems = Problems::default();
    let settings = match Text::decode(&known(path), bytes) {
        Ok(text) => of_text(path, &text, contract, &problems),
        Err(problem) => {
            problems.push(*problem);
            Settings::default()
        }
    };
    problems.finish(settings)
}

fn of_text(path: &Path, text: &Text, contract: &Contract, problems: &Problems) -> Settings {
    let reader = Reader::new(text, problems);
    let mut settings = Settings::default();
    secrecy::veil(text, contract);
    let Some(table) = reader.table() else { return settings };
    let folder = path.parent().unwrap_or(Path::new(""));
    let root = Section::root(reader, &table);
    if let Some(section) = root.section("target") {
        let target = target::read(section, folder, contract);
        (settings.target, settings.ca_file, settings.versions) = (target.url, target.ca_file, target.versions);
    }
    if let Some(section) = root.section("credentials") {
        settings.credentials = credential::read(section, folder);
    }
    if let Some(section) = root.section("world") {
        settings.world = world::read(&section, contract);
    }
    root.close();
    settings
}
