//! `tenantcheck replay`: the same bytes again.

use super::aiming::{Aiming, Whom};
use super::output::{Output, watched};
use crate::load;
use crate::run::{Bench, Choice, Environment};
use clap::Args;

/// Sends the same bytes again, and judges the answer by the same rule.
///
/// Exits with 1 if the finding is seen again, with 0 if not, and with 3 if that could not be asked. The target is the
/// one where it was found, unless --target, the environment or the configuration names another.
#[derive(Debug, Args)]
pub(super) struct Replay {
    /// A file that holds a finding, a fingerprint of the last run, or at least four digits of one
    finding: String,
    #[command(flatten)]
    whom: Whom,
    #[command(flatten)]
    aiming: Aiming,
    #[command(flatten)]
    output: Output,
}

impl Replay {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        let kept = load::finding(&self.finding, &self.output.run_folder())?;
        let found_at = (!kept.embedded).then(|| kept.target.clone());
        let run_dir = self.output.run_dir.clone();
        let choice = self.whom.choose(Choice { found_at, run_dir, ..self.aiming.choice() });
        let bench = Bench::new(choice, &Environment::of_process())?;
        let replay = bench.replay(kept)?;
        let faces = self.output.asked(&bench)?;
        watched(faces, async |stop, emit| bench.run_replay(&replay, stop, emit).await)
    }
}
