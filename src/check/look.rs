//! Judges a body by the annotations of its schema.

use super::body::{extra_property, open_enum};
use super::envelope::{detail_code, tracking_id_unique};
use super::fault::Fault;
use super::identity::{branch_type, same_id, times_in_order, unique_ids};
use super::ledger::Ledger;
use super::outline::{Outline, Sight, walk};
use super::scene::Scene;
use super::seen::Marks;
use super::show;
use serde_json::Value;
use std::collections::HashSet;

const MOST_FAULTS: usize = 50;

/// What the annotations say of a body.
#[derive(Debug, Default)]
pub struct Looked {
    /// What is broken, at most 50.
    pub faults: Vec<Fault>,
    /// What is news, once for each place, at most 50.
    pub notes: Vec<Fault>,
}

/// Judges a body; `expected` tells whether its status is one that the case allows.
pub fn look(
    outline: &Outline,
    file: &str,
    body: &Value,
    scene: &Scene<'_>,
    expected: bool,
    ledger: &mut Ledger,
) -> Looked {
    let mut looked = Looked::default();
    let (mut places, mut marks) = (HashSet::new(), Marks::default());
    walk(outline, file, body, |sight| {
        marks.mark(sight);
        let seen = looked.faults.len();
        looked.faults.extend(faults(sight, scene, expected, ledger));
        looked.faults.truncate(MOST_FAULTS.max(seen));
        for (place, note) in notes(sight) {
            if places.len() < MOST_FAULTS && places.insert(place) {
                looked.notes.push(note);
            }
        }
        looked.faults.len() < MOST_FAULTS
    });
    ledger.seen.add(&scene.operation.id, file, marks);
    looked
}

fn faults(sight: &Sight<'_, '_>, scene: &Scene<'_>, expected: bool, ledger: &mut Ledger) -> Vec<Fault> {
    let status = scene.exchange.status().unwrap_or_default();
    let success = (200..300).contains(&status);
    let unique = if success { &unique_ids::RULE } else { &tracking_id_unique::RULE };
    let asked =
        if success && expected { [same_id::judge(sight, scene), branch_type::judge(sight)] } else { [None, None] };
    asked
        .into_iter()
        .chain([
            unique_ids::judge(unique, sight, scene, ledger),
            detail_code::judge(sight, status),
            times_in_order::judge(sight),
        ])
        .flatten()
        .collect()
}

fn notes(sight: &Sight<'_, '_>) -> Vec<(String, Fault)> {
    let news = open_enum::judge(sight).map(|note| (format!("enum {}", show::shape(&sight.pointer())), note));
    let extra = extra_property::unnamed(sight).into_iter().take(MOST_FAULTS).map(|(name, value)| {
        let pointer = show::step(&sight.pointer(), name);
        (format!("property {}", show::shape(&pointer)), extra_property::told(pointer, value))
    });
    news.into_iter().chain(extra).collect()
}
