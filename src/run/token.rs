//! Tokens in a run: fetched before the first probe, replaced before they end, and once where a 401 is confirmed.

use super::Court;
use super::inquire::Standing;
use super::line::{Halt, Line, Waiting};
use crate::contract::Case;
use crate::event::Event;
use crate::evidence::Step;
use crate::exchange::{Exchange, Purpose};
use crate::purse::Pocket;
use crate::verdict::Verdict;
use crate::wire::Wrong;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often a token is asked for that is not to be had at this time.
const TRIES: u32 = 3;
const UNAUTHORIZED: u16 = 401;

impl Court<'_> {
    /// Fetches the first token of each client; false where one is not to be had, which is told.
    pub(super) async fn authorize(&mut self) -> bool {
        let callers: Vec<String> = self.job.wire.clients().map(ToOwned::to_owned).collect();
        for caller in callers {
            match self.first(&caller).await {
                Ok(None) => {}
                Ok(Some(wrong)) if wrong.is_lasting() => {
                    self.tally.misconfigured = true;
                    return false;
                }
                Ok(Some(_)) | Err(_) => {
                    self.tally.lost = true;
                    return false;
                }
            }
        }
        true
    }

    async fn first(&mut self, caller: &str) -> Result<Option<Wrong>, Halt> {
        for _ in 1..TRIES {
            let wrong = self.line.freshen(caller).await?;
            let Some(Wrong::Busy { wait, .. }) = wrong else { return Ok(wrong) };
            let wait = wait.unwrap_or(Duration::from_secs(1));
            let since = Duration::from_millis(self.line.elapsed_ms());
            let waiting = Waiting { why: "a token to be had", wait, since, pocket: Pocket::Limits, caller };
            self.line.wait(&waiting).await?;
        }
        self.line.freshen(caller).await
    }

    /// Sends anew what was refused for a token that was replaced while it was under way.
    pub(super) async fn unless_outdated(
        &mut self,
        case: &Case,
        exchange: Arc<Exchange>,
        purpose: Purpose,
    ) -> Result<Arc<Exchange>, Halt> {
        let refused = exchange.status() == Some(UNAUTHORIZED) && !case.expect.statuses.contains(&UNAUTHORIZED);
        let caller = exchange.probe.caller.as_deref();
        if refused && self.job.wire.has_replaced(caller, self.line.sent) {
            return self.line.send(&exchange.probe, purpose).await;
        }
        Ok(exchange)
    }

    /// Whether a case that was refused with 401 is to be asked anew with another token: its control was refused too, or
    /// there is none. A caller other than the control's has no control of its own.
    pub(super) async fn renews(
        &mut self,
        case: &Case,
        refused: Option<Instant>,
        step: &Step,
        standing: Option<&Standing>,
    ) -> bool {
        let Some(sent) = refused.filter(|_| self.line.is_open()) else { return false };
        let own = case.request.caller.as_deref();
        let control = standing.and_then(|standing| standing.case.request.caller.as_deref());
        let callers = match step {
            Step::Conclude(conclusion) if matches!(conclusion.verdict, Verdict::Inconclusive { .. }) => [own, control],
            Step::Send(Purpose::Again) if own != control => [own, None],
            _ => return false,
        };
        let mut renewed = false;
        for caller in callers.into_iter().flatten() {
            renewed |= self.line.renew(caller, sent).await;
        }
        renewed
    }
}

impl Line<'_> {
    /// Fetches a caller's token if it is due; says why there is none.
    async fn freshen(&mut self, caller: &str) -> Result<Option<Wrong>, Halt> {
        let (wire, mut stop) = (Arc::clone(self.job.wire), self.stop.clone());
        let fetched = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => Err(Halt::Interrupted),
            fetched = wire.freshen(Some(caller)) => Ok(fetched.err().map(|error| error.wrong)),
        };
        self.interrupted |= fetched.is_err();
        self.tell_fetches();
        fetched
    }

    async fn renew(&mut self, caller: &str, sent: Instant) -> bool {
        let (wire, mut stop) = (Arc::clone(self.job.wire), self.stop.clone());
        let renewed = tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => {
                self.interrupted = true;
                false
            }
            renewed = wire.renew(Some(caller), sent) => renewed,
        };
        self.tell_fetches();
        renewed
    }

    /// Tells and counts what was fetched meanwhile.
    pub(super) fn tell_fetches(&mut self) {
        for fetch in self.job.wire.fetches() {
            self.fetches += 1;
            let text = fetch
                .error
                .map_or_else(|| format!("fetched a token for `{}`", fetch.caller), |error| error.to_string());
            self.tell(Event::Note { text });
        }
    }
}
