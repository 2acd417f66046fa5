//! Finds the recorded erratum that tells of a fault.

use super::fault::Fault;
use crate::contract::{Erratum, ErratumKind, Seen};

/// What of an answer decides which errata may tell of it.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The operation that answered.
    pub operation: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// The schema file that judges the body.
    pub branch: Option<&'a str>,
}

/// The recorded erratum that a fault is an instance of; one of the page alone excuses nothing.
pub fn recorded<'a>(errata: &'a [Erratum], scope: Scope<'_>, fault: &Fault) -> Option<&'a Erratum> {
    let Scope { operation, status, branch } = scope;
    let pointer = fault.pointer.as_deref()?;
    let seen = Seen { operation, status, branch, rule: fault.rule.id, pointer, seen_type: fault.seen_type };
    errata.iter().find(|erratum| erratum.kind == ErratumKind::Recorded && erratum.tells(&seen))
}
