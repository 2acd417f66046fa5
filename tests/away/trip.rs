//! A tenant that is not loopback by its name, behind a proxy, and a folder to run the program in.

use crate::authority::Authority;
use crate::proxy::{Instead, Proxy};
use crate::support::program::{Folder, Ran};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tenantcheck::mock::{Options, Rate, Tenant};

pub const NAME: &str = "tenant.example";
/// A pace that holds nobody up.
pub const FAST: [&str; 2] = ["--rate", "1000/1"];

/// Everything that a run needs, and what its requests went through.
pub struct Trip {
    pub tenant: Tenant,
    pub proxy: Proxy,
    pub folder: Folder,
    _authority: Authority,
}

impl Trip {
    pub fn new() -> Self {
        Self::answered(None)
    }

    /// A tenant whose answers to some requests are replaced.
    pub fn answered(instead: Instead) -> Self {
        let rate = Rate { requests: 1_000_000, seconds: 1 };
        let tenant = Tenant::start(Options { rate, ..Options::default() }).unwrap();
        let authority = Authority::new(NAME);
        let proxy = Proxy::start(Arc::clone(&authority.server), &tenant.url(), instead);
        let folder = Folder::new();
        for caller in tenantcheck::contract::CALLERS {
            folder.write(&format!("{caller}.token"), &tenant.token(caller));
        }
        let url = format!("url = \"{}\"", tenant.url());
        let config = tenant.config(Path::new(""));
        assert!(config.contains(&url), "{config}");
        let there = format!("url = \"https://{NAME}\"\nca-file = \"{}\"", authority.ca_file.display());
        folder.write("tenantcheck.toml", &config.replace(&url, &there));
        Self { tenant, proxy, folder, _authority: authority }
    }

    /// Takes lines out of the configuration, or puts others in.
    pub fn configured(self, change: impl Fn(&str) -> Option<String>) -> Self {
        let config = self.folder.read("tenantcheck.toml");
        let changed: Vec<String> = config.lines().filter_map(change).collect();
        assert_ne!(config.trim(), changed.join("\n").trim(), "nothing was changed");
        self.folder.write("tenantcheck.toml", &changed.join("\n"));
        self
    }

    /// The program behind the proxy, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.folder.command(arguments);
        for variable in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
            command.env(variable, format!("http://127.0.0.1:{}", self.proxy.port));
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    /// The ids of the real sources, in small letters.
    pub fn sources(&self) -> Vec<String> {
        let world = self.tenant.world();
        ["delimited-source", "direct-source"].iter().map(|key| world.id(key).unwrap().to_ascii_lowercase()).collect()
    }
}

/// The request line in small letters, percent escapes taken off as often as a careless server would.
pub fn plain(request: &str) -> String {
    let line = request.lines().next().unwrap_or_default().as_bytes().to_vec();
    let line = (0..3).fold(line, |line, _| tenantcheck::exchange::unescaped(&line));
    String::from_utf8_lossy(&line).to_ascii_lowercase()
}
