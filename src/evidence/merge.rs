//! What one or two answers to the same bytes come to.

use super::{Heard, Memory};
use crate::verdict::Finding;
use std::time::Duration;

/// The findings of a case: those of its answer, and of the second answer to the same bytes where there is one.
pub(super) fn merge(first: Option<Heard>, again: Option<Heard>, memory: &mut Memory) -> Vec<Finding> {
    let Some(first) = first else { return Vec::new() };
    let sent = first.sent;
    let Some(again) = again else {
        return first.findings.into_iter().map(|finding| mark(finding, true, (sent, sent), memory)).collect();
    };
    let settled = again.sent + again.took;
    let repeats =
        |finding: &Finding, others: &[Finding]| others.iter().any(|other| other.fingerprint == finding.fingerprint);
    let (again, first) = (again.findings, first.findings);
    let fresh: Vec<Finding> = again.iter().filter(|finding| !repeats(finding, &first)).cloned().collect();
    let seen = first.into_iter().map(|mut finding| {
        let repeated = repeats(&finding, &again);
        finding.seen += u64::from(repeated);
        (finding, repeated)
    });
    let all: Vec<_> = seen.chain(fresh.into_iter().map(|finding| (finding, false))).collect();
    all.into_iter().map(|(finding, repeated)| mark(finding, repeated, (sent, settled), memory)).collect()
}

fn mark(finding: Finding, repeated: bool, (sent, settled): (Duration, Duration), memory: &mut Memory) -> Finding {
    match (finding.failing, repeated || memory.is_stable(&finding)) {
        (true, true) => memory.confirm(finding),
        (true, false) => memory.doubt(finding, sent, settled),
        (false, _) => memory.count(finding),
    }
}
