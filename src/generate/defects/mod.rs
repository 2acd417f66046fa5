//! Every defect, a layer each, and every valid variation.

#[cfg(test)]
mod bench;
mod credential;
mod csv;
mod identifier;
mod negotiation;

use super::defect::Defect;

/// Every defect and every valid variation, in the order in which they are sent.
pub const ALL: &[&[Defect]] = &[
    csv::ALL,
    credential::ALL,
    identifier::LISTED,
    identifier::IDS,
    negotiation::HARMLESS,
    negotiation::HTTP,
    negotiation::METHODS,
];

/// Finds a defect by its id.
pub fn find(id: &str) -> Option<&'static Defect> {
    ALL.iter().flat_map(|layer| layer.iter()).find(|defect| defect.id == id)
}
