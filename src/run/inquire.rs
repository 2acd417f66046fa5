//! One case, from its probe to its conclusion.

use super::Court;
use super::line::{Flight, Halt, Waiting};
use crate::contract::Case;
use crate::evidence::{Conclusion, Condition, Control, Heard, Inquiry, Step, is_by_our_clock};
use crate::exchange::{Exchange, Probe, Purpose};
use crate::purse::Pocket;
use std::sync::Arc;
use std::time::Duration;

/// A control that worked: its case and its probe.
#[derive(Clone)]
pub(super) struct Standing {
    pub(super) case: Case,
    pub(super) probe: Arc<Probe>,
}

/// A case's probe, which may be on its way already.
pub(super) struct Ahead {
    pub(super) probe: Arc<Probe>,
    pub(super) flight: Option<Flight>,
}

/// What came out of one case.
#[derive(Clone)]
pub(super) struct Outcome {
    pub(super) conclusion: Conclusion,
    pub(super) requests: u64,
    pub(super) served: bool,
    /// What was heard last, in a few words.
    pub(super) last_words: String,
    /// The status of the last answer to the case itself.
    pub(super) status: Option<u16>,
    /// The first answer to the case's own probe that is no limit.
    pub(super) first: Option<Arc<Exchange>>,
}

/// What was heard, when it ended, counted from the start of the run, and where.
struct Reply {
    heard: Heard,
    end: Duration,
    exchange: Arc<Exchange>,
}

impl Court<'_> {
    /// Sends a case until evidence concludes.
    pub(super) async fn inquire(&mut self, case: &Case, ahead: Ahead, standing: Option<&Standing>) -> Outcome {
        let control = match (standing, case.control) {
            (Some(_), _) => Control::Working,
            (None, true) => Control::Itself,
            (None, false) => Control::Absent,
        };
        let (before, mut ahead) = (self.line.requests, ahead);
        let mut heard_at = Duration::ZERO;
        let mut inquiry = Inquiry::new(control, case.must_succeed());
        let (mut refused, mut renewed) = (None, false);
        let (mut served, mut last_words) = (false, String::from("was not asked"));
        let (mut status, mut first) = (None, None);
        let conclusion = loop {
            let waited = inquiry.last_wait();
            let step = inquiry.next(&mut self.memory);
            if !renewed && self.renews(case, refused, &step, standing).await {
                (renewed, inquiry) = (true, Inquiry::new(control, case.must_succeed()));
                continue;
            }
            let halted = match step {
                Step::Conclude(conclusion) => break *conclusion,
                Step::Wait { why, wait, pocket, then } => {
                    let caller = ahead.probe.caller.as_deref().unwrap_or_default();
                    match self.line.wait(&Waiting { why: &why, wait, since: heard_at, pocket, caller }).await {
                        Ok(()) => self.hear(case, &mut ahead, standing, (then, waited)).await,
                        Err(halt) => Err(halt),
                    }
                }
                Step::Send(purpose) => self.hear(case, &mut ahead, standing, (purpose, None)).await,
            };
            match halted {
                Ok(Reply { heard, end, exchange }) => {
                    heard_at = end;
                    if heard.purpose != Purpose::Control {
                        let unauthorized = heard.condition == Condition::Denied(401) && !heard.allowed;
                        status = exchange.status();
                        if !matches!(heard.condition, Condition::Limited(_)) {
                            first.get_or_insert(exchange);
                        }
                        refused = unauthorized.then_some(self.line.sent);
                    }
                    served |= heard.condition == Condition::Served;
                    last_words = heard.condition.words();
                    inquiry.hear(heard);
                }
                Err(halt) => break self.broken_off(halt, &mut inquiry),
            }
        };
        Outcome { conclusion, requests: self.line.requests - before, served, last_words, status, first }
    }

    fn broken_off(&mut self, halt: Halt, inquiry: &mut Inquiry) -> Conclusion {
        let mut conclusion = inquiry.give_up(halt.why().to_owned(), &mut self.memory);
        conclusion.lost |= halt == Halt::Purse(Pocket::Limits) && inquiry.is_waiting_for_service();
        conclusion
    }

    async fn hear(
        &mut self,
        case: &Case,
        ahead: &mut Ahead,
        standing: Option<&Standing>,
        (purpose, waited): (Purpose, Option<Duration>),
    ) -> Result<Reply, Halt> {
        let (case, exchange) = match (purpose, standing, ahead.flight.take()) {
            (Purpose::Control, Some(standing), _) => (&standing.case, self.line.send(&standing.probe, purpose).await?),
            (_, _, Some(flight)) => (case, self.line.land(flight, purpose).await?),
            _ => (case, self.line.send(&ahead.probe, self.purposed(purpose)).await?),
        };
        let exchange = self.unless_outdated(case, exchange, purpose).await?;
        let heard = self.judge(case, &exchange, waited);
        if heard.condition == Condition::Silent {
            self.line.charge_deadline(heard.took);
        }
        let end = Duration::from_millis(exchange.at_ms) + heard.took;
        Ok(Reply { heard, end, exchange })
    }

    /// A smaller request is sent for what it was made smaller for.
    fn purposed(&self, purpose: Purpose) -> Purpose {
        if self.shrinks.under_way && purpose == Purpose::Case { Purpose::Shrink } else { purpose }
    }

    /// Judges an exchange; `waited` is the last of the announced waits, where all of them were honoured before it.
    pub(super) fn judge(&mut self, case: &Case, exchange: &Exchange, waited: Option<Duration>) -> Heard {
        let condition = self.line.condition(exchange);
        let in_vain = waited.filter(|_| matches!(condition, Condition::Limited(_)) && !is_by_our_clock(exchange));
        let judgement = match in_vain {
            Some(announced) => self.job.judge.after_wait(case, exchange, announced, &mut self.ledger),
            None => self.job.judge.judge(case, exchange, &mut self.ledger),
        };
        let allowed = exchange.status().is_some_and(|status| case.expect.statuses.contains(&status));
        let limited = matches!(condition, Condition::Limited(_)) && !allowed;
        let findings = judgement.findings.into_iter().filter(|finding| !(limited && finding.rule == case.expect.rule));
        Heard {
            purpose: exchange.purpose,
            condition,
            allowed,
            findings: findings.map(|finding| self.job.measure().settle(finding)).collect(),
            undecided: judgement.undecided,
            sent: Duration::from_millis(exchange.at_ms),
            took: Duration::from_micros(exchange.timing.total_us),
        }
    }
}
