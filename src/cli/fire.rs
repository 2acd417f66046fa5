//! What every command that fires shares: its flags and the choice that they make.

use super::aiming::Aiming;
use super::named::from_one;
use crate::event::Extent;
use crate::plan::Phase;
use crate::purse::Rate;
use crate::run::{BUDGET, Choice, Gauge, JOBS, SEED};
use clap::Args;
use std::hash::{BuildHasher as _, RandomState};

/// The flags of every command that fires.
#[derive(Debug, Args)]
pub(super) struct Fire {
    #[command(flatten)]
    pub(super) aiming: Aiming,
    /// The root seed [default: 1; a random one for fuzz, which prints it]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Let a flood take the rate limit away on a target that is not loopback, from everyone who uses the same client
    #[arg(long)]
    allow_flood: bool,
    /// How fast each caller may send [default: 95/10 off loopback, as fast as it goes on loopback]
    #[arg(long, value_name = "N/SECONDS")]
    rate: Option<Rate>,
    /// How many requests the run may cost [default: 600; for fuzz as many as its campaign needs]
    #[arg(long, value_name = "N", value_parser = from_one)]
    budget: Option<u64>,
    /// How many requests may be under way at once
    #[arg(long, value_name = "N", default_value_t = JOBS as u64, value_parser = clap::value_parser!(u64).range(1..=64))]
    jobs: u64,
}

impl Fire {
    /// The choice for some phases, or for a campaign of its own; contract coverage is measured.
    pub(super) fn choice(&self, phases: &[Phase], campaign: Option<Extent>) -> anyhow::Result<Choice> {
        let budget = match campaign {
            None => BUDGET,
            // What is under way when they are sent is brought to its end.
            Some(Extent::Requests(requests)) => requests.saturating_add(BUDGET),
            Some(Extent::Ms(_)) => u64::MAX,
        };
        Ok(Choice {
            allow_flood: self.allow_flood,
            phases: phases.to_vec(),
            seed: self.seed.unwrap_or_else(|| campaign.map_or(SEED, |_| random())),
            rate: self.rate,
            budget: self.budget.unwrap_or(budget),
            jobs: usize::try_from(self.jobs)?,
            campaign,
            gauge: Some(Gauge::default()),
            ..self.aiming.choice()
        })
    }
}

/// A seed that a person can copy by hand.
fn random() -> u64 {
    RandomState::new().hash_one(SEED) % 1_000_000
}
