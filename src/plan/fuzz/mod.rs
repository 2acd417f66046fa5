//! The fuzz phase: a case for each operation and thing of the world, and the candidates that it is asked with.

mod guidance;

pub use guidance::{Guidance, LAG};

use super::coverage::owed;
use super::draft::draft;
use super::phase::Phase;
use super::planned::{Planned, Skip};
use super::probe::aid;
use super::scope::{Scope, Subject};
use crate::contract::{Case, Operation, Place};
use crate::generate::{self, Defect, Dice, Spot};
use std::collections::BTreeSet;

/// How many requests the fuzz phase of a check costs on a tenant that holds, shared over its cases.
pub const FUZZ: u64 = 60;

/// What the ids of this phase's cases have behind the operation.
const WORD: &str = "fuzz";

/// Plans a case for each thing that a control is about; one that says why where the operation has no control.
pub(super) fn fuzz(operation: &Operation, cases: &[Planned]) -> Vec<Planned> {
    let mut things = BTreeSet::new();
    let controls = cases.iter().filter(|planned| planned.case.control);
    // Of each thing a control that can be sent, where there is one.
    let able = controls.clone().filter(|planned| planned.skip.is_none());
    let firsts: Vec<&Planned> = able.chain(controls).filter(|planned| things.insert(planned.case.thing())).collect();
    if firsts.is_empty() {
        return vec![Planned { case: uncontrolled(operation), skip: Some(Skip::uncontrolled()), ..blank() }];
    }
    let of =
        |planned: &Planned| Planned { case: named(&planned.case, operation), skip: planned.skip.clone(), ..blank() };
    firsts.into_iter().map(of).collect()
}

fn blank() -> Planned {
    Planned { phase: Phase::Fuzz, ..Planned::of(Case::default()) }
}

/// A control under the name of a fuzz case. Its findings are about the request, so no place of a file is theirs.
fn named(control: &Case, operation: &Operation) -> Case {
    let thing = control.thing().map(|thing| format!("/{thing}")).unwrap_or_default();
    let about = control.thing().map(|thing| format!(", about `{thing}` of the world")).unwrap_or_default();
    let id = format!("{}/{WORD}{thing}", operation.id);
    Case {
        family: id.clone(),
        id,
        title: format!("Seeded combinations of defects and valid variations{about}"),
        clause: String::new(),
        place: Place::default(),
        control: false,
        each: None,
        ..control.clone()
    }
}

fn uncontrolled(operation: &Operation) -> Case {
    let control = Case { operation: operation.id.clone(), ..Case::default() };
    named(&control, operation)
}

/// The candidates of one fuzz case. Candidate k is fixed by root seed, case and k alone.
pub struct Candidates<'a> {
    scope: Scope<'a>,
    subjects: Vec<Subject>,
    pool: Vec<(&'static Defect, Spot)>,
}

impl<'a> Candidates<'a> {
    /// The candidates of a case, whose scope is given; each is about one of the subjects, where there are any.
    pub fn new(scope: Scope<'a>, subjects: Vec<Subject>) -> Self {
        let subject = subjects.first();
        let base = draft(&Scope { subject, ..scope });
        let pool = base.map(|base| generate::pool(&base, scope.operation)).unwrap_or_default();
        Self { scope, subjects, pool }
    }

    /// A candidate, from 1; `None` where nothing of what its bytes decide fits.
    pub fn candidate(&self, number: u32) -> Option<Planned> {
        let scope = Scope { candidate: number, ..self.scope };
        let mut dice = Dice::new(generate::draw(scope.seed, &format!("subject\n{}", scope.id), number));
        let subject = dice.one(&self.subjects).cloned();
        let scope = Scope { subject: subject.as_ref().or(scope.subject), ..scope };
        let base = draft(&scope).ok()?;
        let bytes = generate::draw(scope.seed, &format!("combination\n{}", scope.id), number);
        let recipe = generate::combined(&self.pool, &base, bytes, |spot| aid(spot, &scope, &base));
        let case = Case { expect: owed(&recipe, scope.operation), ..scope.case.clone() };
        let fits = !recipe.uses.is_empty();
        let (recipe, candidate) = (Some(recipe), number);
        fits.then(|| Planned { case, subject, selected: true, recipe, candidate, ..blank() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidates, fuzz};
    use crate::contract::{Answer, Case, Operation, Parameter, Request, Template, World};
    use crate::gate::Gate;
    use crate::plan::{Planned, Scope, probe};

    fn operation() -> Operation {
        let listed = Some(vec!["bolts".to_owned(), "nuts".to_owned()]);
        let answer = Answer { status: 200, media_types: vec!["application/json".into()], ..Answer::default() };
        Operation {
            id: "read-widget".into(),
            method: "GET".into(),
            default_version: "v9".into(),
            versions: [("v9".to_owned(), "/widgets/{kind}".to_owned())].into(),
            parameters: vec![Parameter { name: "kind".into(), listed }],
            answers: vec![answer],
            ..Operation::default()
        }
    }

    fn control() -> Planned {
        let path = [("kind".to_owned(), Template::literal("bolts"))].into();
        let request = Request { caller: Some("full".into()), path, ..Request::default() };
        Planned::of(Case { id: "read-widget/plain".into(), control: true, request, ..Case::default() })
    }

    #[test]
    fn an_operation_without_a_control_has_a_case_that_says_so() {
        let cases = fuzz(&operation(), &[]);
        let [only] = cases.as_slice() else { unreachable!("{cases:?}") };
        assert_eq!(only.case.id, "read-widget/fuzz");
        assert!(only.skip.as_ref().unwrap().why.contains("no control"), "{:?}", only.skip);
    }

    #[test]
    fn a_candidate_is_fixed_by_seed_case_and_number() {
        let (operation, world) = (operation(), World::default());
        let cases = fuzz(&operation, &[control()]);
        let bytes = |seed: u64, number: u32| {
            let scope = Scope {
                operation: &operation,
                id: &cases[0].case.id,
                case: &cases[0].case,
                recipe: None,
                path: "/widgets/{kind}",
                base_path: "",
                world: &world,
                gate: Gate { writes: false, urls: false },
                subject: None,
                seed,
                candidate: 0,
            };
            let planned = Candidates::new(scope, Vec::new()).candidate(number)?;
            let recipe = planned.recipe.as_ref();
            probe(&Scope { case: &planned.case, recipe, candidate: number, ..scope }).ok()
        };
        let all: Vec<_> = (1..=40).filter_map(|number| bytes(1, number)).collect();
        assert!(all.len() > 30 && all.iter().all(|probe| probe.candidate > 0));
        assert_eq!(all, (1..=40).filter_map(|number| bytes(1, number)).collect::<Vec<_>>());
        assert_ne!(all, (1..=40).filter_map(|number| bytes(2, number)).collect::<Vec<_>>());
    }
}
