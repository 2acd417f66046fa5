//! What fuzz findings need to be shown, so that what shows the same is told as the same, and all else is not.

use crate::exchange::Probe;
use crate::shrink::Essence;
use crate::verdict::{Finding, Left, told_apart};

/// The fuzz findings that are told by what is left of their requests.
#[derive(Debug, Default)]
pub(in crate::run) struct Known(Vec<One>);

#[derive(Debug)]
struct One {
    /// The fingerprint of all findings of its kind, where that is known.
    raw: Option<String>,
    told: Told,
    /// What shows it, of which there may be more than one.
    left: Vec<Left>,
    essence: Essence,
}

/// What a finding is told by.
#[derive(Debug, Clone)]
struct Told {
    fingerprint: String,
    left: Vec<Left>,
}

impl Known {
    /// Takes in a finding that an earlier run told.
    pub(in crate::run) fn remember(&mut self, finding: &Finding) {
        let told = Told { fingerprint: finding.fingerprint.clone(), left: finding.left.clone() };
        self.0.push(One { raw: None, left: told.left.clone(), told, essence: Essence::default() });
    }

    /// Takes in a finding of which it is known what is left, and tells it by that; as an earlier one, where the smallest
    /// requests of both are alike.
    pub(super) fn take(&mut self, finding: Finding, essence: Essence) -> Finding {
        let raw = finding.fingerprint.clone();
        let alike = |one: &&One| one.raw.as_ref() == Some(&raw) && one.essence.is_like(&essence);
        let own = || Told { fingerprint: told_apart(&raw, &finding.left), left: finding.left.clone() };
        let told = self.0.iter().find(alike).map_or_else(own, |one| one.told.clone());
        let left = finding.left.clone();
        self.0.push(One { raw: Some(raw), told: told.clone(), left, essence });
        Finding { fingerprint: told.fingerprint, left: told.left, ..finding }
    }

    /// Whether a finding is told as one of them.
    pub(super) fn has(&self, finding: &Finding) -> bool {
        self.0.iter().any(|one| one.told.fingerprint == finding.fingerprint)
    }

    /// Tells a finding as the known one whose request needs nothing that the probe has not; as it is, where there is none.
    pub(in crate::run) fn name(&self, finding: Finding, probe: &Probe) -> Finding {
        let holds = |one: &One| {
            let mut ids = one.left.iter().map(|left| left.id.as_str());
            ids.clone().all(|id| probe.defects.iter().any(|own| own == id)) && one.essence.may_be_in(probe, &mut ids)
        };
        let same = |one: &One| match &one.raw {
            Some(raw) => *raw == finding.fingerprint,
            None => told_apart(&finding.fingerprint, &one.left) == one.told.fingerprint,
        };
        match self.0.iter().find(|one| holds(one) && same(one)) {
            Some(one) if finding.is_of_request() => {
                let Told { fingerprint, left } = one.told.clone();
                Finding { fingerprint, left, ..finding }
            }
            _ => finding,
        }
    }
}
