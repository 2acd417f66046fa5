//! What every command that fires shares: its flags and the bench that they set up.

use crate::run::{Bench, Choice, Environment, SEED};
use clap::Args;
use std::path::PathBuf;

/// The flags of every command that fires.
#[derive(Debug, Args)]
pub(super) struct Fire {
    /// The tenant's base URL [env: SAIL_BASE_URL; without any, the embedded tenant is started]
    #[arg(long, value_name = "URL")]
    target: Option<String>,
    /// The configuration [default: tenantcheck.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A folder that holds `schemas/` and `cases/`, instead of the embedded contract
    #[arg(long, value_name = "DIR")]
    contract: Option<PathBuf>,
    /// The root seed
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// Let broken `should` rules, recorded errata, open-enum news and inconclusive cases fail the run
    #[arg(long)]
    strict: bool,
    /// Let uploads name the sources of [world] on a target that is not loopback: it changes the tenant
    #[arg(long)]
    allow_writes: bool,
    /// The largest body that is read, in bytes [default: 33554432]
    #[arg(long, value_name = "BYTES")]
    max_body: Option<u64>,
}

impl Fire {
    /// Sets up the bench.
    pub(super) fn bench(&self) -> anyhow::Result<Bench> {
        let choice = Choice {
            target: self.target.clone(),
            config: self.config.clone(),
            contract: self.contract.clone(),
            allow_writes: self.allow_writes,
            strict: self.strict,
            seed: self.seed,
            max_body: self.max_body,
        };
        Ok(Bench::new(choice, &Environment::of_process())?)
    }
}
