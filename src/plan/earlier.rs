//! What failed last time goes first: the order changes, and no byte.

use super::{Phase, Plan, Planned, Stage};

/// A case that failed in an earlier run, and which candidate of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed<'a> {
    /// The case.
    pub case: &'a str,
    /// Which candidate, from 1; 0 where the case is asked once.
    pub candidate: u32,
}

impl Plan {
    /// Puts the cases that failed in an earlier run before all others of their operation, behind its controls, and the
    /// operations that have such cases before the others. What shared its request is sent alone as well, first.
    #[must_use]
    pub fn failed_first(mut self, failed: &[Failed<'_>]) -> Self {
        for stage in &mut self.operations {
            stage.failed_first(failed);
        }
        let quiet = |stage: &Stage| !stage.cases.iter().any(|planned| is_failed(planned, failed));
        self.operations.sort_by_key(quiet);
        self
    }
}

impl Stage {
    fn failed_first(&mut self, failed: &[Failed<'_>]) {
        let (controls, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.cases).into_iter().partition(|planned| planned.case.control);
        let (mut first, mut rest): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|planned| is_failed(planned, failed));
        for planned in rest.iter_mut().filter(|planned| planned.selected) {
            let members = std::mem::take(&mut planned.members);
            let (own, others) = members.into_iter().partition(|member| is_failed(member, failed));
            (planned.members, first) = (others, [first, own].concat());
        }
        for planned in first.iter_mut().filter(|planned| planned.phase == Phase::Fuzz) {
            let own = failed.iter().filter(|failed| failed.case == planned.case.id && failed.candidate > 0);
            planned.first = own.map(|failed| failed.candidate).collect();
        }
        self.cases = [controls, first, rest].concat();
    }
}

fn is_failed(planned: &Planned, failed: &[Failed<'_>]) -> bool {
    failed.iter().any(|failed| failed.case == planned.case.id)
}

#[cfg(test)]
mod tests {
    use super::{Failed, Plan, Stage};
    use crate::contract::{Case, Contract, World};
    use crate::plan::{Phase, Planned, spread};

    fn planned(id: &str, control: bool) -> Planned {
        let case = Case { id: id.into(), control, ..Case::default() };
        let planned = spread(&Contract::default(), &case, &World::default()).remove(0);
        Planned { selected: true, ..planned }
    }

    fn stage(operation: &str, cases: Vec<Planned>) -> Stage {
        Stage { operation: operation.into(), cases }
    }

    #[test]
    fn what_failed_goes_first_behind_the_controls_and_nothing_is_lost() {
        let shared = Planned { members: vec![planned("w/m", false), planned("w/n", false)], ..planned("w/s", false) };
        let cases = vec![planned("w/c", true), planned("w/a", false), shared, planned("w/b", false)];
        let operations = vec![stage("v", vec![planned("v/a", false)]), stage("w", cases)];
        let plan = Plan { operations, ..Plan::default() }
            .failed_first(&["w/b", "w/n", "gone"].map(|case| Failed { case, candidate: 0 }));
        let ids: Vec<&str> = plan.selected().map(|planned| planned.case.id.as_str()).collect();
        assert_eq!(ids, ["w/c", "w/b", "w/n", "w/a", "w/s", "v/a"]);
        let shared = plan.selected().find(|planned| planned.case.id == "w/s").unwrap();
        assert_eq!(shared.members.iter().map(|member| member.case.id.as_str()).collect::<Vec<_>>(), ["w/m"]);
    }
    #[test]
    fn the_candidates_of_a_fuzz_case_that_failed_go_first() {
        let fuzz = Planned { phase: Phase::Fuzz, ..planned("w/fuzz", false) };
        let plan = Plan { operations: vec![stage("w", vec![planned("w/a", false), fuzz])], ..Plan::default() };
        let failed = [7, 3].map(|candidate| Failed { case: "w/fuzz", candidate });
        let plan = plan.failed_first(&failed);
        let first = plan.selected().next().unwrap();
        assert_eq!((first.case.id.as_str(), first.first.as_slice()), ("w/fuzz", [7, 3].as_slice()));
    }
}
