//! An open-loop burst: requests start as fast as the connections carry them, whatever becomes of the earlier ones.

use crate::check::{Judgement, form};
use crate::contract::Case;
use crate::evidence::{Condition, Memory, is_by_our_clock};
use crate::exchange::{Exchange, Probe, Purpose};
use crate::run::Court;
use crate::run::line::{Halt, Landed};
use crate::run::strict::Measure;
use crate::verdict::Finding;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// The most requests that are under way at once.
const AT_ONCE: usize = 64;
/// A tenant that answers nothing for this long stands still.
const STANDSTILL: Duration = Duration::from_secs(2);

/// What is kept of one answer of a burst.
pub(super) struct Heard {
    pub(super) condition: Condition,
    /// Whether the wait that it announces can be measured by our own clock only.
    pub(super) by_our_clock: bool,
    pub(super) status: Option<u16>,
    pub(super) form: String,
    /// Whether its status is one that the case allows.
    pub(super) served: bool,
    pub(super) took: Duration,
    /// When it ended, counted from the start of the run.
    pub(super) end: Duration,
}

/// What came after a burst.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct After {
    /// The wait that the burst's limits announced, the one that ends last.
    pub(super) announced: Option<Duration>,
    /// How many requests were answered after it, or after the waits of those before them, and not served.
    pub(super) in_vain: u32,
    /// Whether the wait was true, give or take a second; `None` where that is not known.
    pub(super) honest: Option<bool>,
    /// When the one that was served ended, counted from the start of the run.
    pub(super) served: Option<Duration>,
}

/// What a burst brought.
#[derive(Default)]
pub(super) struct Burst {
    /// How many requests the run had sent before.
    pub(super) before: u64,
    pub(super) at_once: u64,
    /// Whether the run has met a limit that outlasted its wait before.
    pub(super) suspect: bool,
    pub(super) heard: Vec<Heard>,
    /// When its last answer ended.
    pub(super) ended: Duration,
    /// What came after the wait.
    pub(super) after: After,
    /// Why nothing more was sent, where that was not the burst's own end.
    pub(super) halt: Option<Halt>,
    /// Why a part of it decides nothing.
    pub(super) undecided: Option<String>,
    /// Whether the token was refused after the wait, so that nothing more can be known.
    pub(super) refused: bool,
    /// The requests that got no answer in time, judged when the burst is over.
    silent: Vec<Arc<Exchange>>,
    /// By fingerprint, with how many answers showed it.
    findings: BTreeMap<String, Finding>,
    /// The fingerprints of those that requests after the wait have shown again.
    repeated: BTreeSet<String>,
}

impl Burst {
    /// How many answers were 429.
    pub(super) fn limits(&self) -> u64 {
        self.heard.iter().filter(|heard| heard.is_limit()).count() as u64
    }

    /// Whether it has a failing finding that was not seen again yet.
    pub(super) fn has_news(&self, memory: &Memory) -> bool {
        let known = |finding: &Finding| memory.is_stable(finding) || self.has_repeated(finding);
        self.findings.values().any(|finding| finding.failing && !known(finding))
    }

    /// Its findings, each once.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.values()
    }

    /// The finding that is the same as another.
    pub(super) fn shows(&self, finding: &Finding) -> Option<&Finding> {
        self.findings.get(&finding.fingerprint)
    }

    /// Whether requests after the wait have shown a finding again.
    pub(super) fn has_repeated(&self, finding: &Finding) -> bool {
        self.repeated.contains(&finding.fingerprint)
    }

    /// Takes in what the judge says of an answer to the same bytes, sent long after those that it has.
    pub(super) fn repeat(&mut self, judgement: Judgement, measure: Measure<'_>) {
        let known = judgement.findings.iter().filter(|finding| self.shows(finding).is_some());
        let known: Vec<String> = known.map(|finding| finding.fingerprint.clone()).collect();
        self.repeated.extend(known);
        self.take(judgement, measure);
    }

    fn add(&mut self, finding: Finding) {
        match self.findings.get_mut(&finding.fingerprint) {
            Some(known) => known.seen += finding.seen,
            None => drop(self.findings.insert(finding.fingerprint.clone(), finding)),
        }
    }

    /// Takes in what the judge says of an answer, with `failing` as the run has it.
    pub(super) fn take(&mut self, judgement: Judgement, measure: Measure<'_>) {
        judgement.findings.into_iter().for_each(|finding| self.add(measure.settle(finding)));
        self.undecided = self.undecided.take().or(judgement.undecided);
    }
}

impl Heard {
    /// What is kept of an exchange.
    pub(super) fn of(case: &Case, exchange: &Exchange, condition: Condition) -> Self {
        let took = Duration::from_micros(exchange.timing.total_us);
        let status = exchange.status();
        Self {
            condition,
            by_our_clock: is_by_our_clock(exchange),
            status,
            form: form(exchange),
            served: status.is_some_and(|status| case.expect.statuses.contains(&status)),
            took,
            end: Duration::from_millis(exchange.at_ms) + took,
        }
    }

    /// Whether it is a 429.
    pub(super) fn is_limit(&self) -> bool {
        matches!(self.condition, Condition::Limited(_))
    }
}

impl Court<'_> {
    /// Sends at most `most` requests, until the first 429 or the first answer that does not come in time.
    pub(super) async fn burst(&mut self, case: &Case, probe: &Arc<Probe>, most: u64, purpose: Purpose) -> Burst {
        let (before, suspect) = (self.line.requests, self.line.stretches.outlasts());
        let mut burst = Burst { before, suspect, ..Burst::default() };
        let most = most.min(self.job.budget.saturating_sub(self.line.requests));
        let (started, mut stop) = self.line.burst();
        let wire = self.job.wire;
        let mut flights = FuturesUnordered::new();
        let (mut sent, mut open) = (0, true);
        loop {
            open &= self.line.is_open();
            while open && sent < most && flights.len() < AT_ONCE {
                sent += 1;
                flights.push(async {
                    let at = started.elapsed();
                    let (outcome, timing) = wire.send(probe).await;
                    Landed { at, outcome, timing }
                });
            }
            burst.at_once = burst.at_once.max(flights.len() as u64);
            let landed = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => None,
                landed = flights.next() => landed,
            };
            let Some(landed) = landed else { break };
            let exchange = self.line.landed(probe, purpose, landed);
            open &= self.heard(case, exchange, &mut burst);
        }
        self.silent(case, &mut burst);
        self.settle(&mut burst, sent, most);
        burst
    }

    /// Takes in an answer; whether the burst goes on after it.
    fn heard(&mut self, case: &Case, exchange: Arc<Exchange>, burst: &mut Burst) -> bool {
        let heard = Heard::of(case, &exchange, self.line.condition(&exchange));
        let (silent, limit) = (heard.condition == Condition::Silent, heard.is_limit());
        burst.ended = burst.ended.max(heard.end);
        burst.heard.push(heard);
        if silent {
            burst.silent.push(exchange);
        } else {
            let judgement = self.job.judge.burst(case, &exchange, &mut self.ledger);
            burst.take(judgement, self.job.measure());
        }
        !silent && !limit
    }

    /// Judges what got no answer in time. As long as others are answered, what comes too late waits its turn.
    fn silent(&mut self, case: &Case, burst: &mut Burst) {
        let ends = |silent: bool| {
            let heard = burst.heard.iter().filter(move |heard| (heard.condition == Condition::Silent) == silent);
            heard.map(|heard| heard.end)
        };
        let Some(first) = ends(true).min() else { return };
        let took =
            burst.heard.iter().filter(|heard| heard.condition == Condition::Silent).map(|heard| heard.took).max();
        self.line.charge_deadline(took.unwrap_or_default());
        if ends(false).max().is_some_and(|last| last + STANDSTILL > first) {
            let why = format!(
                "{} answers did not come in time, while others came: a slow tenant is not judged",
                burst.silent.len()
            );
            burst.undecided = burst.undecided.take().or(Some(why));
            return;
        }
        for exchange in std::mem::take(&mut burst.silent) {
            let judgement = self.job.judge.burst(case, &exchange, &mut self.ledger);
            burst.take(judgement, self.job.measure());
        }
    }

    /// Tells what ended a burst.
    fn settle(&mut self, burst: &mut Burst, sent: u64, most: u64) {
        let unheard = sent - burst.heard.len() as u64;
        if most == 0 {
            burst.halt = Some(Halt::Budget);
        } else if unheard > 0 {
            // What was under way when the user interrupted was sent all the same.
            self.line.requests += unheard;
            self.line.interrupted = true;
            burst.halt = Some(Halt::Interrupted);
        } else if !self.line.is_open() && burst.limits() == 0 && sent < most {
            burst.halt = Some(Halt::Ceiling);
        }
    }
}
