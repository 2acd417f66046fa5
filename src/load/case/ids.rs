//! The ids of cases: where they come from, and that no two are the same.

use crate::contract::{Case, Contract, Each, WorldKind};
use crate::load::problem::{Problem, Problems};
use std::collections::BTreeMap;

/// The id of a family of cases: the path of its file without the suffix.
pub fn family(name: &str) -> &str {
    name.strip_suffix(".toml").unwrap_or(name)
}

/// Whether a text can be a part of a case's id.
pub fn plain_name(name: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
}

/// Checks that no two cases of different files have one id, the cases of `each` among them.
pub fn check(cases: &[Case], contract: &Contract, problems: &Problems) {
    let mut first: BTreeMap<&str, &Case> = BTreeMap::new();
    for case in cases {
        let known = *first.entry(&case.id).or_insert(case);
        if known.place.path != case.place.path {
            clash(case, known, problems);
        }
    }
    for family in cases.iter().filter(|case| case.each.is_some()) {
        for case in cases.iter().filter(|case| of_each(family, &case.id, contract)) {
            clash(case, family, problems);
        }
    }
}

fn clash(case: &Case, known: &Case, problems: &Problems) {
    let what = format!("`{}` is the id of two cases", case.id);
    let advice = format!("the other stands at {}:{}; rename one", known.place.path, known.place.line);
    problems.push(Problem::at(case.place.clone(), what, advice));
}

/// Whether an id is one that `each` will give: the family's, a name, and a number where there may be several.
fn of_each(family: &Case, id: &str, contract: &Contract) -> bool {
    let own = id.strip_prefix(family.id.as_str()).and_then(|rest| rest.strip_prefix('/'));
    let Some((own, each)) = own.zip(family.each.as_ref()) else { return false };
    let listed = |wanted: &str, name: &str| {
        let key = contract.world.iter().find(|key| key.name == wanted);
        key.is_some_and(|key| matches!(&key.kind, WorldKind::IdsBy(names) if names.iter().any(|known| known == name)))
    };
    match each {
        Each::Name(key) => listed(key, own),
        Each::Pair(key) => own.rsplit_once('-').is_some_and(|(name, number)| {
            listed(key, name) && !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
        }),
    }
}
