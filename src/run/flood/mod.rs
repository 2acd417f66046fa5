//! The flood: a burst against the rate limit, what comes after its wait, and a second burst where there are findings.

mod after;
mod burst;
mod seen;
mod weigh;

use super::Court;
use super::inquire::{Ahead, Outcome};
use super::line::{Halt, Waiting};
use super::stage::concluded;
use crate::event::Event;
use crate::evidence::{Conclusion, Condition};
use crate::exchange::{Probe, Purpose};
use crate::plan::{FLOOD, Flood, Planned};
use crate::purse::Pocket;
use crate::verdict::Verdict;
use burst::Burst;
use std::sync::Arc;
use std::time::Duration;

/// Requests that are kept for after the burst.
const AFTER: u64 = 2;
/// Between two bursts without a limit the tenant gets time to recover.
const BREATH: Duration = Duration::from_secs(1);

impl Court<'_> {
    /// Floods one operation, and tells what came of it as one case.
    pub(super) async fn flood(&mut self, flood: &Flood) {
        let before = self.line.requests;
        let Some(mut planned) = flood.tries.first() else { return };
        let conclusion = match self.footing(flood).await {
            Ok((working, probe)) => {
                planned = working;
                let used = self.line.requests - before;
                self.bursts(working, &probe, FLOOD.saturating_sub(used + AFTER)).await
            }
            Err(conclusion) => conclusion,
        };
        self.tally.lost |= conclusion.lost;
        self.tally.excused |= conclusion.excused;
        self.tell(planned, conclusion, self.line.requests - before);
    }

    /// Finds a request that works: without one a refusal in the burst would say nothing.
    async fn footing<'p>(&mut self, flood: &'p Flood) -> Result<(&'p Planned, Arc<Probe>), Conclusion> {
        let mut last = Conclusion::default();
        for planned in &flood.tries {
            if let Some(verdict) = self.halted() {
                return Err(concluded(verdict));
            }
            if let Some(skip) = &planned.skip {
                return Err(concluded(Verdict::Skipped { why: skip.why.clone() }));
            }
            let probe = Arc::new(self.build(planned, None).map_err(concluded)?);
            let ahead = Ahead { probe: Arc::clone(&probe), flight: None };
            let outcome = self.inquire(&planned.case, ahead, None).await;
            if works(planned, &outcome) {
                return Ok((planned, probe));
            }
            let why = outcome.conclusion.verdict.why().map_or(outcome.last_words, ToOwned::to_owned);
            let verdict = Verdict::Inconclusive { why: format!("no request of its kind worked before it: {why}") };
            last = Conclusion { verdict, findings: Vec::new(), ..outcome.conclusion };
            self.tally.lost |= last.lost;
        }
        Err(last)
    }

    /// Sends the burst, and once more where it has a finding that was not seen again yet.
    async fn bursts(&mut self, planned: &Planned, probe: &Arc<Probe>, most: u64) -> Conclusion {
        let case = &planned.case;
        self.settle_down(probe.caller.as_deref().unwrap_or_default()).await;
        let mut first = self.burst(case, probe, most, Purpose::Case).await;
        self.after(case, probe, &mut first).await;
        self.line.tell(Event::Flood(first.seen(case)));
        let mut again = None;
        if first.has_news(&self.memory) && !first.refused && first.halt != Some(Halt::Interrupted) {
            again = self.second(planned, probe, most, &first).await;
        }
        weigh::conclude(&first, again.as_ref(), &mut self.memory)
    }

    /// Whether a second burst would tell anything: a token that is refused now, or a tenant that does not come back,
    /// may have causes of its own.
    async fn recovers(&mut self, planned: &Planned, probe: &Arc<Probe>, since: Duration) -> bool {
        let caller = probe.caller.as_deref().unwrap_or_default();
        let (why, pocket) = ("a second burst", Pocket::Limits);
        if self.line.wait(&Waiting { why, wait: BREATH, since, pocket, caller }).await.is_err() {
            return false;
        }
        let Ok(exchange) = self.line.send(probe, Purpose::Control).await else { return false };
        match self.line.condition(&exchange) {
            Condition::Denied(403) => true,
            Condition::Denied(_) => false,
            Condition::Unavailable(..) | Condition::Silent | Condition::Lost(_) => {
                let ahead = Ahead { probe: Arc::clone(probe), flight: None };
                let outcome = self.inquire(&planned.case, ahead, None).await;
                self.tally.lost |= outcome.conclusion.lost;
                works(planned, &outcome)
            }
            _ => true,
        }
    }

    async fn second(&mut self, planned: &Planned, probe: &Arc<Probe>, most: u64, first: &Burst) -> Option<Burst> {
        let case = &planned.case;
        if first.limits() == 0 && !self.recovers(planned, probe, first.ended).await {
            return None;
        }
        if first.is_unkept() && !self.comes_to_rest(probe, first).await {
            return None;
        }
        let mut second = self.burst(case, probe, most, Purpose::Again).await;
        if first.is_unkept() {
            self.after(case, probe, &mut second).await;
        }
        self.line.tell(Event::Flood(second.seen(case)));
        Some(second)
    }
}

/// Whether a request was answered as it should: a control by success, any other as its case says.
fn works(planned: &Planned, outcome: &Outcome) -> bool {
    outcome.served || (!planned.case.control && matches!(outcome.conclusion.verdict, Verdict::Held))
}
