//! What one or two answers to the same bytes come to.

use super::{Condition, Heard, Memory};
use crate::verdict::Finding;
use std::time::Duration;

/// What a finding that is not seen again is counted with.
#[derive(Clone, Copy)]
enum Doubt {
    /// Others of its rule.
    Rule,
    /// Whatever was served that must not be: no outage and no proxy serves by mistake.
    Served,
    /// Nothing: the tenant said that it is away for a moment, and was.
    Away,
}

/// What successes that are not allowed are counted under, whatever rule tells them.
const SERVED: &str = "served though it must not be";

/// The findings of a case: those of its answer, and of the second answer to the same bytes where there is one.
pub(super) fn merge(first: Option<Heard>, again: Option<Heard>, memory: &mut Memory) -> Vec<Finding> {
    let Some(first) = first else { return Vec::new() };
    let (sent, doubt) = (first.sent, Doubt::of(&first, again.as_ref()));
    let Some(again) = again else {
        return first.findings.into_iter().map(|finding| mark(finding, None, (sent, sent), memory)).collect();
    };
    let (settled, doubt_again) = (again.sent + again.took, Doubt::of(&again, Some(&first)));
    let repeats =
        |finding: &Finding, others: &[Finding]| others.iter().any(|other| other.fingerprint == finding.fingerprint);
    let (again, first) = (again.findings, first.findings);
    let fresh: Vec<Finding> = again.iter().filter(|finding| !repeats(finding, &first)).cloned().collect();
    let seen = first.into_iter().map(|mut finding| {
        let repeated = repeats(&finding, &again);
        finding.seen += u64::from(repeated);
        (finding, (!repeated).then_some(doubt))
    });
    let all: Vec<_> = seen.chain(fresh.into_iter().map(|finding| (finding, Some(doubt_again)))).collect();
    all.into_iter().map(|(finding, doubt)| mark(finding, doubt, (sent, settled), memory)).collect()
}

impl Doubt {
    fn of(heard: &Heard, other: Option<&Heard>) -> Self {
        match heard.condition {
            Condition::Served if !heard.allowed => Self::Served,
            Condition::Unavailable(_, Some(_))
                if other.is_some_and(|other| !other.condition.same(&heard.condition)) =>
            {
                Self::Away
            }
            _ => Self::Rule,
        }
    }
}

/// Marks a finding; without a doubt where it was seen on every answer.
fn mark(finding: Finding, doubt: Option<Doubt>, (sent, settled): (Duration, Duration), memory: &mut Memory) -> Finding {
    let doubt = doubt.filter(|_| !memory.is_stable(&finding));
    match (finding.failing, doubt) {
        (true, None) => memory.confirm(finding),
        (true, Some(Doubt::Rule)) => memory.doubt(finding, sent, settled),
        (true, Some(Doubt::Served)) => memory.doubt_with(SERVED, finding, sent, settled),
        (true, Some(Doubt::Away)) => memory.pass(finding),
        (false, _) => memory.count(finding),
    }
}
