//! Folders that tests read: the good one, and copies of it with something changed.

use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tenantcheck::contract::{Case, Contract};
use tenantcheck::load::{self, LoadError, Settings, Source};

/// The rules that the cases of the tests name.
pub const RULES: [&str; 3] = ["refusal.color", "refusal.length", "answer.expected-status"];

/// The folder of test data.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/load")
}

/// The good contract.
pub fn good() -> Contract {
    load::contract(&Source::Folder(data().join("good"))).unwrap_or_else(|error| panic!("{error}"))
}

/// A folder of its own.
pub struct Scene(TempDir);

impl Scene {
    /// An empty folder.
    pub fn empty() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A copy of the good schemas.
    pub fn schemas() -> Self {
        let scene = Self::empty();
        copy(&data().join("good/schemas"), &scene.path("schemas"));
        scene
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), content).unwrap();
        self
    }

    pub fn contract(&self) -> Result<Contract, String> {
        load::contract(&Source::Folder(self.0.path().into())).map_err(|error| self.shown(&error))
    }

    pub fn cases(&self) -> Result<Vec<Case>, String> {
        load::cases(&Source::Folder(self.0.path().into()), &good(), &RULES).map_err(|error| self.shown(&error))
    }

    pub fn settings(&self, name: &str) -> Result<Settings, String> {
        load::settings(&self.path(name), &good()).map_err(|error| self.shown(&error))
    }

    /// An error as the user sees it, without the path of the folder.
    fn shown(&self, error: &LoadError) -> String {
        error.to_string().replace(&format!("{}/", self.0.path().display()), "")
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}
