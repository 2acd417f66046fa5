//! `tenantcheck flood`: the rate-limit promise alone.

use super::check::Salvo;
use crate::plan::Phase;
use clap::Args;

/// Checks the rate limit alone: a burst on the read-only operation, and what comes after the announced wait.
#[derive(Debug, Args)]
pub(super) struct Flood {
    #[command(flatten)]
    salvo: Salvo,
}

impl Flood {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        self.salvo.run(&[], &[Phase::Flood], None, false)
    }
}
