//! Every defect, a layer each, and every valid variation.

#[cfg(test)]
mod bench;
mod credential;
mod csv;
mod form;
mod grip;
mod identifier;
mod multipart;
mod negotiation;
#[cfg(test)]
mod sample;
mod value;

use super::defect::Defect;

/// Every defect and every valid variation, in the order in which they are sent.
pub const ALL: &[&[Defect]] = &[
    csv::QUOTES,
    csv::ROWS,
    csv::HEADER,
    csv::LINE_ENDS,
    csv::ENCODING,
    csv::SIZE,
    csv::CONTENT,
    csv::VALID,
    multipart::VALID,
    multipart::DRAWN,
    multipart::FILE_NAME,
    multipart::BOUNDARY,
    multipart::PART,
    multipart::PART_HEAD,
    multipart::FRAMING,
    form::ALL,
    value::ALL,
    credential::ALL,
    identifier::LISTED,
    identifier::IDS,
    negotiation::DRAWN,
    negotiation::HARMLESS,
    negotiation::HTTP,
    negotiation::METHODS,
];

/// Finds a defect by its id.
pub fn find(id: &str) -> Option<&'static Defect> {
    ALL.iter().flat_map(|layer| layer.iter()).find(|defect| defect.id == id)
}
