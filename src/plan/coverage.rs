//! The coverage phase: every defect in every place where it fits, once. Without a request that works, those that are
//! judged all the same.

use super::bundle::{bundles, fits};
use super::draft::draft;
use super::name;
use super::phase::Phase;
use super::planned::{Planned, Skip};
use super::scope::Scope;
use super::stand_in::stand_in;
use super::turns::Turns;
use crate::contract::{Case, Expect, Operation, World};
use crate::gate::Gate;
use crate::generate::{self, Defect, Draft, Place, Recipe, Spot, defects};
use std::collections::BTreeSet;

/// A control that defects are put into, and its draft.
struct Base<'a> {
    planned: &'a Planned,
    scope: Scope<'a>,
    draft: Draft,
}

/// Plans every defect for an operation, but those that a hand-written case is about already.
pub(super) fn coverage(operation: &Operation, cases: &[Planned], world: &World, turns: &mut Turns<'_>) -> Vec<Planned> {
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
    let alone: Vec<Planned> =
        placed(&alone, &bases, operation).into_iter().map(|one| planned(&one, operation, turns)).collect();
    let shared = shared.into_iter().flat_map(|(base, defects)| together(&defects, base, operation, turns));
    alone.into_iter().chain(shared).collect()
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

/// A defect at one spot of one base.
struct Placed<'b, 'a> {
    defect: &'static Defect,
    spot: Spot,
    several: bool,
    base: &'b Base<'a>,
}

/// A defect goes into the first base that has spots for it; those of the credential go into each base in turn.
fn placed<'b, 'a>(defects: &[&'static Defect], bases: &'b [Base<'a>], operation: &Operation) -> Vec<Placed<'b, 'a>> {
    let mut credentials = 0;
    let one = |defect: &&'static Defect| {
        let fits = |base: &&'b Base<'a>| !defect.place.spots(&base.draft, operation).is_empty();
        let fitting: Vec<&Base<'_>> = bases.iter().filter(fits).collect();
        let at = if defect.place == Place::Credential { credentials } else { 0 };
        credentials += usize::from(defect.place == Place::Credential);
        let Some(base) = fitting.get(at % fitting.len().max(1)).copied() else { return Vec::new() };
        let spots = defect.place.spots(&base.draft, operation);
        let several = spots.len() > 1;
        spots.into_iter().map(|spot| Placed { defect, spot, several, base }).collect()
    };
    defects.iter().flat_map(one).collect()
}

fn planned(placed: &Placed<'_, '_>, operation: &Operation, turns: &mut Turns<'_>) -> Planned {
    let (defect, spot, base) = (placed.defect, &placed.spot, placed.base);
    let place = if spot.name().is_empty() { String::new() } else { format!(", in {}", spot.name()) };
    let recipe = Recipe { uses: vec![(defect, spot.clone())] };
    let case = Case {
        id: name::alone(&operation.id, defect, spot, placed.several),
        family: format!("{}/{}", operation.id, defect.id),
        title: format!("{}{place}", capital(defect.title)),
        expect: owed(&recipe, operation),
        ..base.case()
    };
    let subject = turns.next(&case);
    let scope = Scope { subject: subject.as_ref().or(base.scope.subject), ..base.scope };
    let fits = || draft(&scope).is_ok_and(|draft| fits(defect, spot, &scope, &draft));
    let unfit = matches!(spot, Spot::Parameter(_)) && !fits();
    let (recipe, phase) = (Some(recipe), Phase::Coverage);
    Planned { skip: unfit.then(Skip::unfit), subject, recipe, phase, ..Planned::of(case) }
}

impl Base<'_> {
    /// A case that sends what the control sends, as far as no defect is done to it.
    fn case(&self) -> Case {
        Case { clause: String::new(), control: false, each: None, ..self.planned.case.clone() }
    }
}

/// Variations that share requests, each request about another thing of the world where there are more.
fn together(
    defects: &[&'static Defect],
    base: &Base<'_>,
    operation: &Operation,
    turns: &mut Turns<'_>,
) -> Vec<Planned> {
    let recipes = bundles(defects, &base.scope, &base.draft, operation);
    let shared = |(recipe, number): (Recipe, usize)| {
        let titles: Vec<&str> = recipe.uses.iter().map(|(defect, _)| defect.title).collect();
        let (first, _) = recipe.uses.first()?;
        let (id, family) = name::together(&operation.id, first.layer(), number);
        let case =
            Case { id, family, title: capital(&titles.join("; ")), expect: owed(&recipe, operation), ..base.case() };
        let subject = turns.next(&case);
        let each = |(defect, spot): &(&'static Defect, Spot)| {
            let placed = Placed { defect, spot: spot.clone(), several: true, base };
            Planned { subject: subject.clone(), selected: true, ..planned(&placed, operation, &mut turns.idle()) }
        };
        let members = if recipe.uses.len() > 1 { recipe.uses.iter().map(each).collect() } else { Vec::new() };
        let (recipe, phase) = (Some(recipe), Phase::Coverage);
        Some(Planned { subject, recipe, members, phase, ..Planned::of(case) })
    };
    recipes.into_iter().zip(1..).filter_map(shared).collect()
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
