//! What a rule may look at: the case, the operation, and the exchange that is judged.

use crate::contract::{Case, Operation};
use crate::exchange::{Exchange, Probe};

/// What a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The case that was asked.
    pub case: &'a Case,
    /// The operation that it was sent to.
    pub operation: &'a Operation,
    /// What was sent and what came back.
    pub exchange: &'a Exchange,
}

impl<'a> Scene<'a> {
    /// The request.
    pub fn probe(&self) -> &'a Probe {
        &self.exchange.probe
    }

    /// Whether the answer has no body by the method's nature.
    pub fn bodiless(&self) -> bool {
        self.probe().method == "HEAD"
    }

    /// Whether the case allows this status.
    pub fn allows(&self, status: u16) -> bool {
        self.case.expect.statuses.contains(&status)
    }
}
