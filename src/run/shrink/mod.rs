//! Makes the request of a finding smaller against the live tenant, so that it is told in its smallest form.

mod known;
mod task;

use super::Court;
use super::inquire::{Outcome, Standing};
use crate::check::MAY_CHANGE;
use crate::event::{Event, Extent};
use crate::evidence::{Conclusion, Memory};
use crate::plan::{FLOOD, Phase, Planned, Subject};
use crate::shrink::{Essence, Freedom, TRIES, size};
use crate::verdict::{Finding, Left, Shrunk, Stability, Verdict, shape};
use known::Known;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use task::{INQUIRY, Smallest, Task};

/// What a run has made smaller so far, and what that may cost it.
#[derive(Default)]
pub(super) struct Shrinks {
    /// The fingerprints that were made smaller, or were to be, and how often.
    done: BTreeMap<String, u64>,
    /// What fuzz findings were found to need, so that others are told from them.
    pub(super) known: Known,
    /// How many requests it took so far.
    requests: u64,
    /// Rule, operation and pointer shape of what was told already.
    told: BTreeSet<[String; 3]>,
    /// The reasons that were told.
    noted: BTreeSet<String>,
    /// How many cases are still to come.
    pub(super) due: u64,
    /// How long it took so far.
    spent: Duration,
    /// Whether what is inquired into is a smaller request.
    pub(super) under_way: bool,
}

/// With fewer requests it is not worth to begin.
const FEWEST: u64 = 2 * INQUIRY;
/// How long all of it may take in a run on a loopback address; ten times as long elsewhere. In a campaign by time it may
/// take a quarter of that, where that is longer.
const LONGEST: Duration = Duration::from_secs(15);
/// So many findings of one fingerprint are told from each other by what is left of their requests. Whatever else breaks
/// the rule is told as one, as it was sent.
const DISTINCT: u64 = 8;
const NO_BUDGET: &str = "What was found is told as it was sent, and not made smaller any more: the cases to come need \
                         what is left of the budget (--budget).";
const NO_SHARE: &str = "What else was found is told as it was sent, and not made smaller any more: half of the \
                        campaign's requests went into that.";
const NO_TIME: &str = "What was found is told as it was sent, and not made smaller any more: the time for it is over.";

impl Shrinks {
    /// Nothing is made smaller yet, and so many cases are to come.
    pub(super) fn new(due: u64) -> Self {
        Self { due, ..Self::default() }
    }
}

impl Court<'_> {
    /// Makes the request of the gravest finding smaller, and tells that finding by the smallest one.
    pub(super) async fn shrink(
        &mut self,
        planned: &Planned,
        (control, standing): (Option<&Subject>, Option<&Standing>),
        mut outcome: Outcome,
    ) -> Outcome {
        let Some((finding, freedom)) = self.chosen(planned, &outcome.conclusion) else { return outcome };
        let Ok(scope) = self.scope(planned, control) else { return outcome };
        let Some(task) = Task::new(&scope, planned, &finding, freedom, standing) else { return outcome };
        let Some(most) = self.allowance() else { return outcome };
        let (before, began) = (self.line.requests, Instant::now());
        // What smaller requests bring tells nothing of the cases.
        let memory = std::mem::replace(&mut self.memory, Memory::new(MAY_CHANGE));
        let ledger = std::mem::take(&mut self.ledger);
        let budget = self.line.cap(most);
        self.shrinks.under_way = true;
        let smallest = self.smallest(&task, most).await;
        self.shrinks.under_way = false;
        self.line.uncap(budget);
        (self.memory, self.ledger) = (memory, ledger);
        self.shrinks.spent += began.elapsed();
        let requests = self.line.requests - before;
        outcome.requests += requests;
        self.shrinks.requests += requests;
        if let Some(Smallest { told, left, essence }) = smallest {
            let mut smaller = finding.clone();
            if let Some((probe, shown)) = told {
                let shrunk = Shrunk { from: size(task.found()), to: size(&probe), requests, first: finding.exchange };
                let seen = finding.seen + shown.seen;
                smaller = Finding { seen, shrunk: Some(shrunk), ..shown };
            }
            if let (Phase::Fuzz, Some(left)) = (planned.phase, left) {
                smaller = self.tell_apart(smaller, left, essence);
            }
            replace(&mut outcome.conclusion, &finding, &smaller);
        }
        outcome
    }

    /// Tells a fuzz finding from others of its fingerprint by what is left of its request.
    fn tell_apart(&mut self, mut finding: Finding, left: Vec<Left>, essence: Essence) -> Finding {
        finding.left = left;
        if !finding.is_of_request() {
            return finding;
        }
        let raw = finding.fingerprint.clone();
        let finding = self.shrinks.known.take(finding, essence);
        self.memory.rename(&raw, &finding.fingerprint);
        // The list of known failures may name it by what it is told by now.
        self.job.measure().settle(finding)
    }

    /// Remembers what a case has told.
    pub(super) fn note_told(&mut self, findings: &[Finding]) {
        let failing = findings.iter().filter(|finding| finding.failing);
        self.shrinks.told.extend(failing.map(cause));
    }

    /// The gravest finding of a generated case whose smaller request would prove the same, if it is new.
    fn chosen(&mut self, planned: &Planned, conclusion: &Conclusion) -> Option<(Finding, Freedom)> {
        if planned.recipe.is_none() || self.halted().is_some() {
            return None;
        }
        let stable = |finding: &&Finding| {
            finding.failing && finding.stability == Stability::Stable && finding.status != Some(TOO_MANY_REQUESTS)
        };
        let worth = conclusion.findings.iter().filter(stable);
        let worth = worth.filter_map(|finding| Some((finding, Freedom::of(&finding.rule)?)));
        let (finding, freedom) = worth.min_by_key(|(finding, _)| std::cmp::Reverse(finding.level))?;
        // What stands in an answer has its page already, whatever was asked.
        let told = finding.pointer.is_some() && self.shrinks.told.contains(&cause(finding));
        if told || self.shrinks.known.has(finding) {
            return None;
        }
        let apart = planned.phase == Phase::Fuzz && finding.is_of_request();
        let most = if apart { DISTINCT } else { 1 };
        let done = self.shrinks.done.entry(finding.fingerprint.clone()).or_default();
        *done += 1;
        let done = *done;
        if apart && done > DISTINCT {
            self.note_once(&format!(
                "{} of {} was made smaller {DISTINCT} times: what else breaks it is told as one, as it was sent.",
                finding.rule, finding.operation
            ));
        }
        (done <= most).then(|| (finding.clone(), freedom))
    }

    fn note_once(&mut self, text: &str) {
        if self.shrinks.noted.insert(text.to_owned()) {
            self.line.tell(Event::Note { text: text.to_owned() });
        }
    }

    /// How many requests may be spent: at most half of what the cases still to come leave over.
    fn allowance(&mut self) -> Option<u64> {
        let flood = if self.job.plan.flood.is_some() { FLOOD } else { 0 };
        let left = self.job.budget.saturating_sub(self.line.requests);
        let most = (left.saturating_sub(self.shrinks.due + flood) / 2).min(TRIES);
        let share = match self.job.campaign {
            Some(Extent::Requests(requests)) => (requests / 2).max(TRIES).saturating_sub(self.shrinks.requests),
            _ => TRIES,
        };
        let why = match () {
            () if most < FEWEST => NO_BUDGET,
            () if share < FEWEST => NO_SHARE,
            () if self.is_late(Duration::ZERO) => NO_TIME,
            () => return Some(most.min(share)),
        };
        self.note_once(why);
        None
    }

    /// Whether the time for it is over, counted with what is not told yet.
    fn is_late(&self, more: Duration) -> bool {
        let longest = if self.job.target.is_loopback() { LONGEST } else { LONGEST * 10 };
        let campaign = match self.job.campaign {
            Some(Extent::Ms(ms)) => Duration::from_millis(ms / 4),
            _ => Duration::ZERO,
        };
        self.shrinks.spent + more >= longest.max(campaign)
    }
}

const TOO_MANY_REQUESTS: u16 = 429;

fn cause(finding: &Finding) -> [String; 3] {
    let pointer = finding.pointer.as_deref().map(shape).unwrap_or_default();
    [finding.rule.clone(), finding.operation.clone(), pointer]
}

/// Tells a finding by its smaller request.
fn replace(conclusion: &mut Conclusion, finding: &Finding, smaller: &Finding) {
    let broken = match &mut conclusion.verdict {
        Verdict::Broken { findings } => findings.as_mut_slice(),
        _ => &mut [],
    };
    let same = |other: &&mut Finding| *other == finding;
    for place in conclusion.findings.iter_mut().chain(broken).filter(same) {
        place.clone_from(smaller);
    }
}
