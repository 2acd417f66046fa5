//! A tenant with faults, and runs against it in a folder that holds a list of known failures.

use crate::support::program::{Folder, Ran};
use serde_json::Value;
use std::path::Path;
use tenantcheck::contract::CALLERS;
use tenantcheck::mock::{Fault, Options, Rate, Tenant};

/// A working folder and the tenant that its configuration names.
pub struct Scene {
    pub folder: Folder,
    tenant: Tenant,
}

/// Both phases in which every seed asks the same.
pub const STEADY: [&str; 2] = ["--phase", "cases,coverage"];

impl Scene {
    /// A tenant with some faults, which limits nobody.
    pub fn new(faults: &[&str]) -> Self {
        Self::with(Folder::new(), faults, 1_000_000)
    }

    /// The same folder with another tenant.
    pub fn mended(self, faults: &[&str]) -> Self {
        Self::with(self.folder, faults, 1_000_000)
    }

    /// A tenant with some faults and so many requests in a second.
    pub fn with(folder: Folder, faults: &[&str], requests: u32) -> Self {
        let faults = faults.iter().map(|name| Fault::all().find(|fault| fault.id == *name).unwrap()).collect();
        let rate = Rate { requests, seconds: 1 };
        let tenant = Tenant::start(Options { rate, faults, ..Options::default() }).unwrap();
        for caller in CALLERS {
            folder.write(&format!("{caller}.token"), &tenant.token(caller));
        }
        folder.write("tenantcheck.toml", &tenant.config(Path::new("")));
        Self { folder, tenant }
    }

    /// Runs a command with the list.
    pub fn run(&self, command: &str, more: &[&str]) -> Ran {
        let list = [command, "--baseline", "baseline.toml", "--report", "ndjson=log", "--target", &self.tenant.url()];
        // The log is beside the terminal, not in its place.
        self.folder.run(&[&list[..], more].concat())
    }

    /// Checks in the steady phases, with the list.
    pub fn check(&self, more: &[&str]) -> Ran {
        self.run("check", &[&STEADY[..], more].concat())
    }

    /// The events of the last run of one kind.
    pub fn events(&self, kind: &str) -> Vec<Value> {
        self.folder.events("log").into_iter().filter(|event| event["event"] == kind).collect()
    }

    /// The last event of one kind.
    pub fn event(&self, kind: &str) -> Value {
        self.events(kind).pop().unwrap()
    }

    /// The fingerprints that the last run called stale.
    pub fn stale(&self) -> Vec<Value> {
        self.event("baseline")["stale"].as_array().unwrap().clone()
    }

    /// The list as it stands.
    pub fn list(&self) -> String {
        self.folder.read("baseline.toml")
    }
}
