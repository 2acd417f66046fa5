//! The coverage phase: every defect in every place where it fits, once. Without a request that works, those that are
//! judged all the same.

use super::bundle::{bundles, fits};
use super::draft::draft;
use super::name;
use super::phase::Phase;
use super::planned::{Planned, Skip};
use super::scope::{Scope, Subject};
use super::stand_in::stand_in;
use crate::contract::{Case, Expect, Operation, World};
use crate::gate::Gate;
use crate::generate::{self, Defect, Draft, Recipe, Spot, defects};
use std::collections::BTreeSet;

/// A control that defects are put into, and its draft.
struct Base<'a> {
    planned: &'a Planned,
    scope: Scope<'a>,
    draft: Draft,
}

/// Plans every defect for an operation, but those that a hand-written case is about already.
pub(super) fn coverage(operation: &Operation, cases: &[Planned], world: &World) -> Vec<Planned> {
    let written: BTreeSet<&str> = cases.iter().map(|planned| planned.case.family.as_str()).collect();
    let stand_in = Vec::from_iter(stand_in(operation, cases, world));
    let works = bases(operation, cases, world, Gate { writes: true, urls: false });
    let nameless = works.is_empty();
    let bases = if nameless { bases(operation, &stand_in, world, Gate { writes: false, urls: false }) } else { works };
    let fresh = |defect: &&Defect| !written.contains(format!("{}/{}", operation.id, defect.id).as_str());
    let apt = |defect: &&Defect| !nameless || defect.place.needs_nothing();
    let all = defects::ALL.iter().flat_map(|layer| layer.iter()).filter(fresh).filter(apt);
    let (shared, alone): (Vec<_>, Vec<_>) = all.partition(|defect| defect.is_shareable());
    let shared = sharing(&shared, &bases, operation);
    let shared = shared.into_iter().flat_map(|(base, defects)| together(&defects, base, cases, operation));
    alone.into_iter().flat_map(|defect| spots(defect, &bases, operation)).chain(shared).collect()
}

/// The first control of each thing; the first of them all comes first.
fn bases<'a>(operation: &'a Operation, cases: &'a [Planned], world: &'a World, gate: Gate) -> Vec<Base<'a>> {
    let mut things = BTreeSet::new();
    let controls = cases.iter().filter(|planned| planned.case.control && planned.skip.is_none());
    let firsts: Vec<&Planned> = controls.filter(|planned| things.insert(planned.case.thing())).collect();
    let base = |planned: &'a Planned| {
        let path = operation.versions.get(&operation.default_version)?;
        let scope = Scope {
            operation,
            id: &planned.case.id,
            case: &planned.case,
            recipe: None,
            path,
            base_path: "",
            world,
            gate,
            subject: planned.subject.as_ref(),
            seed: 0,
            candidate: 0,
        };
        Some(Base { planned, scope, draft: draft(&scope).ok()? })
    };
    firsts.into_iter().filter_map(base).collect()
}

/// The defects that share requests, by the base that they go into.
fn sharing<'b, 'a>(
    defects: &[&'static Defect],
    bases: &'b [Base<'a>],
    operation: &Operation,
) -> Vec<(&'b Base<'a>, Vec<&'static Defect>)> {
    let mut left = defects.to_vec();
    let mut sharing = Vec::new();
    for base in bases {
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|defect| !defect.place.spots(&base.draft, operation).is_empty());
        sharing.push((base, here));
        left = elsewhere;
    }
    sharing
}

/// A defect goes into the first base that has spots for it.
fn spots(defect: &'static Defect, bases: &[Base<'_>], operation: &Operation) -> Vec<Planned> {
    let fitting = bases.iter().map(|base| (base, defect.place.spots(&base.draft, operation)));
    let Some((base, spots)) = fitting.into_iter().find(|(_, spots)| !spots.is_empty()) else { return Vec::new() };
    let several = spots.len() > 1;
    spots.into_iter().map(|spot| planned(defect, spot, several, base, operation)).collect()
}

fn planned(defect: &'static Defect, spot: Spot, several: bool, base: &Base<'_>, operation: &Operation) -> Planned {
    let place = if spot.name().is_empty() { String::new() } else { format!(", in {}", spot.name()) };
    let unfit = matches!(spot, Spot::Parameter(_)) && !fits(defect, &spot, &base.scope, &base.draft);
    let id = name::alone(&operation.id, defect, &spot, several);
    let recipe = Recipe { uses: vec![(defect, spot)] };
    let case = Case {
        id,
        family: format!("{}/{}", operation.id, defect.id),
        title: format!("{}{place}", capital(defect.title)),
        expect: owed(&recipe, operation),
        ..base.case()
    };
    let recipe = Some(recipe);
    Planned { skip: unfit.then(Skip::unfit), recipe, phase: Phase::Coverage, ..Planned::of(case) }
}

impl Base<'_> {
    /// A case that sends what the control sends, as far as no defect is done to it.
    fn case(&self) -> Case {
        Case { clause: String::new(), control: false, each: None, ..self.planned.case.clone() }
    }
}

/// Variations that share requests, each request about another thing of the world where there are more.
fn together(defects: &[&'static Defect], base: &Base<'_>, cases: &[Planned], operation: &Operation) -> Vec<Planned> {
    let of_same = |planned: &&Planned| {
        planned.case.control && planned.skip.is_none() && planned.case.thing() == base.planned.case.thing()
    };
    let things: Vec<&Subject> = cases.iter().filter(of_same).filter_map(|planned| planned.subject.as_ref()).collect();
    let recipes = bundles(defects, &base.scope, &base.draft, operation);
    let things = things.iter().copied().cycle().skip(1).map(Some).chain(std::iter::repeat(None));
    let shared = |((recipe, number), thing): ((Recipe, usize), Option<&Subject>)| {
        let titles: Vec<&str> = recipe.uses.iter().map(|(defect, _)| defect.title).collect();
        let (first, _) = recipe.uses.first()?;
        let (id, family) = name::together(&operation.id, first.layer(), number);
        let case =
            Case { id, family, title: capital(&titles.join("; ")), expect: owed(&recipe, operation), ..base.case() };
        let each = |(defect, spot): &(&'static Defect, Spot)| Planned {
            subject: thing.cloned(),
            selected: true,
            ..planned(defect, spot.clone(), true, base, operation)
        };
        let members = if recipe.uses.len() > 1 { recipe.uses.iter().map(each).collect() } else { Vec::new() };
        let (subject, recipe, phase) = (thing.cloned(), Some(recipe), Phase::Coverage);
        Some(Planned { subject, recipe, members, phase, ..Planned::of(case) })
    };
    recipes.into_iter().zip(1..).zip(things).filter_map(shared).collect()
}

/// What must come back for a request to which a recipe is done; what the page does not list is HTTP's own.
pub fn owed(recipe: &Recipe, operation: &Operation) -> Expect {
    let owed = generate::owed(recipe);
    let success = operation.success().filter(|_| owed.success);
    let statuses: Vec<u16> = owed.statuses.into_iter().chain(success).collect();
    let listed = statuses.iter().all(|status| operation.answer(*status).is_some());
    Expect { statuses, rule: owed.rule.to_owned(), level: owed.level, http: owed.http || !listed }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
