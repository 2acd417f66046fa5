//! What the user tells about the service: its world, its credentials, what of the contract it serves.

use super::error::SetupError;
use crate::contract::World;
use crate::exchange::Secrets;
use crate::load;
use crate::run::contract_and_cases;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What the user tells about a service.
#[derive(Debug, Clone, Default)]
#[must_use = "a setup is given to `Fuzzer::new`"]
pub struct Setup {
    pub(super) contract: Option<PathBuf>,
    pub(super) world: World,
    pub(super) secrets: Secrets,
    pub(super) versions: BTreeMap<String, String>,
    pub(super) operations: BTreeSet<String>,
    pub(super) base_path: String,
}

impl Setup {
    /// A service whose world is known.
    pub fn of(world: World) -> Self {
        Self { world, ..Self::default() }
    }

    /// Takes world and versions from a `tenantcheck.toml`; its target and credentials are not looked at.
    pub fn read(config: &Path) -> Result<Self, SetupError> {
        let (contract, _) = contract_and_cases(None)?;
        let settings = load::settings(config, &contract)?;
        Ok(Self { world: settings.world, versions: settings.versions, ..Self::default() })
    }

    /// Takes the contract from a folder that holds `schemas/` and `cases/`, in place of the embedded one.
    pub fn contract(self, folder: impl Into<PathBuf>) -> Self {
        Self { contract: Some(folder.into()), ..self }
    }

    /// Gives the token of a caller: `full` may do everything, `limited` is authenticated and may do nothing.
    pub fn credential(mut self, caller: &str, token: &str) -> Self {
        self.secrets.insert(caller, token);
        self
    }

    /// Serves an operation under another version than its default one; `none` is a path without version.
    pub fn version(mut self, operation: &str, version: &str) -> Self {
        self.versions.insert(operation.to_owned(), version.to_owned());
        self
    }

    /// Asks for this operation, and for no other that is not named in the same way.
    pub fn only(mut self, operation: &str) -> Self {
        self.operations.insert(operation.to_owned());
        self
    }

    /// Serves everything below a path, such as `/api`.
    pub fn below(self, base_path: &str) -> Self {
        Self { base_path: base_path.trim_end_matches('/').to_owned(), ..self }
    }
}
