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

/// A second request gets this much more, since waits come in whole seconds and windows slide.
const GRACE: Duration = Duration::from_secs(1);
/// Waits for a tenant that is still limited after that, before a second burst.
const LONGER: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(8)];
/// After this many requests that waited in vain the announced wait was not true.
const TRIES: u32 = 2;
const UNAUTHORIZED: u16 = 401;

impl Burst {
    /// The announced wait that ends last, and when it began.
    fn wait(&self) -> Option<(Duration, Duration)> {
        let announced = self.heard.iter().filter_map(|heard| announced(heard).map(|wait| (wait, heard.end)));
        announced.max_by_key(|(wait, end)| end.saturating_add(*wait))
    }

    /// Whether it was not served again although every wait was honoured.
    pub(super) fn is_unkept(&self) -> bool {
        self.after.tries >= TRIES && self.after.served.is_none()
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
    /// Waits as the limits of a burst say, then asks: once, and once more where the first is limited again.
    pub(super) async fn after(&mut self, case: &Case, probe: &Arc<Probe>, burst: &mut Burst) {
        let Some((wait, since)) = burst.wait().filter(|_| burst.halt.is_none()) else { return };
        burst.after.announced = Some(wait);
        let caller = probe.caller.as_deref().unwrap_or_default();
        let (mut wait, mut since, mut grace) = (wait, since, Duration::ZERO);
        while burst.after.tries < TRIES && burst.after.served.is_none() {
            let (why, pocket) = ("the limit that the burst met (429)", Pocket::Limits);
            let waiting = Waiting { why, wait: wait.saturating_add(grace), since, pocket, caller };
            let exchange = match self.line.wait(&waiting).await {
                Ok(()) => self.line.send(probe, Purpose::Control).await,
                Err(halt) => Err(halt),
            };
            let exchange = match exchange {
                Ok(exchange) => exchange,
                Err(halt) => return burst.unanswered(halt, wait),
            };
            let heard = Heard::of(case, &exchange);
            burst.after.tries += 1;
            burst.after.served = heard.served.then_some(heard.end);
            if heard.condition == Condition::Denied(UNAUTHORIZED) {
                let why = "401 came after the wait: the token may have expired meanwhile".to_owned();
                burst.refused = true;
                burst.undecided = burst.undecided.take().or(Some(why));
                return;
            }
            self.judge_after(case, &exchange, burst);
            if heard.is_limit() && announced(&heard).is_none() {
                // Nothing was announced, so nothing can be untrue; that it was not is a finding of its own.
                return;
            }
            (wait, since, grace) = (announced(&heard).unwrap_or_default(), heard.end, GRACE);
        }
    }

    /// Waits until it serves again, so that a second burst starts as the first did; a limit that stays is none the less
    /// worth a second burst. Not on an interrupt or an empty purse.
    pub(super) async fn until_served(&mut self, case: &Case, probe: &Arc<Probe>) -> bool {
        let caller = probe.caller.as_deref().unwrap_or_default();
        for wait in LONGER {
            let (why, pocket) = ("a second burst, until it serves again", Pocket::Limits);
            let since = Duration::from_millis(self.line.elapsed_ms());
            if self.line.wait(&Waiting { why, wait, since, pocket, caller }).await.is_err() {
                return false;
            }
            let Ok(exchange) = self.line.send(probe, Purpose::Control).await else { return false };
            if !Heard::of(case, &exchange).is_limit() {
                return true;
            }
        }
        true
    }

    fn judge_after(&mut self, case: &Case, exchange: &Exchange, burst: &mut Burst) {
        let (judge, measure) = (self.job.judge, self.job.measure());
        let judgement = match burst.after.announced.filter(|_| burst.is_unkept()) {
            Some(announced) => judge.after_wait(case, exchange, announced, &mut self.ledger),
            None => judge.burst(case, exchange, &mut self.ledger),
        };
        burst.take(judgement, measure);
    }
}
