//! Finds the errata that tell of nothing.

use super::disagreement::Disagreement;
use super::problem::Problem;
use crate::check;
use crate::contract::{Contract, Erratum, ErratumKind, covers};

/// The errata that name a rule which is not there.
pub fn rules(contract: &Contract) -> Vec<Problem> {
    let judge = |erratum: &Erratum| {
        let rule = erratum.rule.as_deref().filter(|rule| check::rule(rule).is_none())?;
        let what = format!("the erratum `{}` names the rule `{rule}`, which is not there", erratum.id);
        Some(Problem::at(erratum.place.clone(), what, "`tenantcheck list --rules` prints all of them"))
    };
    contract.errata.iter().filter_map(judge).collect()
}

/// The errata about the pages' own examples that no example shows, or not at each of their places.
pub fn unshown(contract: &Contract, disagreements: &[Disagreement<'_>]) -> Vec<Problem> {
    let pages = contract.errata.iter().filter(|erratum| erratum.kind == ErratumKind::Page);
    pages.flat_map(|erratum| unshown_places(erratum, disagreements)).collect()
}

fn unshown_places(erratum: &Erratum, disagreements: &[Disagreement<'_>]) -> Vec<Problem> {
    let problem = |what: String| {
        Problem::at(erratum.place.clone(), what, "take it out, or let it name what the example really has")
    };
    let own = || disagreements.iter().filter(|seen| seen.erratum.is_some_and(|told| told.id == erratum.id));
    if erratum.pointers.is_empty() {
        return vec![problem(format!("the erratum `{}` of the page names no place in an example", erratum.id))];
    }
    let shown = |pattern: &&String| own().any(|seen| covers(pattern, &seen.pointer));
    let unshown = erratum.pointers.iter().filter(|pattern| !shown(pattern));
    unshown.map(|pattern| problem(format!("no example shows the erratum `{}` at {pattern}", erratum.id))).collect()
}
