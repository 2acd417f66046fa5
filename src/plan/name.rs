//! What the cases of the coverage phase are called, and under which name each of them draws.

use crate::contract::Case;
use crate::generate::{Defect, Spot};

/// What the ids of this phase's cases have behind the operation.
const PHASE: &str = "coverage";
/// What the case of a request that variations share is called.
const SHARED: &str = "together";

/// The id of a defect's own case; `several` where the operation has more spots for it.
pub(super) fn alone(operation: &str, defect: &Defect, spot: &Spot, several: bool) -> String {
    let name = if several && !spot.name().is_empty() { format!("/{}", spot.name()) } else { String::new() };
    format!("{operation}/{PHASE}/{}{name}", defect.id)
}

/// The id and the family of a request that several share.
pub(super) fn together(operation: &str, layer: &str, number: usize) -> (String, String) {
    (format!("{operation}/{PHASE}/{layer}/{SHARED}-{number}"), format!("{operation}/{layer}/{SHARED}"))
}

/// Under which id a defect draws: among others under that of its own case, so that alone it draws the same.
pub(super) fn draws_as(id: &str, case: &Case, defect: &Defect, spot: &Spot) -> String {
    let shared = case.family.ends_with(&format!("/{SHARED}"));
    if shared { alone(&case.operation, defect, spot, true) } else { id.to_owned() }
}
