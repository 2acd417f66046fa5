//! What evidence needs to know of one exchange.

use super::Condition;
use crate::exchange::Purpose;
use crate::verdict::Finding;
use std::time::Duration;

/// One exchange as judged.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Why it was sent.
    pub purpose: Purpose,
    /// What it says about the tenant's health.
    pub condition: Condition,
    /// Whether the status is one that the case allows.
    pub allowed: bool,
    /// Whether it may only be put off: an earlier request that was taken may still be worked on.
    pub put_off: bool,
    /// The rules that it breaks, with `failing` as the run's strictness has it.
    pub findings: Vec<Finding>,
    /// Why it cannot be judged, or not wholly.
    pub undecided: Option<String>,
    /// When it was sent, since the start of the run.
    pub sent: Duration,
    /// From the start to the end of the exchange.
    pub took: Duration,
}

impl Heard {
    /// The findings that would fail the run.
    pub fn failing(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.failing)
    }
}
