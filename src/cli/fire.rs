//! What every command that fires shares: its flags and the bench that they set up.

use super::aiming::Aiming;
use crate::plan::Phase;
use crate::purse::Rate;
use crate::run::{BUDGET, Bench, Choice, Environment, JOBS, SEED};
use clap::Args;

/// The flags of every command that fires.
#[derive(Debug, Args)]
pub(super) struct Fire {
    #[command(flatten)]
    pub(super) aiming: Aiming,
    /// The root seed
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// Let a flood take the rate limit away on a target that is not loopback, from everyone who uses the same client
    #[arg(long)]
    allow_flood: bool,
    /// How fast each caller may send [default: 95/10 off loopback, as fast as it goes on loopback]
    #[arg(long, value_name = "N/SECONDS")]
    rate: Option<Rate>,
    /// How many requests the run may cost
    #[arg(long, value_name = "N", default_value_t = BUDGET)]
    budget: u64,
    /// How many requests may be under way at once
    #[arg(long, value_name = "N", default_value_t = JOBS as u64, value_parser = clap::value_parser!(u64).range(1..=64))]
    jobs: u64,
}

impl Fire {
    /// Sets up the bench for some phases.
    pub(super) fn bench(&self, phases: &[Phase]) -> anyhow::Result<Bench> {
        let choice = Choice {
            allow_flood: self.allow_flood,
            phases: phases.to_vec(),
            seed: self.seed,
            rate: self.rate,
            budget: self.budget,
            jobs: usize::try_from(self.jobs)?,
            ..self.aiming.choice()
        };
        Ok(Bench::new(choice, &Environment::of_process())?)
    }
}
