//! Valid variations that share a request: each is proven beside the others, and none hides another.

use super::probe::aid;
use super::scope::Scope;
use crate::contract::Operation;
use crate::generate::{Defect, Draft, Mixture, Recipe, Spot};

/// How many share a request at most: so many requests more it costs to tell which of them it was.
const MOST: usize = 8;

/// Puts variations together: each into the first request that takes it, and that still shows all the others.
pub(super) fn bundles(
    defects: &[&'static Defect],
    scope: &Scope<'_>,
    draft: &Draft,
    operation: &Operation,
) -> Vec<Recipe> {
    let mut bundles: Vec<Mixture> = Vec::new();
    for defect in defects {
        for spot in defect.place.spots(draft, operation) {
            let aid = aid(&spot, scope, draft);
            if !bundles.iter_mut().any(|bundle| is_alike(bundle, defect) && bundle.takes(defect, &spot, &aid)) {
                let mut bundle = Mixture::new(draft);
                if bundle.takes(defect, &spot, &aid) {
                    bundles.push(bundle);
                }
            }
        }
    }
    bundles.into_iter().map(|bundle| bundle.recipe).collect()
}

/// Whether a defect finds a place in a request, and its bytes show it.
pub(super) fn fits(defect: &'static Defect, spot: &Spot, scope: &Scope<'_>, draft: &Draft) -> bool {
    Mixture::new(draft).takes(defect, spot, &aid(spot, scope, draft))
}

/// Whether a request has room for a variation, which is owed what the others there are.
fn is_alike(bundle: &Mixture, defect: &Defect) -> bool {
    let uses = &bundle.recipe.uses;
    uses.len() < MOST && uses.first().is_none_or(|(first, _)| first.owed == defect.owed)
}

#[cfg(test)]
mod tests {
    use super::{bundles, fits};
    use crate::contract::{Answer, Case, Operation, Parameter, Request, Template, World};
    use crate::gate::Gate;
    use crate::generate::{Defect, Draft, Place, Spot, defects};
    use crate::plan::Scope;
    use crate::plan::draft::draft;
    use std::collections::BTreeSet;

    fn operation(listed: &[&str]) -> Operation {
        let listed = Some(listed.iter().map(ToString::to_string).collect());
        let answer = Answer { status: 200, media_types: vec!["application/json".into()], ..Answer::default() };
        Operation {
            id: "read-widget".into(),
            method: "GET".into(),
            parameters: vec![Parameter { name: "kind".into(), listed }],
            answers: vec![answer],
            ..Operation::default()
        }
    }

    fn case() -> Case {
        let path = [("kind".to_owned(), Template::literal("bolts"))].into();
        Case { request: Request { caller: Some("full".into()), path, ..Request::default() }, ..Case::default() }
    }

    fn with<T>(operation: &Operation, ask: impl FnOnce(&Scope<'_>, &Draft) -> T) -> T {
        let (case, world) = (case(), World::default());
        let scope = Scope {
            operation,
            id: "a",
            case: &case,
            recipe: None,
            path: "/widgets/{kind}",
            base_path: "",
            world: &world,
            gate: Gate { writes: false, urls: false },
            subject: None,
            seed: 1,
            candidate: 0,
        };
        ask(&scope, &draft(&scope).unwrap())
    }

    #[test]
    fn every_harmless_variation_is_sent_once_in_few_requests_of_one_promise() {
        let all = || defects::ALL.iter().flat_map(|layer| layer.iter());
        let here = |defect: &&Defect| defect.is_shareable() && defect.place == Place::Reading;
        let shared: Vec<&Defect> = all().filter(here).collect();
        let operation = operation(&["bolts", "nuts"]);
        let recipes = with(&operation, |scope, draft| bundles(&shared, scope, draft, &operation));
        let sent: Vec<&str> =
            recipes.iter().flat_map(|recipe| recipe.uses.iter().map(|(defect, _)| defect.id)).collect();
        assert_eq!(sent.iter().collect::<BTreeSet<_>>().len(), shared.len());
        assert_eq!(sent.len(), shared.len());
        assert!(recipes.len() <= 6 && shared.len() > 25, "{} in {}", shared.len(), recipes.len());
        for recipe in recipes {
            assert!(
                recipe.uses.iter().all(|(defect, _)| Some(defect.owed) == recipe.uses.first().map(|one| one.0.owed))
            );
        }
    }

    #[test]
    fn a_defect_that_finds_no_place_does_not_fit() {
        let spot = Spot::Parameter("kind".into());
        let several = defects::find("identifier/listed-several").unwrap();
        let alone = operation(&["bolts"]);
        assert!(!with(&alone, |scope, draft| fits(several, &spot, scope, draft)));
        let both = operation(&["bolts", "nuts"]);
        assert!(with(&both, |scope, draft| fits(several, &spot, scope, draft)));
    }
}
