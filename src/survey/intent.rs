//! One case of the whole plan, as a survey looks at it.

use crate::contract::{Case, Piece};
use crate::plan::{Plan, Planned, Subject};

/// One case of the whole plan.
#[derive(Debug)]
pub struct Intent<'a> {
    /// The case.
    pub case: &'a Case,
    /// The pair of the world that it is about.
    subject: Option<&'a Subject>,
    /// Why it cannot be sent.
    pub skip: Option<&'a str>,
    /// The defects that it sends.
    pub defects: Vec<&'static str>,
    /// Whether it asks until it is limited.
    pub floods: bool,
}

/// Every case of a plan, those that share a request too.
pub fn intents(plan: &Plan) -> Vec<Intent<'_>> {
    let planned = plan.operations.iter().flat_map(|stage| &stage.cases);
    let each = planned.flat_map(|planned| std::iter::once(planned).chain(&planned.members));
    let burst = plan.flood.iter().filter_map(|flood| flood.tries.first());
    let burst = burst.map(|planned| Intent { floods: true, ..Intent::new(planned) });
    each.map(Intent::new).chain(burst).collect()
}

impl<'a> Intent<'a> {
    fn new(planned: &'a Planned) -> Self {
        let uses = planned.recipe.iter().flat_map(|recipe| &recipe.uses);
        Self {
            case: &planned.case,
            subject: planned.subject.as_ref(),
            skip: planned.skip.as_ref().map(|skip| skip.why.as_str()),
            defects: uses.map(|(defect, _)| defect.id).collect(),
            floods: false,
        }
    }

    /// The value of a path parameter, where the case fixes it.
    pub fn parameter(&self, name: &str) -> Option<String> {
        match self.case.request.path.get(name)?.0.as_slice() {
            [Piece::Literal(bytes)] => String::from_utf8(bytes.clone()).ok(),
            [Piece::WorldName { key, .. }] => {
                self.subject.filter(|subject| subject.key == *key).map(|subject| subject.name.clone())
            }
            _ => None,
        }
    }
}
