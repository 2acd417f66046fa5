//! `tenantcheck mock`: the embedded tenant as a server of its own.

use crate::contract::CALLERS;
use crate::mock::{Fault, Options, Rate, Tenant};
use crate::purse;
use crate::run::Exit;
use anyhow::Context as _;
use clap::Args;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Starts a tenant on a loopback address that keeps the whole contract, or breaks what it is told to, until Ctrl-C.
#[derive(Debug, Args)]
pub(super) struct Mock {
    /// The port to listen on; 0 takes a free one
    #[arg(long, value_name = "P", default_value_t = 0)]
    port: u16,
    /// The rate limit: requests per client and version in that many seconds
    #[arg(long, value_name = "N/SECONDS", default_value = "100/10")]
    rate: purse::Rate,
    /// Writes a complete configuration for this tenant, and two token files beside it
    #[arg(long, value_name = "FILE")]
    write_config: Option<PathBuf>,
    /// Breaks one promise on purpose; may be repeated; `mock --list` prints the names
    #[arg(long, value_name = "NAME", value_parser = fault)]
    fault: Vec<&'static Fault>,
    /// Lists the faults, one a line, the name first, and starts nothing
    #[arg(long)]
    list: bool,
}

impl Mock {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        if self.list {
            return list();
        }
        let rate = Rate { requests: self.rate.requests, seconds: self.rate.seconds };
        let options = Options { port: self.port, rate, faults: self.fault.clone() };
        let tenant = Tenant::start(options)
            .with_context(|| format!("cannot listen on port {}: choose another with --port", self.port))?;
        if let Some(file) = &self.write_config {
            write_config(&tenant, file)?;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let interrupt = tokio::spawn(tokio::signal::ctrl_c());
            // Whoever reads the lines may interrupt at once, so the signal is listened for before they are written.
            tokio::task::yield_now().await;
            announce(&tenant)?;
            anyhow::Ok(interrupt.await??)
        })?;
        Ok(Exit::Held.code())
    }
}

fn announce(tenant: &Tenant) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "listening {}", tenant.url())?;
    writeln!(out, "SAIL_BASE_URL={}", tenant.url())?;
    writeln!(out, "SAIL_CLIENT_ID={}", tenant.client_id())?;
    writeln!(out, "SAIL_CLIENT_SECRET={}", tenant.client_secret())?;
    out.flush()
}

/// Finds a fault by its name.
fn fault(name: &str) -> Result<&'static Fault, String> {
    let nearest = || Fault::all().max_by(|one, other| likeness(one, name).total_cmp(&likeness(other, name)));
    Fault::find(name).ok_or_else(|| {
        let meant = nearest()
            .filter(|fault| likeness(fault, name) > LIKE)
            .map(|fault| format!("did you mean `{}`? ", fault.id))
            .unwrap_or_default();
        format!("no fault has that name: {meant}`tenantcheck mock --list` prints them")
    })
}

/// From here on a name may be a slip of the pen.
const LIKE: f64 = 0.8;

fn likeness(fault: &Fault, name: &str) -> f64 {
    strsim::jaro_winkler(fault.id, name)
}

fn list() -> anyhow::Result<u8> {
    let mut out = anstream::stdout();
    let width = Fault::all().map(|fault| fault.id.len()).max().unwrap_or_default();
    for fault in Fault::all() {
        writeln!(out, "{:width$}  {:12}  {}", fault.id, fault.class, fault.title)?;
    }
    Ok(Exit::Held.code())
}

fn write_config(tenant: &Tenant, file: &Path) -> anyhow::Result<()> {
    let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = |path: &Path, text: &str| {
        private(path, text).with_context(|| format!("cannot write {}: choose a folder that exists", path.display()))
    };
    for caller in CALLERS {
        write(&folder.join(format!("{caller}.token")), &tenant.token(caller))?;
    }
    write(file, &tenant.config(Path::new("")))
}

/// Writes a file that only its owner reads, as it holds or names tokens.
fn private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
