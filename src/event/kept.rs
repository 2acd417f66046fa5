//! A finding as it is kept after its run: the bytes that show it, and what is needed to judge their answer again.

use crate::contract::{Expect, Place};
use crate::exchange::Probe;
use crate::verdict::Finding;
use serde::{Deserialize, Serialize};

/// A finding that is kept. Secrets stand as markers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptFinding {
    /// The version of tenantcheck that kept it.
    pub tenantcheck: String,
    /// When its run began, RFC 3339 in UTC.
    pub seen: String,
    /// The base URL of the tenant that showed it.
    pub target: String,
    /// Whether that was the embedded tenant, which is started anew each time.
    #[serde(default)]
    pub embedded: bool,
    /// The version of the operation that was asked for.
    pub version: String,
    /// Whether its run was strict.
    #[serde(default)]
    pub strict: bool,
    /// What its case promises, in one line.
    pub title: String,
    /// The file or the defect that its case comes from.
    pub family: String,
    /// Where its case stands.
    pub place: Place,
    /// What must come back.
    pub expect: Expect,
    /// What was found.
    pub finding: Finding,
    /// What was sent, in order; two where it takes two answers to show it. The last one shows it.
    pub probes: Vec<Probe>,
}

impl KeptFinding {
    /// The probe whose answer shows it.
    pub fn probe(&self) -> Option<&Probe> {
        self.probes.last()
    }

    /// Whether it was found at this tenant; every embedded tenant is the same one.
    pub fn is_of(&self, target: &str, embedded: bool) -> bool {
        if embedded { self.embedded } else { !self.embedded && self.target == target }
    }

    /// Whether another request stands for the same candidate of the same case. A case has one for every seed where it
    /// is drawn once; further candidates are what their seed makes of them.
    pub fn is_same_candidate(&self, other: &Probe) -> bool {
        self.probe().is_some_and(|own| {
            own.case == other.case && own.candidate == other.candidate && (own.candidate == 0 || own.seed == other.seed)
        })
    }
}
