//! Every defect, a layer each, and every valid variation.

mod csv;

use super::defect::Defect;

/// Every defect and every valid variation, in the order in which they are sent.
pub const ALL: &[&[Defect]] =
    &[csv::QUOTES, csv::ROWS, csv::HEADER, csv::LINE_ENDS, csv::ENCODING, csv::SIZE, csv::CONTENT, csv::VALID];

/// Finds a defect by its id.
pub fn find(id: &str) -> Option<&'static Defect> {
    ALL.iter().flat_map(|layer| layer.iter()).find(|defect| defect.id == id)
}
