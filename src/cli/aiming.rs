//! The flags that every command with a tenant has: which one, by which contract, and how patiently.

use super::named::from_one;
use crate::purse::Waits;
use crate::run::Choice;
use clap::Args;
use std::path::PathBuf;
use std::time::Duration;

/// Which tenant is asked.
#[derive(Debug, Args)]
pub(super) struct Whom {
    /// The tenant's base URL [env: `SAIL_BASE_URL`; without any, the embedded tenant is started]
    #[arg(long, value_name = "URL")]
    target: Option<String>,
    /// The configuration [default: tenantcheck.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// By which contract a tenant is asked, and how patiently.
#[derive(Debug, Args)]
pub(super) struct Aiming {
    /// A folder that holds `schemas/` and `cases/`, instead of the embedded contract
    #[arg(long, value_name = "DIR")]
    pub(super) contract: Option<PathBuf>,
    /// Let broken `should` rules, recorded errata, open-enum news and inconclusive cases fail the run
    #[arg(long)]
    strict: bool,
    /// Let uploads name the sources of [world] on a target that is not loopback: it changes the tenant
    #[arg(long)]
    allow_writes: bool,
    /// Seconds that the run may spend on late answers [default: 30 on loopback, 300 elsewhere]
    #[arg(long, value_name = "SECONDS")]
    wait_deadlines: Option<u64>,
    /// Seconds that the run may spend on rate limits and outages [default: 60 on loopback, 600 elsewhere]
    #[arg(long, value_name = "SECONDS")]
    wait_limits: Option<u64>,
    /// The largest body that is read, in bytes [default: 33554432]
    #[arg(long, value_name = "BYTES", value_parser = from_one)]
    max_body: Option<u64>,
}

impl Whom {
    /// A choice, made for this tenant.
    pub(super) fn choose(&self, choice: Choice) -> Choice {
        Choice { target: self.target.clone(), config: self.config.clone(), ..choice }
    }
}

impl Aiming {
    /// The choice that these flags make; everything else is as it is without flags.
    pub(super) fn choice(&self) -> Choice {
        Choice {
            contract: self.contract.clone(),
            allow_writes: self.allow_writes,
            strict: self.strict,
            max_body: self.max_body,
            waits: Waits {
                deadlines: self.wait_deadlines.map(Duration::from_secs),
                limits: self.wait_limits.map(Duration::from_secs),
            },
            ..Choice::default()
        }
    }
}
