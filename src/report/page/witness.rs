//! Remembers the latest exchanges, so that a finding can show the one it names. Holds a few megabytes at most.

use super::bytes::LOOKED_AT;
use super::shell;
use crate::event::Event;
use crate::exchange::Exchange;
use crate::report::cut::cut;
use crate::report::keep::shows_alone;
use crate::verdict::Finding;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

const MOST: usize = 2_000;
const MOST_BYTES: usize = 16 * 1024 * 1024;
const HEAD: usize = 16 * 1024;

/// The target of the run and its latest exchanges.
#[derive(Debug, Default)]
pub struct Witness {
    target: String,
    /// The arguments that send something again.
    again: Vec<String>,
    flooded: BTreeSet<String>,
    latest: VecDeque<Seen>,
    bytes: usize,
}

/// An exchange, a large body perhaps cut, with the whole lengths of its bodies in bytes.
#[derive(Debug)]
pub struct Seen {
    /// The exchange.
    pub exchange: Arc<Exchange>,
    /// The length of the request's body.
    pub sent: u64,
    /// The length of the answer's body.
    pub received: u64,
}

impl Witness {
    /// Looks at an event.
    pub fn observe(&mut self, event: &Event) {
        match event {
            Event::Run(start) => {
                self.target.clone_from(&start.target);
                self.again.clone_from(&start.again);
            }
            Event::Exchange(exchange) => self.remember(exchange),
            Event::Flood(flood) => drop(self.flooded.insert(flood.case.clone())),
            _ => {}
        }
    }

    /// The base URL of the tenant.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Whether a finding can be shown again without a burst.
    pub fn shows_alone(&self, finding: &Finding) -> bool {
        shows_alone(finding, &self.flooded)
    }

    /// The command that sends a finding again, or where that takes a burst, the one that checks its case again.
    pub fn again(&self, finding: &Finding) -> Option<String> {
        if self.shows_alone(finding) {
            return shell::replay(&finding.fingerprint, &self.again);
        }
        self.recheck(finding)
    }

    /// The command that checks a finding's case again.
    pub fn recheck(&self, finding: &Finding) -> Option<String> {
        shell::recheck(&self.exchange(finding.exchange)?.exchange.probe, &self.again)
    }

    /// Finds an exchange by its number, if it is not too long ago.
    pub fn exchange(&self, number: u64) -> Option<&Seen> {
        self.latest.iter().rev().find(|seen| seen.exchange.number == number)
    }

    fn remember(&mut self, exchange: &Arc<Exchange>) {
        let seen = Seen::of(exchange);
        self.bytes += seen.weight();
        self.latest.push_back(seen);
        while self.latest.len() > MOST || (self.bytes > MOST_BYTES && self.latest.len() > 1) {
            self.bytes -= self.latest.pop_front().map_or(0, |seen| seen.weight());
        }
    }
}

impl Seen {
    fn of(exchange: &Arc<Exchange>) -> Self {
        let received = exchange.answer().map_or(0, |answer| answer.body.0.len());
        let sent = exchange.probe.body.0.len();
        let large = sent.max(received) > LOOKED_AT;
        let kept = if large { Arc::new(cut(exchange, LOOKED_AT, HEAD)) } else { Arc::clone(exchange) };
        Self { exchange: kept, sent: sent as u64, received: received as u64 }
    }

    fn weight(&self) -> usize {
        let answer = self.exchange.answer().map_or(0, |answer| answer.body.0.len() + headers(&answer.headers));
        let probe = &self.exchange.probe;
        1_024 + answer + probe.body.0.len() + probe.target.0.len() + headers(&probe.headers)
    }
}

fn headers(headers: &[(String, crate::exchange::Octets)]) -> usize {
    headers.iter().map(|(name, value)| name.len() + value.0.len()).sum()
}
