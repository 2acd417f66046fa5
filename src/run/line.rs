//! The line to the tenant: paces, numbers and sends probes, waits, and tells both.

use super::Job;
use crate::event::Event;
use crate::exchange::{Exchange, Probe, Purpose};
use crate::purse::{Pace, Pocket, Purse};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Turns true when the user interrupts the run.
pub type Stop = watch::Receiver<bool>;

/// Why nothing more is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Halt {
    /// The user interrupted.
    Interrupted,
    /// The time for a run on loopback is over.
    Ceiling,
    /// A pocket of the purse is empty.
    Purse(Pocket),
}

impl Halt {
    /// The reason, for people.
    pub(super) const fn why(self) -> &'static str {
        match self {
            Self::Interrupted => "interrupted",
            Self::Ceiling => "the time for a run on a loopback address is over",
            Self::Purse(Pocket::Deadlines) => "the purse for late answers is empty",
            Self::Purse(Pocket::Limits) => "the purse for waiting is empty",
        }
    }
}

/// The line to the tenant.
pub(super) struct Line<'a> {
    job: Job<'a>,
    stop: Stop,
    emit: &'a mut dyn FnMut(Event),
    started: Instant,
    purse: Purse,
    pace: Pace,
    /// How many requests were sent.
    pub(super) requests: u64,
    /// Whether the user interrupted.
    pub(super) interrupted: bool,
}

/// Once the purse for late answers is empty, an answer must come in this time or is not waited for.
const HURRY: Duration = Duration::from_secs(1);

impl<'a> Line<'a> {
    pub(super) fn new(job: Job<'a>, stop: Stop, emit: &'a mut dyn FnMut(Event)) -> Self {
        let purse = Purse::new(job.target.is_loopback());
        let pace = Pace::new(job.rate);
        Self { job, stop, emit, started: Instant::now(), purse, pace, requests: 0, interrupted: false }
    }

    /// Tells an event to whoever listens.
    pub(super) fn tell(&mut self, event: Event) {
        (self.emit)(event);
    }

    /// Milliseconds since the run began.
    pub(super) fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Sends a probe when its caller's pace allows, and tells the exchange.
    pub(super) async fn send(&mut self, probe: &Arc<Probe>, purpose: Purpose) -> Result<Arc<Exchange>, Halt> {
        if !self.purse.open(self.started.elapsed()) {
            return Err(Halt::Ceiling);
        }
        let pause = self.pace.book(probe.caller.as_deref().unwrap_or_default(), self.started.elapsed());
        self.sleep(pause).await?;
        let at_ms = self.elapsed_ms();
        let hurry = if self.purse.is_empty(Pocket::Deadlines) { HURRY } else { Duration::MAX };
        let wire = self.job.wire;
        let mut stop = self.stop.clone();
        self.requests += 1;
        let sent = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => Err(Halt::Interrupted),
            sent = tokio::time::timeout(hurry, wire.send(probe)) => sent.map_err(|_| Halt::Purse(Pocket::Deadlines)),
        };
        let (outcome, timing) = sent.inspect_err(|halt| self.interrupted |= *halt == Halt::Interrupted)?;
        let number = self.requests;
        let exchange = Arc::new(Exchange { number, purpose, at_ms, probe: Arc::clone(probe), outcome, timing });
        self.tell(Event::Exchange(Arc::clone(&exchange)));
        Ok(exchange)
    }

    /// Pays for time that a late answer has cost.
    pub(super) fn charge_deadline(&mut self, took: Duration) {
        self.purse.charge(Pocket::Deadlines, took);
    }

    /// Waits, if the purse pays for it, and says what for.
    pub(super) async fn wait(&mut self, why: &str, wait: Duration, pocket: Pocket) -> Result<(), Halt> {
        if !self.purse.pay(pocket, wait) {
            return Err(Halt::Purse(pocket));
        }
        let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        self.tell(Event::Wait { why: why.to_owned(), ms });
        self.sleep(wait).await
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
