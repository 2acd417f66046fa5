//! Which operation a burst goes to, and with which requests it may be tried.

use super::{Ground, Planned, Select, obstacle, spread};
use crate::contract::{Body, Case, Contract, Operation, Piece, Place};

/// The flood of one operation.
#[derive(Debug, Clone)]
pub struct Flood {
    /// The id of its case.
    pub id: String,
    /// The requests that it may be made of, the best first; the first that works is taken. Never empty; where none
    /// can be sent, one that says why.
    pub tries: Vec<Planned>,
}

/// How many requests a flood may cost on a tenant that holds.
pub const FLOOD: u64 = 150;

const TOO_MANY_REQUESTS: u16 = 429;
const TITLE: &str = "A burst meets the limit, which says how long to wait, and is served again after that";
/// After so many requests that do not work no further one is tried.
const TRIES: usize = 8;

impl Flood {
    /// Plans the flood of the first operation that reads only and promises a limit; `None` where there is none, where
    /// no case tells how to ask it, or where it is not selected.
    pub fn new(contract: &Contract, cases: &[Case], ground: Ground<'_>, select: &Select) -> Option<Self> {
        let limited = |operation: &&Operation| !operation.writes && operation.answer(TOO_MANY_REQUESTS).is_some();
        let operation = contract.operations.iter().find(limited)?;
        let id = format!("{}/flood", operation.id);
        let own = || cases.iter().filter(|case| case.operation == operation.id);
        let of = |case: &Case| {
            let each = spread(contract, case, ground.world).into_iter();
            each.map(|planned| {
                let skip = planned.skip.clone().or_else(|| obstacle(operation.writes, &planned.case, ground));
                Planned { case: named(&planned.case, operation, &id), skip, selected: true, ..planned }
            })
            .collect::<Vec<_>>()
        };
        let all: Vec<Planned> =
            own().filter(|case| case.control).chain(own().find(|case| asks_nothing(case))).flat_map(of).collect();
        let (mut tries, skipped): (Vec<_>, Vec<_>) = all.into_iter().partition(|planned| planned.skip.is_none());
        if tries.iter().any(|planned| planned.case.control) {
            tries.retain(|planned| planned.case.control);
        }
        tries.truncate(TRIES);
        if tries.is_empty() {
            tries.extend(skipped.into_iter().next_back());
        }
        (select.takes(&id) && !tries.is_empty()).then_some(Self { id, tries })
    }
}

/// Whether a case asks, with a good credential and in the plainest way, for a thing that there is not: it needs
/// nothing of the world, and a limit counts it like any other.
fn asks_nothing(case: &Case) -> bool {
    let request = &case.request;
    let unknown = request.path.values().any(|template| template.0.contains(&Piece::Unknown));
    let plain = request.method.is_none() && request.query.is_none() && request.headers.is_empty();
    unknown && plain && matches!(request.body, Body::None) && request.caller.is_some() && !case.expect.http
}

/// The case under the flood's own name, with the page's words on the limit.
fn named(case: &Case, operation: &Operation, id: &str) -> Case {
    let clause = operation.answer(TOO_MANY_REQUESTS).map(|answer| answer.clause.clone()).unwrap_or_default();
    Case {
        id: id.to_owned(),
        family: id.to_owned(),
        title: TITLE.to_owned(),
        clause,
        place: Place::default(),
        each: None,
        ..case.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Flood;
    use crate::contract::{Answer, Case, Contract, Expect, Operation, Piece, Request, Template, World, WorldValue};
    use crate::exchange::Secrets;
    use crate::gate::Gate;
    use crate::plan::{Ground, Select};

    fn contract(writes: bool, statuses: &[u16]) -> Contract {
        let answers = statuses.iter().map(|status| Answer { status: *status, ..Answer::default() }).collect();
        let operation = Operation { id: "widgets".into(), writes, answers, ..Operation::default() };
        Contract { operations: vec![operation], ..Contract::default() }
    }

    fn case(control: bool, piece: Piece, status: u16) -> Case {
        let request = Request {
            caller: Some("full".into()),
            path: [("id".to_owned(), Template(vec![piece]))].into(),
            ..Request::default()
        };
        let expect = Expect { statuses: vec![status], ..Expect::default() };
        Case { id: "widgets/x".into(), operation: "widgets".into(), control, request, expect, ..Case::default() }
    }

    fn flood(contract: &Contract, world: &World, caller: &str) -> Option<Flood> {
        let mut secrets = Secrets::default();
        secrets.insert(caller, "token");
        let real = Piece::World { key: "widget".into(), otherwise: None };
        let cases = [case(true, real, 200), case(false, Piece::Unknown, 404)];
        let ground = Ground { world, secrets: &secrets, gate: Gate { writes: false, urls: false } };
        Flood::new(contract, &cases, ground, &Select::default())
    }

    fn world() -> World {
        World([("widget".to_owned(), WorldValue::Id("7".into()))].into())
    }

    #[test]
    fn a_flood_asks_for_a_thing_of_the_world_and_else_for_an_unknown_one() {
        let contract = contract(false, &[200, 404, 429]);
        let with = flood(&contract, &world(), "full").unwrap();
        assert!(with.id == "widgets/flood" && with.tries.iter().all(|planned| planned.case.control));
        let without = flood(&contract, &World::default(), "full").unwrap();
        assert_eq!(without.tries.len(), 1);
        assert_eq!(without.tries[0].case.expect.statuses, [404]);
        assert!(without.tries[0].skip.is_none());
    }

    #[test]
    fn without_a_credential_it_says_so() {
        let flood = flood(&contract(false, &[200, 429]), &world(), "limited").unwrap();
        assert!(flood.tries[0].skip.as_ref().unwrap().enable.contains("[credentials.full]"));
    }

    #[test]
    fn nothing_that_writes_and_nothing_without_a_limit_is_flooded() {
        assert!(flood(&contract(true, &[200, 429]), &world(), "full").is_none());
        assert!(flood(&contract(false, &[200]), &world(), "full").is_none());
    }
}
