//! The line to the tenant: paces, numbers and sends probes, waits, and tells both.

use super::Job;
use super::stretch::Stretches;
use crate::event::Event;
use crate::evidence::Condition;
use crate::exchange::{Exchange, Outcome, Probe, Purpose, Secrets, Timing};
use crate::purse::{Pace, Pocket, Purse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Turns true when the user interrupts the run.
pub type Stop = watch::Receiver<bool>;

/// A wait that is due.
pub(super) struct Waiting<'a> {
    pub(super) why: &'a str,
    pub(super) wait: Duration,
    /// Since when, counted from the start of the run.
    pub(super) since: Duration,
    pub(super) pocket: Pocket,
    pub(super) caller: &'a str,
}

/// Why nothing more is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Halt {
    /// The user interrupted.
    Interrupted,
    /// The time for a run on loopback is over.
    Ceiling,
    /// The budget of requests is spent.
    Budget,
    /// A pocket of the purse is empty.
    Purse(Pocket),
}

impl Halt {
    /// The reason, for people.
    pub(super) const fn why(self) -> &'static str {
        match self {
            Self::Interrupted => "interrupted",
            Self::Budget => "the budget of requests is spent",
            Self::Ceiling => "the time for a run on a loopback address is over",
            Self::Purse(Pocket::Deadlines) => "the purse for late answers is empty",
            Self::Purse(Pocket::Limits) => "the purse for waiting is empty",
        }
    }
}

/// The line to the tenant.
pub(super) struct Line<'a> {
    pub(super) job: Job<'a>,
    pub(super) stop: Stop,
    emit: &'a mut dyn FnMut(Event),
    started: Instant,
    /// The same by the clock on the wall.
    began: SystemTime,
    purse: Purse,
    pace: Pace,
    /// Until when (since the start) each caller is known to be limited.
    limited: BTreeMap<String, Duration>,
    /// How long callers were limited so far.
    pub(super) stretches: Stretches,
    in_flight: u64,
    /// When the probe of the last exchange went out.
    pub(super) sent: Instant,
    /// How many tokens were asked for.
    pub(super) fetches: u64,
    /// How many requests were sent and heard of.
    pub(super) requests: u64,
    /// Whether the user interrupted.
    pub(super) interrupted: bool,
    /// The statuses that came, by operation.
    pub(super) statuses: BTreeSet<(String, u16)>,
    /// Whether the tenant bears one request at a time only.
    crowded: bool,
    /// How many requests there were when something was last waited for.
    waited: Option<u64>,
}

/// A probe on its way. Dropping it calls it back.
pub(super) struct Flight {
    probe: Arc<Probe>,
    task: JoinHandle<Result<Landed, Halt>>,
}

/// What became of a probe, and when it was sent, counted from the start of the run.
pub(super) struct Landed {
    pub(super) at: Duration,
    pub(super) outcome: Outcome,
    pub(super) timing: Timing,
}

/// Once the purse for late answers is empty, an answer must come in this time or is not waited for.
const HURRY: Duration = Duration::from_secs(1);
/// Who lets fewer requests than this through between two waits is asked one at a time.
const SPARSE: u64 = 16;
/// Nothing is sent ahead of its turn when less than this is left of the budget, so that every verdict is as if
/// nothing ever was.
const RESERVE: u64 = 64;

impl<'a> Line<'a> {
    pub(super) fn new(job: Job<'a>, stop: Stop, emit: &'a mut dyn FnMut(Event)) -> Self {
        // A campaign ends by its own extent.
        let bounded = job.target.is_loopback() && job.campaign.is_none();
        let purse = Purse::new(job.target.is_loopback(), job.waits).bounded(bounded);
        let (pace, limited) = (Pace::new(job.rate), BTreeMap::new());
        let (started, began) = (Instant::now(), SystemTime::now());
        let (sent, in_flight, fetches, requests, interrupted) = (started, 0, 0, 0, false);
        let (statuses, crowded, waited) = (BTreeSet::new(), false, None);
        let stretches = Stretches::default();
        Self {
            job,
            stop,
            emit,
            started,
            began,
            purse,
            pace,
            limited,
            stretches,
            in_flight,
            sent,
            fetches,
            requests,
            interrupted,
            statuses,
            crowded,
            waited,
        }
    }

    /// Tells an event to whoever listens.
    pub(super) fn tell(&mut self, event: Event) {
        (self.emit)(event);
    }

    /// Milliseconds since the run began.
    pub(super) fn elapsed_ms(&self) -> u64 {
        millis(self.started.elapsed())
    }

    /// Whether the time for sending is not over.
    pub(super) fn is_open(&self) -> bool {
        self.purse.open(self.started.elapsed())
    }

    /// Whether a probe may be sent ahead of its turn.
    pub(super) fn has_room(&self) -> bool {
        !self.crowded && self.requests + self.in_flight + RESERVE <= self.job.budget
    }

    /// Lets so many more requests be sent and no more; the budget as it was, to be given back.
    pub(super) fn cap(&mut self, most: u64) -> u64 {
        let capped = self.job.budget.min(self.requests + self.in_flight + most);
        std::mem::replace(&mut self.job.budget, capped)
    }

    /// Gives the budget back.
    pub(super) fn uncap(&mut self, budget: u64) {
        self.job.budget = budget;
    }

    /// Sends a probe when its caller's pace and limit allow, and tells the exchange.
    pub(super) async fn send(&mut self, probe: &Arc<Probe>, purpose: Purpose) -> Result<Arc<Exchange>, Halt> {
        let flight = self.launch(probe)?;
        self.land(flight, purpose).await
    }

    /// Sends a probe without waiting for its answer.
    pub(super) fn launch(&mut self, probe: &Arc<Probe>) -> Result<Flight, Halt> {
        let now = self.started.elapsed();
        if !self.purse.open(now) {
            return Err(Halt::Ceiling);
        }
        if self.requests + self.in_flight >= self.job.budget {
            return Err(Halt::Budget);
        }
        let caller = probe.caller.as_deref().unwrap_or_default();
        let limit = self.limited.get(caller).copied().unwrap_or_default().saturating_sub(now);
        let pause = self.pace.book(caller, now + limit) + limit;
        let hurry = if self.purse.is_empty(Pocket::Deadlines) { HURRY } else { Duration::MAX };
        self.in_flight += 1;
        let probe = self.job.wire.settled(probe);
        let (wire, started, sent) = (Arc::clone(self.job.wire), self.started, Arc::clone(&probe));
        let task = tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            // Without a new token the old one shows what it is still worth.
            for caller in sent.caller.iter().chain(&Secrets::forgers(&sent)) {
                let _told_later = wire.freshen(Some(caller)).await;
            }
            let at = started.elapsed();
            let late = |_| Halt::Purse(Pocket::Deadlines);
            let (outcome, timing) = tokio::time::timeout(hurry, wire.send(&sent)).await.map_err(late)?;
            Ok(Landed { at, outcome, timing })
        });
        Ok(Flight { probe, task })
    }

    /// Waits for the answer to a probe, and tells the exchange.
    pub(super) async fn land(&mut self, mut flight: Flight, purpose: Purpose) -> Result<Arc<Exchange>, Halt> {
        let mut stop = self.stop.clone();
        let landed = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => Err(Halt::Interrupted),
            landed = &mut flight.task => landed.unwrap_or(Err(Halt::Interrupted)),
        };
        self.in_flight = self.in_flight.saturating_sub(1);
        match landed {
            Ok(landed) => Ok(self.landed(&flight.probe, purpose, landed)),
            Err(halt) => {
                self.requests += 1;
                self.tell_fetches();
                self.interrupted |= halt == Halt::Interrupted;
                Err(halt)
            }
        }
    }

    /// What a burst needs to send past pace and turn: when the run began, and whether the user interrupts.
    pub(super) fn burst(&self) -> (Instant, Stop) {
        (self.started, self.stop.clone())
    }

    /// Numbers and tells an exchange.
    pub(super) fn landed(
        &mut self,
        probe: &Arc<Probe>,
        purpose: Purpose,
        Landed { at, outcome, timing }: Landed,
    ) -> Arc<Exchange> {
        self.requests += 1;
        self.tell_fetches();
        self.sent = self.started + at;
        let (number, at_ms, probe) = (self.requests, millis(at), Arc::clone(probe));
        let exchange = Arc::new(Exchange { number, purpose, at_ms, probe, outcome, timing });
        let end = at + Duration::from_micros(exchange.timing.total_us);
        let caller = exchange.probe.caller.as_deref().unwrap_or_default();
        self.stretches.hear(caller, &self.condition(&exchange), end);
        self.statuses.extend(exchange.status().map(|status| (exchange.probe.operation.clone(), status)));
        self.tell(Event::Exchange(Arc::clone(&exchange)));
        exchange
    }

    /// What an exchange says about the tenant's health.
    pub(super) fn condition(&self, exchange: &Exchange) -> Condition {
        let end = Duration::from_millis(exchange.at_ms) + Duration::from_micros(exchange.timing.total_us);
        Condition::of(exchange, self.began + end)
    }

    /// Forgets a probe whose answer nobody wants any more.
    pub(super) fn recall(&mut self, flight: &Flight) {
        flight.task.abort();
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Pays for time that a late answer has cost.
    pub(super) fn charge_deadline(&mut self, took: Duration) {
        self.purse.charge(Pocket::Deadlines, took);
        self.crowded |= self.in_flight > 0;
    }

    /// Lets the tenant rest until then, if the purse pays for it.
    pub(super) async fn rest(&mut self, due: Duration) -> Result<(), Halt> {
        let rest = due.saturating_sub(self.started.elapsed());
        self.pay(Pocket::Limits, rest, due)?;
        self.sleep(rest).await
    }

    fn pay(&mut self, pocket: Pocket, rest: Duration, due: Duration) -> Result<(), Halt> {
        let mut purse = self.purse.clone();
        if !purse.pay(pocket, rest) {
            return Err(Halt::Purse(pocket));
        }
        if !purse.open(due) {
            return Err(Halt::Ceiling);
        }
        self.purse = purse;
        Ok(())
    }

    /// Waits from the end of an exchange on, if the purse pays for it, and says what for. What the wait is for holds
    /// for the caller, so that nothing is sent for it meanwhile.
    pub(super) async fn wait(&mut self, wait: &Waiting<'_>) -> Result<(), Halt> {
        let due = wait.since.saturating_add(wait.wait);
        let rest = due.saturating_sub(self.started.elapsed());
        if rest.is_zero() {
            return Ok(());
        }
        self.pay(wait.pocket, rest, due)?;
        // Where so little comes through between two waits, several requests at once may be what is too much.
        self.crowded |= self.waited.is_some_and(|before| self.requests < before + SPARSE);
        self.waited = Some(self.requests);
        let limit = self.limited.entry(wait.caller.to_owned()).or_default();
        *limit = due.max(*limit);
        self.tell(Event::Wait { why: wait.why.to_owned(), ms: millis(rest) });
        self.sleep(rest).await
    }

    /// Whether the purse and the time for sending hold such a wait for a limit.
    pub(super) fn affords(&self, wait: Duration) -> bool {
        self.purse.clone().pay(Pocket::Limits, wait) && self.purse.open(self.started.elapsed().saturating_add(wait))
    }

    async fn sleep(&mut self, wait: Duration) -> Result<(), Halt> {
        if wait.is_zero() {
            return Ok(());
        }
        let mut stop = self.stop.clone();
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => {
                self.interrupted = true;
                Err(Halt::Interrupted)
            }
            () = tokio::time::sleep(wait) => Ok(()),
        }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
