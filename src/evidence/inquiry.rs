//! The inquiry into one case: what was heard, and what is to be done next.

use super::merge::merge;
use super::{Condition, Heard, Memory};
use crate::exchange::Purpose;
use crate::purse::Pocket;
use crate::verdict::{Finding, Verdict};
use std::time::Duration;

/// How the operation's control stands towards a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// The operation has a control that worked.
    Working,
    /// This case is itself the control that is being tried.
    Itself,
    /// The world holds nothing to make a control from.
    Absent,
}

/// What is to be done next.
#[derive(Debug, Clone)]
pub enum Step {
    /// Send a probe: the case's own, or the control's.
    Send(Purpose),
    /// Wait, then send.
    Wait {
        /// What for, for people.
        why: String,
        /// How long.
        wait: Duration,
        /// What it is paid from.
        pocket: Pocket,
        /// What to send then.
        then: Purpose,
    },
    /// Nothing more: this is the judgement.
    Conclude(Box<Conclusion>),
}

/// The end of an inquiry.
#[derive(Debug, Clone, Default)]
pub struct Conclusion {
    /// The verdict.
    pub verdict: Verdict,
    /// Every finding, failing or not.
    pub findings: Vec<Finding>,
    /// Whether it decides a part only: what is broken was met on the way, and nothing is known of the rest.
    pub partial: bool,
    /// Whether nobody is there any more, so that the run ends.
    pub lost: bool,
    /// Whether the control got the same refusal, so that nothing of this operation can be judged now.
    pub excused: bool,
    /// Why the caller is given up, so that nothing more is asked for it; `None` where it is not.
    pub throttled: Option<String>,
}

/// The inquiry into one case.
#[derive(Debug, Clone)]
pub struct Inquiry {
    control: Control,
    valid: bool,
    answers: Vec<Heard>,
    asked: Option<Heard>,
    forms: Vec<Finding>,
    in_vain: Vec<Finding>,
    pending: Option<(Purpose, Condition)>,
    put_off: Option<Heard>,
    delays: u32,
    slow: bool,
    limited: u32,
    /// How long the limits in a row were waited for, and how many of them announced a wait.
    waited: Duration,
    announced: u32,
    refused: u32,
    outages: u32,
}

/// A control that takes longer than this says nothing about a case that took too long.
const PROMPT: Duration = Duration::from_secs(1);
/// The longest wait for a limit or an outage that announces none.
const LONGEST: Duration = Duration::from_secs(10);
/// After this many waits for what an earlier request started, an answer counts as it is: 3.2 s in all.
const DELAYS: u32 = 6;
/// The first of these waits; each is half as long again as the one before.
const FIRST_DELAY: Duration = Duration::from_millis(150);
/// After this many waits for a limit that were honoured in vain, one more 429 is a finding.
const LIMITS: u32 = 3;
/// A case is given up after as many waits, but not before it was waited so long in all: that a wait is too short, or not
/// announced, is no reason to judge nothing else.
const PATIENCE: Duration = Duration::from_secs(15);
/// After this many refused connections the target is lost.
const REFUSALS: u32 = 3;

impl Inquiry {
    /// Opens the inquiry into a case; `valid` where only an answer of the success class keeps its promise.
    pub fn new(control: Control, valid: bool) -> Self {
        let (answers, forms, in_vain) = (Vec::new(), Vec::new(), Vec::new());
        let (asked, pending, put_off, slow) = (None, None, None, false);
        let (delays, limited, waited, announced, refused, outages) = (0, 0, Duration::ZERO, 0, 0, 0);
        Self {
            control,
            valid,
            answers,
            asked,
            forms,
            in_vain,
            pending,
            put_off,
            delays,
            slow,
            limited,
            waited,
            announced,
            refused,
            outages,
        }
    }

    /// Takes in what was heard.
    pub fn hear(&mut self, heard: Heard) {
        self.pending = None;
        match &heard.condition {
            Condition::Lost(_) => {
                self.refused += 1;
                self.pending = Some((heard.purpose, heard.condition));
            }
            Condition::Limited(_) if !heard.allowed => {
                self.limited += 1;
                self.pending = Some((heard.purpose, heard.condition));
                let findings = if self.limited > LIMITS { &mut self.in_vain } else { &mut self.forms };
                findings.extend(heard.findings);
            }
            _ => {
                (self.limited, self.refused) = (0, 0);
                match heard.purpose {
                    Purpose::Control => {
                        self.slow |= heard.took >= PROMPT;
                        self.asked = Some(heard);
                    }
                    _ if heard.put_off => self.put_off = Some(heard),
                    Purpose::Case | Purpose::Again | Purpose::Shrink => {
                        self.asked = None;
                        self.answers.push(heard);
                    }
                }
            }
        }
    }

    /// Answers the next step.
    pub fn next(&mut self, memory: &mut Memory) -> Step {
        if let Some((purpose, condition)) = self.pending.clone() {
            return self.held_up(purpose, &condition, memory);
        }
        if let Some(step) = self.waits_on(memory) {
            return step;
        }
        let Some(last) = self.answers.last() else { return Step::Send(Purpose::Case) };
        if last.allowed || !self.is_excusable(&last.condition) {
            return self.settle(memory);
        }
        let condition = last.condition.clone();
        let known = condition == Condition::Silent && last.failing().all(|finding| memory.is_stable(finding));
        match (self.control, &self.asked) {
            _ if known => self.settle(memory),
            (Control::Itself, _) if matches!(condition, Condition::Refused | Condition::Busy(_)) => self.settle(memory),
            (Control::Itself, _) => self.shared(&condition, memory),
            (Control::Absent, _) => {
                let why =
                    format!("it {}, and without a control nothing tells whether that is the input", condition.words());
                self.inconclusive(why, memory)
            }
            (Control::Working, None) => Step::Send(Purpose::Control),
            (Control::Working, Some(control)) if control.condition.same(&condition) => self.shared(&condition, memory),
            (Control::Working, Some(_)) => self.settle(memory),
        }
    }

    /// A valid request that is refused may be excused too: a tenant may refuse any of them for a while, as while an
    /// earlier one is still being worked on. An invalid one is owed its refusal at all times.
    fn is_excusable(&self, condition: &Condition) -> bool {
        condition.is_excusable() || (self.valid && *condition == Condition::Refused)
    }

    /// Ends the inquiry without an answer, for a reason that lies outside it (no budget, no time, interrupted).
    pub fn give_up(&mut self, why: String, memory: &mut Memory) -> Conclusion {
        let findings = self.forms(memory);
        close(Verdict::Inconclusive { why }, findings)
    }

    /// Whether the control, too, is not served at this time.
    pub fn is_waiting_for_service(&self) -> bool {
        self.outages > 0 && self.answers.is_empty()
    }

    /// The last announced wait, where so many were honoured that one more 429 shows that they are in vain.
    pub fn last_wait(&self) -> Option<Duration> {
        match &self.pending {
            Some((_, Condition::Limited(announced))) if self.limited == LIMITS => *announced,
            _ => None,
        }
    }

    fn held_up(&mut self, then: Purpose, condition: &Condition, memory: &mut Memory) -> Step {
        let pocket = Pocket::Limits;
        match condition {
            Condition::Limited(announced) if self.is_patient() => {
                let wait = self.limit(*announced);
                Step::Wait { why: "the tenant's rate limit (429)".to_owned(), wait, pocket, then }
            }
            Condition::Limited(_) => {
                let why = self.impatience();
                Step::Conclude(Box::new(Conclusion { throttled: Some(why.clone()), ..self.give_up(why, memory) }))
            }
            Condition::Lost(why) if self.refused >= REFUSALS => {
                let mut conclusion = self.give_up(format!("no connection: {why}"), memory);
                conclusion.lost = true;
                Step::Conclude(Box::new(conclusion))
            }
            _ => Step::Wait { why: "a connection".to_owned(), wait: Duration::from_secs(1), pocket, then },
        }
    }

    /// Waits for an earlier request to be worked off, for a while. What is known to come at all times is not waited for.
    fn waits_on(&mut self, memory: &Memory) -> Option<Step> {
        let heard = self.put_off.take()?;
        let known = heard.failing().all(|finding| memory.is_stable(finding));
        if known || self.delays >= DELAYS {
            (self.delays, self.asked) = (0, None);
            self.answers.push(heard);
            return None;
        }
        self.delays += 1;
        let wait = FIRST_DELAY * 3_u32.pow(self.delays - 1) / 2_u32.pow(self.delays - 1);
        let why = "the tenant to be done with an earlier request".to_owned();
        Some(Step::Wait { why, wait, pocket: Pocket::Limits, then: heard.purpose })
    }

    fn is_patient(&self) -> bool {
        self.limited <= LIMITS || self.waited < PATIENCE
    }

    /// How long to wait for a limit: as announced, and a second longer every time, since whole seconds may be rounded
    /// down; never shorter than what is waited where nothing is announced.
    fn limit(&mut self, announced: Option<Duration>) -> Duration {
        let times = self.limited.saturating_sub(1);
        if times == 0 {
            (self.waited, self.announced) = (Duration::ZERO, 0);
        }
        let grace = Duration::from_secs(times.into());
        let wait = announced.map_or(Duration::ZERO, |wait| wait.saturating_add(grace)).max(backoff(times));
        self.waited = self.waited.saturating_add(wait);
        self.announced += u32::from(announced.is_some());
        wait
    }

    /// Why nothing more is waited for.
    fn impatience(&self) -> String {
        let waits = self.limited.saturating_sub(1);
        if self.announced == waits {
            return format!("429 came {} times in a row, each after the announced wait", self.limited);
        }
        format!("429 came again after backing off {waits} times, {} s in all", self.waited.as_secs())
    }

    /// The control is in the same condition: an outage is waited for, a refusal excuses.
    fn shared(&mut self, condition: &Condition, memory: &mut Memory) -> Step {
        let announced = match condition {
            Condition::Unavailable(_, announced) => *announced,
            Condition::Silent => None,
            Condition::Refused | Condition::Busy(_) => {
                return self.inconclusive(format!("the control {} too", condition.words()), memory);
            }
            _ => return excused(self.inconclusive(format!("the control {} too", condition.words()), memory)),
        };
        let wait = announced.unwrap_or_else(|| backoff(self.outages));
        self.outages += 1;
        self.answers.clear();
        self.asked = None;
        let why = format!("the tenant to serve again (the control {} too)", condition.words());
        Step::Wait { why, wait, pocket: Pocket::Limits, then: Purpose::Case }
    }

    fn settle(&mut self, memory: &mut Memory) -> Step {
        let fresh = |heard: &Heard| heard.failing().any(|finding| !memory.is_stable(finding));
        match self.answers.as_slice() {
            [only] if fresh(only) => Step::Send(Purpose::Again),
            [first, again] if first.condition == Condition::Silent && self.is_slow(again) => {
                self.inconclusive("no answer in time, but the control was slow too".to_owned(), memory)
            }
            _ => Step::Conclude(Box::new(self.conclude(memory))),
        }
    }

    /// Whether the tenant is slow at whatever it is asked, so that a late answer says nothing about the case.
    fn is_slow(&self, again: &Heard) -> bool {
        self.slow || (again.condition != Condition::Silent && again.took >= PROMPT)
    }

    fn conclude(&mut self, memory: &mut Memory) -> Conclusion {
        let mut findings = self.forms(memory);
        let mut answers = std::mem::take(&mut self.answers).into_iter();
        let (first, mut again) = (answers.next(), answers.next());
        if let Some(late) = again.as_mut().filter(|again| self.slow && again.condition == Condition::Silent) {
            late.findings.clear();
        }
        let undecided = [&first, &again].into_iter().flatten().find_map(|heard| heard.undecided.clone());
        findings.extend(merge(first, again, memory));
        let verdict = undecided.map_or(Verdict::Held, |why| Verdict::Inconclusive { why });
        close(verdict, findings)
    }

    fn inconclusive(&mut self, why: String, memory: &mut Memory) -> Step {
        Step::Conclude(Box::new(self.give_up(why, memory)))
    }

    /// The form of every 429 on the way is judged; a 429 cannot be had again on demand, so one alone proves nothing.
    fn forms(&mut self, memory: &mut Memory) -> Vec<Finding> {
        let (forms, in_vain) = (std::mem::take(&mut self.forms), std::mem::take(&mut self.in_vain));
        let told: Vec<Finding> = forms.into_iter().map(|finding| memory.repeat(finding)).collect();
        let waited = in_vain.into_iter().map(|finding| if finding.failing { memory.confirm(finding) } else { finding });
        told.into_iter().chain(waited).collect()
    }
}

fn close(verdict: Verdict, findings: Vec<Finding>) -> Conclusion {
    let (broken, partial) = (Verdict::of(&findings), matches!(verdict, Verdict::Inconclusive { .. }));
    Conclusion { verdict: verdict.merge(broken), findings, partial, ..Conclusion::default() }
}

fn excused(step: Step) -> Step {
    match step {
        Step::Conclude(conclusion) => Step::Conclude(Box::new(Conclusion { excused: true, ..*conclusion })),
        other => other,
    }
}

fn backoff(times: u32) -> Duration {
    Duration::from_secs(2_u64.saturating_pow(times)).min(LONGEST)
}
