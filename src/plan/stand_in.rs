//! A request that works but for one thing: it names nothing real. What is judged without a control is put into it.

use super::planned::Planned;
use crate::contract::{Alternative, Case, Operation, World};

/// The first control that can do without anything real, with unknown ids where real ones would stand.
pub(super) fn stand_in(operation: &Operation, cases: &[Planned], world: &World) -> Option<Planned> {
    let controls = cases.iter().filter(|planned| planned.case.control);
    let case = controls.map(|planned| nameless(&planned.case, operation)).find(|case| is_whole(case, world))?;
    Some(Planned::of(case))
}

fn nameless(case: &Case, operation: &Operation) -> Case {
    let mut case = case.clone();
    for (name, template) in &mut case.request.path {
        let known = operation.parameters.iter().find(|known| known.name == *name);
        let listed = known.and_then(|known| known.listed.as_ref()?.first().cloned());
        *template = std::mem::take(template).or(&listed.map_or(Alternative::Unknown, Alternative::Text));
    }
    case
}

fn is_whole(case: &Case, world: &World) -> bool {
    case.templates().all(|template| template.missing(world).is_none())
}
