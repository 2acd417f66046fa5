//! A folder of its own in which the program runs, with an environment of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use tenantcheck::mock::{Options, Rate, Tenant};

pub struct Scene {
    folder: TempDir,
    environment: BTreeMap<String, String>,
    /// What must not be shown anywhere.
    secrets: Vec<String>,
}

/// What came out of a run.
#[derive(Debug)]
pub struct Told {
    pub code: i32,
    /// Both streams and every report.
    pub all: String,
    pub stderr: String,
    /// The notes of the event log.
    pub notes: Vec<String>,
    /// The last line of the event log.
    pub summary: serde_json::Value,
}

pub fn tenant() -> Tenant {
    Tenant::start(Options { rate: Rate { requests: 5_000, seconds: 1 }, ..Options::default() }).unwrap()
}

/// What the tenant has, as a configuration without target and credentials.
pub fn world(tenant: &Tenant) -> String {
    let config = tenant.config(Path::new(""));
    config[config.find("[world]").unwrap()..].to_owned()
}

impl Scene {
    pub fn new() -> Self {
        let scene = Self { folder: TempDir::new().unwrap(), environment: BTreeMap::new(), secrets: Vec::new() };
        let home = scene.path("home").display().to_string();
        scene.with("HOME", &home)
    }

    /// A scene with the tenant's world in its configuration, and the target in the environment.
    pub fn of(tenant: &Tenant, url: &str) -> Self {
        let scene = Self::new().with("SAIL_BASE_URL", url).hiding(tenant.client_secret());
        scene.file("tenantcheck.toml", &world(tenant))
    }

    pub fn with(mut self, variable: &str, value: &str) -> Self {
        self.environment.insert(variable.into(), value.into());
        self
    }

    pub fn without(mut self, variable: &str) -> Self {
        self.environment.remove(variable);
        self
    }

    /// The environment's own client.
    pub fn with_client(self, id: &str, secret: &str) -> Self {
        self.with("SAIL_CLIENT_ID", id).with("SAIL_CLIENT_SECRET", secret).hiding(secret)
    }

    pub fn hiding(mut self, secret: &str) -> Self {
        self.secrets.push(secret.into());
        self
    }

    pub fn file(self, name: &str, content: &str) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Checks, with every report, and sees to it that no secret is in any byte of what came out.
    pub fn check(&self, arguments: &[&str]) -> Told {
        let reports = ["ndjson", "json", "junit"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_tenantcheck"));
        command.current_dir(self.folder.path()).env_clear().envs(&self.environment);
        command.args(["check", "--phase", "cases"]).args(arguments);
        for report in reports {
            command.arg(format!("--report={report}={report}.out"));
        }
        let output = command.output().unwrap();
        let mut bytes = [output.stdout, output.stderr.clone()].concat();
        let log = fs::read(self.path("ndjson.out")).unwrap_or_default();
        for report in reports {
            bytes.extend(fs::read(self.path(&format!("{report}.out"))).unwrap_or_default());
        }
        let all = String::from_utf8_lossy(&bytes).into_owned();
        for secret in self.secrets.iter().filter(|secret| !secret.is_empty()) {
            assert!(!all.contains(secret.as_str()), "`{secret}` is shown in {all}");
        }
        let events: Vec<serde_json::Value> =
            log.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
        let notes = events.iter().filter(|event| event["event"] == "note");
        Told {
            code: output.status.code().unwrap(),
            all,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            notes: notes.map(|note| note["text"].as_str().unwrap().to_owned()).collect(),
            summary: events.last().cloned().unwrap_or_default(),
        }
    }

    /// The one error of a run that does not even begin.
    pub fn error(&self, arguments: &[&str]) -> String {
        let told = self.check(arguments);
        assert_eq!(told.code, 2, "{told:?}");
        let folder = self.folder.path().display().to_string();
        told.stderr.trim().strip_prefix("error: ").unwrap().replace(&folder, "$FOLDER")
    }
}

impl Told {
    /// Everything held, by tokens that were fetched so many times for the full caller.
    pub fn held_by(&self, fetches: usize) {
        assert_eq!(self.code, 0, "{}", self.all);
        assert_eq!(self.fetched("full"), fetches, "{:?}", self.notes);
        assert!(self.summary["held"].as_u64().unwrap() > 100, "{}", self.summary);
    }

    pub fn fetched(&self, caller: &str) -> usize {
        self.notes.iter().filter(|note| **note == format!("fetched a token for `{caller}`")).count()
    }
}
