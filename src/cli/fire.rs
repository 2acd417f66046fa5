//! What every command that fires shares: its flags and the bench that they set up.

use crate::event::Extent;
use crate::plan::Phase;
use crate::purse::{Rate, Waits};
use crate::run::{BUDGET, Bench, Choice, Environment, JOBS, SEED};
use clap::Args;
use std::hash::{BuildHasher as _, RandomState};
use std::path::PathBuf;
use std::time::Duration;

/// The flags of every command that fires.
#[derive(Debug, Args)]
pub(super) struct Fire {
    /// The tenant's base URL [env: `SAIL_BASE_URL`; without any, the embedded tenant is started]
    #[arg(long, value_name = "URL")]
    target: Option<String>,
    /// The configuration [default: tenantcheck.toml, where there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A folder that holds `schemas/` and `cases/`, instead of the embedded contract
    #[arg(long, value_name = "DIR")]
    contract: Option<PathBuf>,
    /// The root seed [default: 1; a random one for fuzz, which prints it]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Let broken `should` rules, recorded errata, open-enum news and inconclusive cases fail the run
    #[arg(long)]
    strict: bool,
    /// Let uploads name the sources of [world] on a target that is not loopback: it changes the tenant
    #[arg(long)]
    allow_writes: bool,
    /// Let a flood take the rate limit away on a target that is not loopback, from everyone who uses the same client
    #[arg(long)]
    allow_flood: bool,
    /// How fast each caller may send [default: 95/10 off loopback, as fast as it goes on loopback]
    #[arg(long, value_name = "N/SECONDS")]
    rate: Option<Rate>,
    /// How many requests the run may cost [default: 600; for fuzz as many as its campaign needs]
    #[arg(long, value_name = "N")]
    budget: Option<u64>,
    /// How many requests may be under way at once
    #[arg(long, value_name = "N", default_value_t = JOBS as u64, value_parser = clap::value_parser!(u64).range(1..=64))]
    jobs: u64,
    /// Seconds that the run may spend on late answers [default: 30 on loopback, 300 elsewhere]
    #[arg(long, value_name = "SECONDS")]
    wait_deadlines: Option<u64>,
    /// Seconds that the run may spend on rate limits and outages [default: 60 on loopback, 600 elsewhere]
    #[arg(long, value_name = "SECONDS")]
    wait_limits: Option<u64>,
    /// The largest body that is read, in bytes [default: 33554432]
    #[arg(long, value_name = "BYTES")]
    max_body: Option<u64>,
}

impl Fire {
    /// Sets up the bench for some phases, or for a campaign of its own.
    pub(super) fn bench(&self, phases: &[Phase], campaign: Option<Extent>) -> anyhow::Result<Bench> {
        let budget = match campaign {
            None => BUDGET,
            // What a finding costs comes on top.
            Some(Extent::Requests(requests)) => requests.saturating_add(BUDGET),
            Some(Extent::Ms(_)) => u64::MAX,
        };
        let choice = Choice {
            target: self.target.clone(),
            config: self.config.clone(),
            contract: self.contract.clone(),
            allow_writes: self.allow_writes,
            allow_flood: self.allow_flood,
            phases: phases.to_vec(),
            strict: self.strict,
            seed: self.seed.unwrap_or_else(|| campaign.map_or(SEED, |_| random())),
            max_body: self.max_body,
            rate: self.rate,
            waits: Waits {
                deadlines: self.wait_deadlines.map(Duration::from_secs),
                limits: self.wait_limits.map(Duration::from_secs),
            },
            budget: self.budget.unwrap_or(budget),
            jobs: usize::try_from(self.jobs)?,
            campaign,
        };
        Ok(Bench::new(choice, &Environment::of_process())?)
    }
}

/// A seed that a person can copy by hand.
fn random() -> u64 {
    RandomState::new().hash_one(SEED) % 1_000_000
}
