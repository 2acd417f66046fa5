//! What two bursts come to: a finding counts when both show it.

use super::burst::Burst;
use crate::evidence::{Conclusion, Memory};
use crate::run::line::Halt;
use crate::verdict::{Finding, Level, Verdict};
use std::time::Duration;

/// The judgement on a burst, and the second one where there was one.
pub(super) fn conclude(first: &Burst, again: Option<&Burst>, memory: &mut Memory) -> Conclusion {
    let mut verdict = undecided(first);
    // What comes with a limit cannot be seen where none is met.
    let met = |again: &Burst| again.limits() > 0 || first.limits() == 0;
    let whole = again.is_some_and(|again| again.halt.is_none() && met(again));
    let mut all = Vec::new();
    let mut unseen = false;
    for mut finding in fresh(first, again) {
        let repeat = again.and_then(|again| again.shows(&finding)).filter(|_| first.shows(&finding).is_some());
        finding.seen += repeat.map_or(0, |repeat| repeat.seen);
        let stable = repeat.is_some() || memory.is_stable(&finding) || first.has_repeated(&finding);
        all.push(match (finding.failing, stable) {
            (false, _) => memory.count(finding),
            (true, true) => memory.confirm(finding),
            (true, false) if whole => memory.doubt(finding, Duration::MAX, Duration::MAX),
            (true, false) => {
                unseen = true;
                memory.count(Finding { level: Level::Note, failing: false, ..finding })
            }
        });
    }
    if unseen {
        let why = "a finding could not be looked for again in a second burst".to_owned();
        verdict = Verdict::Inconclusive { why }.merge(verdict);
    }
    let (broken, partial) = (Verdict::of(&all), matches!(verdict, Verdict::Inconclusive { .. }));
    Conclusion { verdict: verdict.merge(broken), findings: all, partial, ..Conclusion::default() }
}

/// The findings of the first burst, then those of the second alone.
fn fresh(first: &Burst, again: Option<&Burst>) -> Vec<Finding> {
    let of_second = again.into_iter().flat_map(Burst::findings).filter(|finding| first.shows(finding).is_none());
    first.findings().chain(of_second).cloned().collect()
}

fn undecided(burst: &Burst) -> Verdict {
    let why = match (burst.halt, burst.limits()) {
        (Some(Halt::Interrupted), _) => Some("interrupted".to_owned()),
        (Some(halt), 0) => Some(halt.why().to_owned()),
        _ if burst.undecided.is_some() => burst.undecided.clone(),
        (None, 0) => Some(format!("no 429 came in {} requests", burst.heard.len())),
        _ if burst.after.announced.is_none() => Some("no 429 announced a wait that can be read".to_owned()),
        _ => None,
    };
    why.map_or(Verdict::Held, |why| Verdict::Inconclusive { why })
}
