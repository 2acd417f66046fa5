//! After the burst: waits as the tenant says, and sees whether it serves again.

use super::burst::{Burst, Heard};
use crate::contract::Case;
use crate::evidence::Condition;
use crate::exchange::{Exchange, Probe, Purpose};
use crate::purse::Pocket;
use crate::run::Court;
use crate::run::line::{Halt, Waiting};
use std::sync::Arc;
use std::time::Duration;

/// A further request comes no sooner than this after the one before it: waits come in whole seconds, which may be
/// rounded down.
const GRACE: Duration = Duration::from_secs(1);
/// Waits for a tenant that is still limited after that, before a second burst.
const LONGER: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(8)];
/// After this many requests that waited in vain the announced wait was not true: the second comes a second later.
const UNTRUE: u32 = 2;
/// After this many it was not true twice, and no second burst is needed for it: one less where earlier limits of the run
/// outlasted their waits too.
const TWICE: u32 = 2 * UNTRUE;
const UNAUTHORIZED: u16 = 401;

impl Burst {
    /// The announced wait that ends last, and when it began.
    fn wait(&self) -> Option<(Duration, Duration)> {
        let announced = self.heard.iter().filter_map(|heard| announced(heard).map(|wait| (wait, heard.end)));
        announced.max_by_key(|(wait, end)| end.saturating_add(*wait))
    }

    /// Whether it was not served again although the wait was honoured, a second more, and the next wait besides.
    pub(super) fn is_unkept(&self) -> bool {
        self.after.in_vain >= UNTRUE
    }

    /// Whether the waits were not true twice.
    fn is_unkept_twice(&self) -> bool {
        self.after.in_vain + u32::from(self.suspect) >= TWICE
    }

    /// Takes in what came after so long a wait.
    fn hear_after(&mut self, heard: &Heard, waited: Duration) {
        self.after.served = heard.served.then_some(heard.end);
        self.after.in_vain += u32::from(!heard.served);
        // What came late by its own word may have been counted against the caller again.
        let late = self.after.in_vain > 0 && waited > GRACE;
        self.after.honest = match (self.is_unkept(), heard.served) {
            (true, _) => Some(false),
            (false, true) if !late => Some(true),
            (false, _) => None,
        };
    }

    /// Nothing was asked after the wait, and why.
    fn unanswered(&mut self, halt: Halt, wait: Duration) {
        self.halt = Some(halt);
        let why = match halt {
            Halt::Purse(_) => {
                format!("a 429 announces a wait of {} s, which the purse for waiting does not hold", wait.as_secs())
            }
            other => format!("what comes after the wait of a 429 is not known: {}", other.why()),
        };
        self.undecided = self.undecided.take().or(Some(why));
    }
}

fn announced(heard: &Heard) -> Option<Duration> {
    match heard.condition {
        Condition::Limited(wait) => wait,
        _ => None,
    }
}

impl Court<'_> {
    /// Waits as the limits of a burst say, then asks with one request at a time, until it is served or the announced
    /// wait was not true twice.
    pub(super) async fn after(&mut self, case: &Case, probe: &Arc<Probe>, burst: &mut Burst) {
        let Some((mut wait, mut since)) = burst.wait().filter(|_| burst.halt.is_none()) else { return };
        burst.after.announced = Some(wait);
        let caller = probe.caller.as_deref().unwrap_or_default();
        while !burst.is_unkept_twice() && burst.after.served.is_none() {
            let (why, pocket) = ("the limit that the burst met (429)", Pocket::Limits);
            let exchange = match self.line.wait(&Waiting { why, wait, since, pocket, caller }).await {
                Ok(()) => self.line.send(probe, Purpose::Control).await,
                Err(halt) => Err(halt),
            };
            let exchange = match exchange {
                Ok(exchange) => exchange,
                Err(halt) => return burst.unanswered(halt, wait),
            };
            let heard = Heard::of(case, &exchange, self.line.condition(&exchange));
            burst.hear_after(&heard, wait);
            if heard.condition == Condition::Denied(UNAUTHORIZED) {
                let why = "401 came after the wait: the token may have expired meanwhile".to_owned();
                burst.refused = true;
                burst.undecided = burst.undecided.take().or(Some(why));
                return;
            }
            self.judge_after(case, &exchange, burst);
            if heard.is_limit() && (announced(&heard).is_none() || heard.by_our_clock) {
                // Nothing was announced, so nothing can be untrue; that it was not is a finding of its own. By another
                // clock than the tenant's nothing is untrue either.
                return;
            }
            (wait, since) = (announced(&heard).unwrap_or_default().max(GRACE), heard.end);
        }
    }

    /// Where the run has met limits before, a burst starts when nothing that was sent before counts towards its limit, so
    /// that all of the wait that it needs is seen.
    pub(super) async fn settle_down(&mut self, caller: &str) {
        let quiet = self.line.stretches.quiet();
        // The waits after the burst come first.
        if self.line.affords(2 * quiet) {
            let _best_effort = self.quiet(quiet, caller).await;
        }
    }

    /// Waits until a second burst starts as the first did: served again, and with nothing in the limit's window. A limit
    /// that stays is none the less worth a second burst. Not on an interrupt or an empty purse.
    pub(super) async fn comes_to_rest(&mut self, probe: &Arc<Probe>, burst: &Burst) -> bool {
        if burst.after.served.is_none() {
            return self.until_served(probe).await;
        }
        let quiet = self.line.stretches.quiet();
        self.quiet(quiet, probe.caller.as_deref().unwrap_or_default()).await.is_ok()
    }

    async fn quiet(&mut self, wait: Duration, caller: &str) -> Result<(), Halt> {
        let (why, pocket) = ("a burst, until no earlier request counts towards its limit", Pocket::Limits);
        let since = Duration::from_millis(self.line.elapsed_ms());
        self.line.wait(&Waiting { why, wait, since, pocket, caller }).await
    }

    async fn until_served(&mut self, probe: &Arc<Probe>) -> bool {
        let caller = probe.caller.as_deref().unwrap_or_default();
        for wait in LONGER {
            let (why, pocket) = ("a second burst, until it serves again", Pocket::Limits);
            let since = Duration::from_millis(self.line.elapsed_ms());
            if self.line.wait(&Waiting { why, wait, since, pocket, caller }).await.is_err() {
                return false;
            }
            let Ok(exchange) = self.line.send(probe, Purpose::Control).await else { return false };
            if !matches!(self.line.condition(&exchange), Condition::Limited(_)) {
                return true;
            }
        }
        true
    }

    fn judge_after(&mut self, case: &Case, exchange: &Exchange, burst: &mut Burst) {
        let (judge, measure) = (self.job.judge, self.job.measure());
        let unkept = burst.after.announced.filter(|_| burst.is_unkept() && burst.after.served.is_none());
        let judgement = match unkept {
            Some(announced) => judge.after_wait(case, exchange, announced, &mut self.ledger),
            None => judge.burst(case, exchange, &mut self.ledger),
        };
        if burst.is_unkept_twice() { burst.repeat(judgement, measure) } else { burst.take(judgement, measure) }
    }
}
