//! What fuzz findings need to be shown, so that what shows the same is told as the same, and all else is not.

use crate::exchange::Probe;
use crate::verdict::{Finding, Left, told_apart};

/// The fuzz findings that are told by what is left of their requests.
#[derive(Debug, Default)]
pub(in crate::run) struct Known(Vec<One>);

#[derive(Debug)]
struct One {
    fingerprint: String,
    left: Vec<Left>,
}

impl Known {
    /// Takes in a finding that is told so.
    pub(in crate::run) fn add(&mut self, finding: &Finding) {
        let (fingerprint, left) = (finding.fingerprint.clone(), finding.left.clone());
        self.0.push(One { fingerprint, left });
    }

    /// Whether a finding is told as one of them.
    pub(super) fn has(&self, finding: &Finding) -> bool {
        self.0.iter().any(|one| one.fingerprint == finding.fingerprint)
    }

    /// Tells a finding as the known one whose request holds nothing that the probe has not; as it is, where there is none.
    pub(in crate::run) fn name(&self, finding: Finding, probe: &Probe) -> Finding {
        let holds = |one: &One| one.left.iter().all(|left| probe.defects.contains(&left.id));
        let is = |one: &&One| holds(one) && told_apart(&finding.fingerprint, &one.left) == one.fingerprint;
        match self.0.iter().find(is) {
            Some(one) if finding.is_of_request() => {
                Finding { fingerprint: one.fingerprint.clone(), left: one.left.clone(), ..finding }
            }
            _ => finding,
        }
    }
}
