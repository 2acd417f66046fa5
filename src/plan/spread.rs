//! One case becomes one for each thing of the world that it is about.

use super::planned::{Planned, Skip};
use super::scope::Subject;
use crate::contract::{Case, Contract, World, WorldKind};

/// Spreads a case over the world: one for each pair of its `each` key, or the case alone.
pub fn spread(contract: &Contract, case: &Case, world: &World) -> Vec<Planned> {
    let Some(key) = case.each.as_deref() else {
        return vec![Planned::of(case.clone())];
    };
    names(contract, key).into_iter().flat_map(|name| named(case, key, &name, world)).collect()
}

fn names(contract: &Contract, key: &str) -> Vec<String> {
    let kind = contract.world.iter().find(|known| known.name == key).map(|known| &known.kind);
    match kind {
        Some(WorldKind::IdsBy(names)) => names.clone(),
        _ => Vec::new(),
    }
}

fn named(case: &Case, key: &str, name: &str, world: &World) -> Vec<Planned> {
    let ids: Vec<&str> = world.pairs(key).into_iter().filter(|(other, _)| *other == name).map(|(_, id)| id).collect();
    let one = |id: String, subject, skip| Planned { subject, skip, ..Planned::of(Case { id, ..case.clone() }) };
    if ids.is_empty() {
        return vec![one(format!("{}/{name}", case.id), None, Some(Skip::world(key, Some(name))))];
    }
    let numbered = ids.into_iter().zip(1..);
    numbered
        .map(|(id, number)| {
            let subject = Subject { key: key.to_owned(), name: name.to_owned(), id: id.to_owned() };
            one(format!("{}/{name}-{number}", case.id), Some(subject), None)
        })
        .collect()
}
