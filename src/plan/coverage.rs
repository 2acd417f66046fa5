//! The coverage phase: every defect in every place where it fits, once.

use super::draft::draft;
use super::planned::{Planned, Skip};
use super::scope::Scope;
use crate::contract::{Case, Expect, Operation};
use crate::gate::Gate;
use crate::generate::{Defect, Draft, Owed, Recipe, Spot, defects};
use std::collections::BTreeSet;

/// A control that defects are put into, and its draft.
struct Base<'a> {
    planned: &'a Planned,
    draft: Draft,
}

/// Plans every defect for an operation, but those that a hand-written case is about already.
pub(super) fn coverage(operation: &Operation, cases: &[Planned], world: &crate::contract::World) -> Vec<Planned> {
    let written: BTreeSet<&str> = cases.iter().map(|planned| planned.case.family.as_str()).collect();
    let bases: Vec<Base<'_>> = bases(operation, cases, world);
    let fresh = |defect: &&Defect| !written.contains(format!("{}/{}", operation.id, defect.id).as_str());
    let all = defects::ALL.iter().flat_map(|layer| layer.iter()).filter(fresh);
    all.flat_map(|defect| spots(defect, &bases, operation)).collect()
}

/// The first control of each thing; the first of them all comes first.
fn bases<'a>(operation: &Operation, cases: &'a [Planned], world: &crate::contract::World) -> Vec<Base<'a>> {
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
            gate: Gate { writes: true },
            subject: planned.subject.as_ref(),
            seed: 0,
            candidate: 0,
        };
        Some(Base { planned, draft: draft(&scope).ok()? })
    };
    firsts.into_iter().filter_map(base).collect()
}

/// A defect goes into the first base that has spots for it.
fn spots(defect: &'static Defect, bases: &[Base<'_>], operation: &Operation) -> Vec<Planned> {
    let fitting = bases.iter().map(|base| (base, defect.place.spots(&base.draft, operation)));
    let Some((base, spots)) = fitting.into_iter().find(|(_, spots)| !spots.is_empty()) else { return Vec::new() };
    let several = spots.len() > 1;
    spots.into_iter().map(|spot| planned(defect, spot, several, base, operation)).collect()
}

fn planned(defect: &'static Defect, spot: Spot, several: bool, base: &Base<'_>, operation: &Operation) -> Planned {
    let name = if several { format!("/{}", spot.name()) } else { String::new() };
    let case = Case {
        id: format!("{}/{PHASE}/{}{name}", operation.id, defect.id),
        family: format!("{}/{}", operation.id, defect.id),
        title: format!("{}{}{}", capital(defect.title), if spot.name().is_empty() { "" } else { ", in " }, spot.name()),
        clause: String::new(),
        control: false,
        each: None,
        expect: expect(&defect.owed, operation),
        ..base.planned.case.clone()
    };
    let recipe = Some(Recipe { uses: vec![(defect, spot)] });
    Planned { case, subject: None, skip: None::<Skip>, selected: false, recipe }
}

/// What the ids of this phase's cases have behind the operation.
const PHASE: &str = "coverage";

fn expect(owed: &Owed, operation: &Operation) -> Expect {
    let success = operation.success().filter(|_| owed.success);
    let statuses: Vec<u16> = owed.statuses.iter().copied().chain(success).collect();
    let listed = statuses.iter().all(|status| operation.answer(*status).is_some());
    Expect { statuses, rule: owed.rule.to_owned(), level: owed.level, http: owed.http || !listed }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
