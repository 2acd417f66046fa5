//! `tenantcheck mock`: the embedded tenant as a server of its own.

use super::config_file::ConfigFile;
use crate::mock::{Fault, Options, Rate, Tenant, Variant};
use crate::purse;
use crate::run::Exit;
use anyhow::Context as _;
use clap::Args;
use std::io::Write as _;
use std::path::PathBuf;

/// Starts a tenant on a loopback address that keeps the whole contract, or breaks what it is told to, until Ctrl-C.
#[derive(Debug, Args)]
pub(super) struct Mock {
    /// The port to listen on; 0 takes a free one
    #[arg(long, value_name = "P", default_value_t = 0)]
    port: u16,
    /// The rate limit: requests per client and version in that many seconds [default: 100/10, or the variant's]
    #[arg(long, value_name = "N/SECONDS")]
    rate: Option<purse::Rate>,
    /// Writes a complete configuration for this tenant, and beside it three token files that are named after it.
    /// A file that `mock` did not write itself is never overwritten
    #[arg(long, value_name = "FILE")]
    write_config: Option<PathBuf>,
    /// Is an odd tenant that keeps the contract all the same; `mock --list` prints the names
    #[arg(long, value_name = "NAME", value_parser = variant)]
    variant: Option<&'static Variant>,
    /// Breaks one promise on purpose; may be repeated; `mock --list` prints the names
    #[arg(long, value_name = "NAME", value_parser = fault)]
    fault: Vec<&'static Fault>,
    /// Lists the variants and the faults, one a line, the name first, and starts nothing
    #[arg(long)]
    list: bool,
}

impl Mock {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        if self.list {
            return list();
        }
        let config = self.write_config.as_deref().map(ConfigFile::new).transpose()?;
        let own = self.variant.and_then(|variant| variant.rate);
        let asked = self.rate.map(|rate| Rate { requests: rate.requests, seconds: rate.seconds });
        let default = Options::default();
        let rate = asked.or(own).unwrap_or(default.rate);
        let options = Options { port: self.port, rate, variant: self.variant, faults: self.fault.clone() };
        let tenant = Tenant::start(options)
            .with_context(|| format!("cannot listen on port {}: choose another with --port", self.port))?;
        config.map_or(Ok(()), |config| config.write(&tenant))?;
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
    let ids = || Fault::all().map(|fault| fault.id);
    Fault::find(name).ok_or_else(|| unknown("fault", name, ids()))
}

/// Finds a variant by its name.
fn variant(name: &str) -> Result<&'static Variant, String> {
    let ids = || Variant::all().map(|variant| variant.id);
    Variant::find(name).ok_or_else(|| unknown("variant", name, ids()))
}

/// From here on a name may be a slip of the pen.
const LIKE: f64 = 0.8;

fn unknown(what: &str, name: &str, ids: impl Iterator<Item = &'static str>) -> String {
    let likeness = |id: &str| strsim::jaro_winkler(id, name);
    let nearest = ids.max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    let meant = nearest.filter(|id| likeness(id) > LIKE).map(|id| format!("did you mean `{id}`? ")).unwrap_or_default();
    format!("no {what} has that name: {meant}`tenantcheck mock --list` prints them")
}

fn list() -> anyhow::Result<u8> {
    let mut out = anstream::stdout();
    let variants = Variant::all().map(|variant| (variant.id, "variant".to_owned(), variant.title));
    let faults = Fault::all().map(|fault| (fault.id, fault.class.to_string(), fault.title));
    let rows: Vec<_> = variants.chain(faults).collect();
    let width = rows.iter().map(|(id, ..)| id.len()).max().unwrap_or_default();
    for (id, class, title) in rows {
        writeln!(out, "{id:width$}  {class:12}  {title}")?;
    }
    Ok(Exit::Held.code())
}
