//! What a smaller request may be: complete where it was, about nothing else, and still owed what it was owed.

use super::freedom::Freedom;
use super::shape::{Material, Shape, size};
use super::slot::is_segment;
use crate::exchange::{Probe, unescaped};
use crate::generate::proof::{Sent, TableFault};
use crate::generate::{Body, Content, Defect, Draft, Place, Segment, Spot};
use std::collections::BTreeSet;

/// What smaller requests are measured by.
#[derive(Debug)]
pub struct Bounds {
    freedom: Freedom,
    complete: bool,
    paths: [Vec<Segment>; 2],
    tables: Vec<Regular>,
}

/// What is irregular in a table of the request as it was found.
#[derive(Debug)]
struct Regular {
    field: String,
    faults: Vec<TableFault>,
    /// Whether the first cells tell the rows apart.
    distinct: bool,
}

impl Bounds {
    /// Takes the measure of a request as it was found.
    pub fn new(material: &Material, freedom: Freedom, whole: &Shape, probe: &Probe) -> Self {
        let sent = Sent::of(probe);
        let regular = |field: String| {
            let (faults, distinct) = (sent.table_faults(&field), is_distinct(sent, &field));
            Regular { field, faults, distinct }
        };
        let tables = if freedom == Freedom::Owed { fields(&whole.draft) } else { Vec::new() };
        Self {
            freedom,
            complete: probe.is_complete(),
            paths: [material.base.path.clone(), whole.draft.path.clone()],
            tables: tables.into_iter().map(regular).collect(),
        }
    }

    /// Whether a smaller request may be sent in the place of the one that was found.
    pub fn allow(&self, material: &Material, shape: &Shape, probe: &Probe) -> bool {
        let framed = !self.complete || probe.is_complete();
        framed
            && self.names_no_other(material, shape)
            && (self.freedom == Freedom::Any || self.owes(material, shape, probe))
    }

    /// A path parameter may lose bytes only where it then names nothing, and only where nothing is written.
    fn names_no_other(&self, material: &Material, shape: &Shape) -> bool {
        let fine = |(place, segment): (usize, &Segment)| {
            let known = self.paths.iter().any(|path| path.get(place) == Some(segment));
            let plain = unescaped(segment.bytes());
            let listed = material.listed.iter().any(|listed| plain.eq_ignore_ascii_case(listed.as_bytes()));
            known || (!material.writes && !listed && is_segment(segment.bytes()))
        };
        shape.draft.path.iter().enumerate().all(fine)
    }

    /// Whether each use that is left shows, and nothing is irregular that was regular.
    fn owes(&self, material: &Material, shape: &Shape, probe: &Probe) -> bool {
        let sent = Sent::of(probe);
        let (recipe, aids) = (material.recipe(shape), material.aids(shape));
        let shown = recipe.uses.iter().zip(&aids).all(|((defect, spot), aid)| {
            let tabled = |field: &str| sent.table(field).is_some_and(|table| table.has_columns(&aid.columns));
            match spot {
                // A valid table may have any rows: the reader below tells whether it is one.
                Spot::Field(field) if is_valid_table(defect) => tabled(field),
                _ => (defect.shows)(&sent, spot, aid),
            }
        });
        shown && self.tables.iter().all(|regular| regular.holds(sent))
    }
}

impl Regular {
    fn holds(&self, sent: Sent<'_>) -> bool {
        let told_apart = !self.distinct || is_distinct(sent, &self.field);
        told_apart && sent.table_faults(&self.field).iter().all(|fault| self.faults.contains(fault))
    }
}

fn is_valid_table(defect: &Defect) -> bool {
    defect.place == Place::Table && defect.owed.success && defect.owed.statuses.is_empty()
}

/// Whether the first cells of a table are there and differ.
fn is_distinct(sent: Sent<'_>, field: &str) -> bool {
    let Some(table) = sent.table(field) else { return true };
    let mut seen = BTreeSet::new();
    table.rows().iter().all(|row| row.first().is_some_and(|cell| !cell.trim_ascii().is_empty() && seen.insert(cell)))
}

fn fields(draft: &Draft) -> Vec<String> {
    let Body::Multipart(multipart) = &draft.body else { return Vec::new() };
    let tables = multipart.parts.iter().filter(|part| matches!(part.content, Content::Table(_)));
    tables.map(|part| part.field.clone()).collect()
}

/// How large a request is: by what is done to it first, then by its bytes.
pub fn weight(shape: &Shape, probe: &Probe) -> (usize, u64) {
    (shape.kept.len(), size(probe))
}
