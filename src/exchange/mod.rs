//! One request as bytes, and what came back. Plain data: nothing here sends, reads or judges.

mod client;
mod coding;
mod complete;
mod disguise;
mod escape;
mod forged;
mod jwt;
mod octets;
mod outcome;
mod probe;
mod secrets;
mod target;

pub use client::Client;
pub use coding::{Decoded, decode};
pub use escape::unescaped;
pub use forged::FORGED;
pub use jwt::jwt;
pub use octets::Octets;
pub use outcome::{Answer, End, Failure, FailureKind, Outcome, Timing};
pub use probe::{Probe, Way};
pub use secrets::Secrets;
pub use target::{Target, TargetError};

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Why a probe was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// For the case itself.
    Case,
    /// To see whether the operation works at all at this time.
    Control,
    /// To see a finding again.
    Again,
    /// To see a finding in a smaller request.
    Shrink,
}

/// A probe, what came back (or how it failed), and when.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Exchange {
    /// The number of the exchange in the run, from 1.
    pub number: u64,
    /// Why it was sent.
    pub purpose: Purpose,
    /// Milliseconds between the start of the run and the sending.
    pub at_ms: u64,
    /// What was sent; secrets stand as markers.
    pub probe: Arc<Probe>,
    /// What came back; secrets stand as markers.
    pub outcome: Outcome,
    /// How long it took.
    pub timing: Timing,
}

impl Exchange {
    /// The answer, if one began to arrive.
    pub fn answer(&self) -> Option<&Answer> {
        match &self.outcome {
            Outcome::Answered(answer) => Some(answer),
            Outcome::Failed(_) => None,
        }
    }

    /// The status of the answer, if one began to arrive.
    pub fn status(&self) -> Option<u16> {
        self.answer().map(|answer| answer.status)
    }
}
