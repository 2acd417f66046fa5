//! One fuzz case under way: its candidates, its guidance and what it has come to.

use crate::event::Found;
use crate::plan::{Candidates, Guidance, Planned};
use crate::run::stage::Footing;
use crate::verdict::{Finding, Verdict};
use std::collections::BTreeMap;

/// One fuzz case under way.
pub(super) struct Strand<'a> {
    pub(super) planned: &'a Planned,
    pub(super) footing: Footing,
    candidates: Candidates<'a>,
    guidance: Guidance,
    /// What was made to be chosen from.
    made: BTreeMap<u32, Planned>,
    /// How many candidates were picked.
    pub(super) picked: u64,
    /// How many of them were answered.
    pub(super) answered: u64,
    pub(super) requests: u64,
    /// Candidates in a row that decided nothing.
    idle: u32,
    over: bool,
    verdict: Verdict,
    /// The first finding of each fingerprint, and how often it came.
    found: BTreeMap<(String, bool), (Finding, u64)>,
}

/// After so many candidates in a row that decided nothing, no further one is tried.
const IDLE: u32 = 12;
/// More fingerprints are not kept apart: a tenant whose every answer is wrong elsewhere fills no memory.
const FINGERPRINTS: usize = 1_000;

impl<'a> Strand<'a> {
    pub(super) fn new(planned: &'a Planned, footing: Footing, candidates: Candidates<'a>) -> Self {
        Self {
            planned,
            footing,
            candidates,
            guidance: Guidance::with_first(&planned.first),
            made: BTreeMap::new(),
            picked: 0,
            answered: 0,
            requests: 0,
            idle: 0,
            over: false,
            verdict: Verdict::Held,
            found: BTreeMap::new(),
        }
    }

    /// The next candidate, unless so many were picked or nothing more fits.
    pub(super) fn next(&mut self, share: u64) -> Option<Planned> {
        if self.over || self.picked >= share {
            return None;
        }
        let (candidates, made) = (&self.candidates, &mut self.made);
        let number = self.guidance.pick(|number| {
            let planned = candidates.candidate(number)?;
            let recipe = planned.recipe.as_ref()?;
            let parts = recipe.uses.iter().map(|(defect, _)| defect.id).collect();
            made.insert(number, planned);
            Some(parts)
        });
        self.over = number.is_none();
        self.picked += 1;
        self.made.remove(&number?)
    }

    /// Takes in what one candidate has come to; whether its behaviour is new.
    pub(super) fn take(&mut self, behaviour: Option<u64>, verdict: Verdict) -> bool {
        self.answered += u64::from(behaviour.is_some());
        let decided = matches!(verdict, Verdict::Held | Verdict::Broken { .. });
        self.idle = if decided { 0 } else { self.idle + 1 };
        self.over |= self.idle >= IDLE;
        // A candidate that cannot be sent takes nothing from the others, and what is broken stands among the findings.
        if let Verdict::Inconclusive { .. } = verdict {
            self.verdict = std::mem::take(&mut self.verdict).merge(verdict);
        }
        self.guidance.observe(behaviour)
    }

    /// Counts a finding; whether it is the first of its fingerprint.
    pub(super) fn find(&mut self, finding: &Finding) -> bool {
        let key = (finding.fingerprint.clone(), finding.failing);
        let room = self.found.len() < FINGERPRINTS;
        match self.found.get_mut(&key) {
            Some((_, count)) => *count += 1,
            None if room => {
                self.found.insert(key, (finding.clone(), 1));
                return true;
            }
            None => {}
        }
        false
    }

    /// How many behaviours were told apart.
    pub(super) fn behaviours(&self) -> u64 {
        self.guidance.behaviours() as u64
    }

    /// What was found, and how often.
    pub(super) fn found(&self) -> impl Iterator<Item = Found> {
        self.found.values().map(|(finding, count)| Found {
            fingerprint: finding.fingerprint.clone(),
            rule: finding.rule.clone(),
            case: finding.case.clone(),
            failing: finding.failing,
            count: *count,
        })
    }

    /// The verdict, and the first finding of each fingerprint.
    pub(super) fn conclude(self) -> (Verdict, Vec<Finding>) {
        let findings: Vec<Finding> = self.found.into_values().map(|(finding, _)| finding).collect();
        let verdict = match (Verdict::of(&findings), self.answered) {
            (Verdict::Held, 0) => Verdict::Inconclusive { why: "no candidate of it was answered".to_owned() },
            (verdict, _) => verdict,
        };
        (self.verdict.merge(verdict), findings)
    }
}
