//! One case, from its probe to its conclusion.

use super::Court;
use super::line::{Flight, Halt, Waiting};
use crate::check::{LISTED_STATUS, MAY_JOIN};
use crate::contract::{Case, Template};
use crate::event::Event;
use crate::evidence::{Conclusion, Condition, Control, Heard, Inquiry, Step, is_by_our_clock};
use crate::exchange::{Exchange, Probe, Purpose};
use crate::gate::names_real_thing;
use crate::purse::{Pocket, Rest};
use crate::verdict::Finding;
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

/// How a thing that nobody has is refused.
const UNKNOWN: [u16; 2] = [400, 404];

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
        let (mut status, mut first, mut put_off) = (None, None, false);
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
                        self.learn(case, &heard, std::mem::replace(&mut put_off, heard.put_off));
                    }
                    if heard.condition == Condition::Served && !heard.put_off {
                        self.rests.entry(case.operation.clone()).or_default().take(end);
                    }
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

    /// Learns how long the tenant works on what it took, where a request that was put off is so no longer.
    fn learn(&mut self, case: &Case, heard: &Heard, put_off: bool) {
        let rest = self.rests.entry(case.operation.clone()).or_default();
        if put_off && !heard.put_off && rest.learn(heard.sent) {
            let ms = rest.needed().unwrap_or_default().as_millis();
            let text = format!(
                "{} puts off a request while an earlier one is worked on: from now on one is sent {ms} ms after the other",
                case.operation
            );
            self.line.tell(Event::Note { text });
        }
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
        if ahead.flight.is_none() {
            self.line.rest(self.rests.get(&case.operation).map(Rest::due).unwrap_or_default()).await?;
        }
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

    /// A finding of a fuzz candidate under the name of a known one, where that explains it.
    fn named(&self, finding: Finding, probe: &Probe) -> Finding {
        let drawn = probe.candidate > 0 && !self.shrinks.under_way;
        if drawn { self.shrinks.known.name(finding, probe) } else { finding }
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
        let findings = findings.map(|finding| self.named(finding, &exchange.probe));
        let mut findings: Vec<_> = findings.map(|finding| self.job.measure().settle(finding)).collect();
        let astray = (!allowed).then(|| self.astray(case, exchange)).flatten();
        if astray.is_some() {
            findings.retain(|finding| finding.rule != LISTED_STATUS && finding.rule != case.expect.rule);
        }
        Heard {
            purpose: exchange.purpose,
            put_off: self.may_be_put_off(case, &condition, allowed, &findings),
            condition,
            allowed,
            findings,
            undecided: judgement.undecided.or(astray),
            sent: Duration::from_millis(exchange.at_ms),
            took: Duration::from_micros(exchange.timing.total_us),
        }
    }

    /// Why a refusal says nothing of a case, where the case names nothing real because the world has nothing for it: a
    /// tenant may look for the thing before it looks at anything else.
    fn astray(&self, case: &Case, exchange: &Exchange) -> Option<String> {
        let status = exchange.status().filter(|status| UNKNOWN.contains(status))?;
        let stands_in = case.request.path.values().any(Template::has_stand_in);
        let nothing_real = names_real_thing(&exchange.probe, self.job.ground.world).is_none();
        (stands_in && nothing_real).then(|| {
            format!("it names a thing that nobody has, in place of one of [world], and the tenant looks for that first ({status})")
        })
    }

    /// Whether an answer may be that of a tenant that is still at work on what it took: it refuses as long, or counts a
    /// request with the one before.
    fn may_be_put_off(&self, case: &Case, condition: &Condition, allowed: bool, findings: &[Finding]) -> bool {
        let joins = |finding: &Finding| finding.failing && MAY_JOIN.contains(&finding.rule.as_str());
        let busy = matches!(condition, Condition::Busy(_)) && !allowed;
        let writes = self.job.contract.operation(&case.operation).is_some_and(|operation| operation.writes);
        writes && !self.shrinks.under_way && (busy || findings.iter().any(joins))
    }
}
