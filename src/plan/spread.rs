//! One case becomes one for each thing of the world, or for each name of its things, that it is about.

use super::planned::{Planned, Skip};
use super::scope::Subject;
use crate::contract::{Case, Contract, Each, Piece, World, WorldKind};
use crate::generate;

/// Spreads a case over the world as its `each` says, or leaves it alone.
pub fn spread(contract: &Contract, case: &Case, world: &World) -> Vec<Planned> {
    match &case.each {
        None => vec![Planned::of(case.clone())],
        Some(Each::Pair(key)) => {
            names(contract, key).into_iter().flat_map(|name| pairs(case, key, &name, world)).collect()
        }
        Some(Each::Name(key)) => names(contract, key).into_iter().map(|name| named(case, key, &name, world)).collect(),
    }
}

fn names(contract: &Contract, key: &str) -> Vec<String> {
    let kind = contract.world.iter().find(|known| known.name == key).map(|known| &known.kind);
    match kind {
        Some(WorldKind::IdsBy(names)) => names.clone(),
        _ => Vec::new(),
    }
}

fn pairs(case: &Case, key: &str, name: &str, world: &World) -> Vec<Planned> {
    let subjects = subjects(key, name, world);
    if subjects.is_empty() {
        return vec![nameless(case, key, name, world)];
    }
    let one = |(subject, number): (Subject, usize)| Planned {
        subject: Some(subject),
        ..Planned::of(Case { id: format!("{}/{name}-{number}", case.id), ..case.clone() })
    };
    subjects.into_iter().zip(1..).map(one).collect()
}

/// The case of one name, about one of its things; which of them is fixed by the case.
fn named(case: &Case, key: &str, name: &str, world: &World) -> Planned {
    let mut subjects = subjects(key, name, world);
    if subjects.is_empty() {
        return nameless(case, key, name, world);
    }
    let [draw, ..] = generate::draw(0, &case.id, 0);
    let subject = subjects.swap_remove(usize::from(draw) % subjects.len());
    Planned { subject: Some(subject), ..Planned::of(Case { id: format!("{}/{name}", case.id), ..case.clone() }) }
}

fn subjects(key: &str, name: &str, world: &World) -> Vec<Subject> {
    let own = world.pairs(key).into_iter().filter(|(other, _)| *other == name);
    own.map(|(name, id)| Subject { key: key.to_owned(), name: name.to_owned(), id: id.to_owned() }).collect()
}

/// The case of a name of which the world has nothing: what can do without keeps the name.
fn nameless(case: &Case, key: &str, name: &str, world: &World) -> Planned {
    let mut case = Case { id: format!("{}/{name}", case.id), ..case.clone() };
    if case.thing() != Some(key) || case.templates().any(|template| template.missing(&World::default()).is_some()) {
        let name = (!world.pairs(key).is_empty()).then_some(name);
        return Planned { skip: Some(Skip::world(key, name)), ..Planned::of(case) };
    }
    for piece in case.request.path.values_mut().flat_map(|template| &mut template.0) {
        *piece = match std::mem::replace(piece, Piece::Unknown) {
            Piece::WorldName { key: other, .. } if other == key => Piece::Literal(name.into()),
            // Of this name the world has nothing, so that what stands in for it always does.
            Piece::WorldId { key: other, otherwise } if other == key => {
                Piece::World { key: format!("{key}.{name}"), otherwise }
            }
            other => other,
        };
    }
    Planned::of(case)
}

#[cfg(test)]
mod tests {
    use super::spread;
    use crate::contract::{
        Alternative, Case, Contract, Each, Piece, Request, Template, World, WorldKey, WorldKind, WorldValue,
    };

    fn ids(otherwise: Option<Alternative>) -> Vec<(String, Option<String>, bool, bool)> {
        let kind = WorldKind::IdsBy(vec!["bolts".into(), "nuts".into()]);
        let key = WorldKey { name: "widgets".into(), kind, description: String::new() };
        let contract = Contract { world: vec![key], ..Contract::default() };
        let held = WorldValue::IdsBy(vec![("nuts".to_owned(), vec!["n1".to_owned()])]);
        let world = World([("widgets".to_owned(), held)].into());
        let name = Piece::WorldName { key: "widgets".into(), otherwise: otherwise.clone() };
        let id = Piece::WorldId { key: "widgets".into(), otherwise };
        let path = [("kind".to_owned(), Template(vec![name])), ("id".to_owned(), Template(vec![id]))].into();
        let each = Some(Each::Name("widgets".into()));
        let case = Case { id: "a".into(), each, request: Request { path, ..Request::default() }, ..Case::default() };
        let told = |planned: &super::Planned| {
            let kept = planned.case.request.path.get("kind") == Some(&Template::literal("bolts"));
            (planned.case.id.clone(), planned.subject.clone().map(|subject| subject.id), planned.skip.is_some(), kept)
        };
        spread(&contract, &case, &world).iter().map(told).collect()
    }

    #[test]
    fn a_name_without_things_is_asked_about_what_nobody_has_where_that_will_do() {
        let nuts = ("a/nuts".to_owned(), Some("n1".to_owned()), false, false);
        assert_eq!(ids(None), [("a/bolts".to_owned(), None, true, false), nuts.clone()]);
        assert_eq!(ids(Some(Alternative::Unknown)), [("a/bolts".to_owned(), None, false, true), nuts]);
    }
}
