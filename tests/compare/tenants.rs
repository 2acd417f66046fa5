//! Tenants in this process, each with a configuration and tokens of its own.

use crate::support::program::{Folder, Ran};
use serde_json::Value;
use std::path::Path;
use tenantcheck::contract::CALLERS;
use tenantcheck::mock::{Fault, Options, Rate, Tenant};

/// A tenant with some faults and without a limit that anybody meets; its configuration is `NAME.toml`.
pub fn tenant(folder: &Folder, name: &str, faults: &[&str]) -> Tenant {
    let faults = faults.iter().map(|fault| Fault::find(fault).unwrap()).collect();
    let rate = Rate { requests: 1_000_000, seconds: 1 };
    let tenant = Tenant::start(Options { rate, faults, ..Options::default() }).unwrap();
    std::fs::create_dir(folder.path(name)).unwrap();
    for caller in CALLERS {
        folder.write(&format!("{name}/{caller}.token"), &tenant.token(caller));
    }
    folder.write(&format!("{name}.toml"), &tenant.config(Path::new(name)));
    tenant
}

/// Changes a configuration, and sees that it did.
pub fn change(folder: &Folder, name: &str, change: impl FnOnce(&str) -> String) {
    let text = folder.read(name);
    let changed = change(&text);
    assert_ne!(text, changed);
    folder.write(name, &changed);
}

/// Compares two configurations as a user would, with a report beside.
pub fn compare(folder: &Folder, old: &str, new: &str, more: &[&str]) -> (Ran, Value) {
    let arguments = ["compare", "--config", old, "--config", new, "--report", "json=compared.json"];
    let ran = folder.run(&[&arguments[..], more].concat());
    let compared = serde_json::from_str(&folder.read("compared.json")).unwrap();
    (ran, compared)
}
