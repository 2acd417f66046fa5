//! Decides which cases are sent and builds their probes. Pure: world, seed and gate come in, bytes go out.

mod bundle;
mod coverage;
mod draft;
mod earlier;
mod fill;
mod flood;
mod fuzz;
mod name;
mod phase;
mod planned;
mod probe;
mod replay;
mod scope;
mod select;
mod spread;
mod stand_in;
mod turns;

pub use coverage::owed;
pub use earlier::Failed;
pub use fill::FillError;
pub use flood::{FLOOD, Flood};
pub use fuzz::{Candidates, FUZZ, Guidance, LAG};
pub use phase::{Phase, PhaseError};
pub use planned::{Planned, Skip};
pub use probe::{material, probe, rendered};
pub use replay::{controls, may_write};
pub use scope::{Scope, Subject};
pub use select::{Select, SelectError, Shard, ShardError};
pub use spread::spread;

use crate::contract::{Case, Contract, Operation, Piece, Template, World};
use crate::exchange::Secrets;
use crate::gate::Gate;

/// What is to be done, operation by operation.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The operations that have selected cases, in the order of the contract.
    pub operations: Vec<Stage>,
    /// How many candidates each fuzz case of a check is asked with, whatever is selected.
    pub share: u64,
    /// The burst against the rate limit, which comes last.
    pub flood: Option<Flood>,
    /// What the run leaves out, and what would take it in, a sentence each.
    pub left_out: Vec<String>,
}

/// The cases of one operation.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The operation.
    pub operation: String,
    /// Its controls and its selected cases, controls first, otherwise in the order of their ids.
    pub cases: Vec<Planned>,
}

/// What a plan depends on beside contract and cases.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What the user told.
    pub world: &'a World,
    /// Which credentials there are.
    pub secrets: &'a Secrets,
    /// What may be sent.
    pub gate: Gate,
}

impl Plan {
    /// Lays out the cases: spreads them over the world, selects, and tells which cannot be sent and why.
    pub fn new(contract: &Contract, cases: &[Case], ground: Ground<'_>, select: &Select, phases: &[Phase]) -> Self {
        let mut fuzzed = 0;
        let stage = |operation: &Operation| {
            let own = cases.iter().filter(|case| case.operation == operation.id);
            let settled = |planned: Planned| {
                let selected = select.takes(&planned.case.id) && phases.contains(&planned.phase);
                let skip = planned.skip.or_else(|| obstacle(operation.writes, &planned.case, ground));
                Planned { skip, selected, ..planned }
            };
            let mut turns = turns::Turns::new(ground.world);
            let spread = own.flat_map(|case| spread(contract, case, ground.world));
            let mut all: Vec<Planned> = spread.map(settled).map(|planned| turns.given(planned)).collect();
            let covering = coverage::coverage(operation, &all, ground.world, &mut turns);
            all.extend(covering.into_iter().map(settled));
            let fuzzing = fuzz::fuzz(operation, &all);
            fuzzed += fuzzing.iter().filter(|planned| planned.skip.is_none()).count() as u64;
            all.extend(fuzzing.into_iter().map(settled));
            let wanted = all.iter().any(|planned| planned.selected);
            let (controls, others): (Vec<_>, Vec<_>) = all
                .into_iter()
                .filter(|planned| planned.selected || planned.case.control)
                .partition(|p| p.case.control);
            let cases = controls.into_iter().chain(others).collect();
            wanted.then(|| Stage { operation: operation.id.clone(), cases })
        };
        let operations = contract.operations.iter().filter_map(stage).collect();
        Self { operations, share: FUZZ / fuzzed.max(1), ..Self::default() }
    }

    /// The same plan, whose skipped cases name the configuration that the user named.
    #[must_use]
    pub fn configured_by(mut self, file: &str) -> Self {
        let tries = self.flood.iter_mut().flat_map(|flood| &mut flood.tries);
        let all = self.operations.iter_mut().flat_map(|stage| &mut stage.cases).chain(tries);
        all.filter_map(|planned| planned.skip.as_mut()).for_each(|skip| skip.name(file));
        self
    }

    /// Whether nothing was selected.
    pub fn is_empty(&self) -> bool {
        self.selected().next().is_none() && self.flood.is_none()
    }

    /// The cases that were selected, in the order of the run.
    pub fn selected(&self) -> impl Iterator<Item = &Planned> {
        self.operations.iter().flat_map(|stage| &stage.cases).filter(|planned| planned.selected)
    }

    /// How many requests a phase costs on a tenant that holds; controls that were not selected count as cases.
    pub fn price(&self, phase: Phase) -> usize {
        let each = if phase == Phase::Fuzz { usize::try_from(self.share).unwrap_or(usize::MAX) } else { 1 };
        self.operations.iter().map(|stage| stage.price(phase).saturating_mul(each)).sum()
    }
}

impl Stage {
    fn price(&self, phase: Phase) -> usize {
        let sent = self.cases.iter().filter(|planned| planned.skip.is_none() && planned.phase == phase);
        let extra = || sent.clone().filter(|planned| !planned.selected);
        let needed = extra().filter(|control| self.leans_on(control)).count();
        sent.clone().filter(|planned| planned.selected).count() + needed.max(extra().count().min(1))
    }

    /// Whether a selected case says nothing before this control was served.
    pub fn leans_on(&self, control: &Planned) -> bool {
        let leaning = || self.cases.iter().filter_map(Planned::leans_on);
        control.subject.as_ref().is_some_and(|own| leaning().any(|subject| subject == own))
    }
}

fn obstacle(writes: bool, case: &Case, ground: Ground<'_>) -> Option<Skip> {
    let missing = case.templates().find_map(|template| template.missing(ground.world));
    if let Some(key) = missing {
        return Some(Skip::world(key, None));
    }
    if let Some(caller) = callers(case).into_iter().find(|caller| !ground.secrets.has(caller)) {
        return Some(Skip::credential(caller));
    }
    let names_world = case.request.path.values().any(Template::needs_world);
    (writes && !ground.gate.writes && names_world).then(Skip::write)
}

fn callers(case: &Case) -> Vec<&str> {
    let pieces = case.templates().flat_map(|template| &template.0);
    let named = pieces.filter_map(|piece| match piece {
        Piece::Secret(name) => Some(name.as_str()),
        _ => None,
    });
    case.request.caller.as_deref().into_iter().chain(named).collect()
}
