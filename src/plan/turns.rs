//! Which pair of the world a case is about where any would do: cases take turns, so that each name gets several kinds.

use super::planned::Planned;
use super::scope::Subject;
use crate::contract::{Case, Piece, World};

/// The turns of one operation. Valid requests have their own, so that each name is read again.
#[derive(Debug)]
pub(super) struct Turns<'a> {
    world: &'a World,
    valid: usize,
    others: usize,
}

impl<'a> Turns<'a> {
    pub(super) fn new(world: &'a World) -> Self {
        // The control has the first pair already.
        Self { world, valid: 1, others: 0 }
    }

    /// The same turns for those who share one, and take none by themselves.
    pub(super) fn idle(&self) -> Self {
        Self { ..*self }
    }

    /// The pair of the next case; `None` where the case is not about a pair of name and id.
    pub(super) fn next(&mut self, case: &Case) -> Option<Subject> {
        let pairs = pairs(key(case)?, self.world);
        let turn = if case.must_succeed() { &mut self.valid } else { &mut self.others };
        let subject = pairs.get(*turn % pairs.len().max(1)).cloned();
        *turn += 1;
        subject
    }

    /// Gives a hand-written case its pair, unless it is a control or has one.
    pub(super) fn given(&mut self, planned: Planned) -> Planned {
        let free = planned.case.each.is_none() && !planned.case.control;
        let subject = if free { self.next(&planned.case) } else { planned.subject };
        Planned { subject, ..planned }
    }
}

/// The key whose name and id both stand in the path: an id alone belongs to whatever name the case has written out.
fn key(case: &Case) -> Option<&str> {
    let pieces = || case.request.path.values().flat_map(|template| &template.0);
    pieces().find_map(|piece| match piece {
        Piece::WorldName { key, .. } => {
            let id = |piece: &Piece| matches!(piece, Piece::WorldId { key: other, .. } if other == key);
            pieces().any(id).then_some(key.as_str())
        }
        _ => None,
    })
}

/// The pairs in the order of turns: the first of each name, then the second of each.
fn pairs(key: &str, world: &World) -> Vec<Subject> {
    let all = world.pairs(key);
    let earlier = |at: usize, name: &str| all.iter().take(at).filter(|(other, _)| *other == name).count();
    let ranked = all.iter().enumerate().map(|(at, (name, id))| {
        let subject = Subject { key: key.to_owned(), name: (*name).to_owned(), id: (*id).to_owned() };
        (earlier(at, name), subject)
    });
    let mut ranked: Vec<(usize, Subject)> = ranked.collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, subject)| subject).collect()
}

#[cfg(test)]
mod tests {
    use super::Turns;
    use crate::contract::{Case, Piece, Request, Template, World, WorldValue};
    use crate::verdict::Expect;

    fn case(status: u16, name: Piece) -> Case {
        let id = Piece::WorldId { key: "widgets".into(), otherwise: None };
        let path = [("kind".to_owned(), Template(vec![name])), ("id".to_owned(), Template(vec![id]))].into();
        let expect = Expect { statuses: vec![status], ..Expect::default() };
        Case { request: Request { path, ..Request::default() }, expect, ..Case::default() }
    }

    #[test]
    fn every_name_has_its_turn_before_any_has_two_and_what_is_read_has_turns_of_its_own() {
        let ids = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        let names = vec![("bolts".to_owned(), ids(&["b1", "b2"])), ("nuts".to_owned(), ids(&["n1"]))];
        let world = World([("widgets".to_owned(), WorldValue::IdsBy(names))].into());
        let any = || Piece::WorldName { key: "widgets".into(), otherwise: None };
        let mut turns = Turns::new(&world);
        let mut next = |status| turns.next(&case(status, any())).map(|subject| subject.id).unwrap();
        assert_eq!([401, 401, 200, 401, 200, 401].map(&mut next), ["b1", "n1", "n1", "b2", "b2", "b1"]);
    }

    #[test]
    fn a_case_that_names_its_kind_itself_and_a_world_without_things_have_no_turn() {
        let world = World::default();
        let mut turns = Turns::new(&world);
        assert_eq!(turns.next(&case(401, Piece::Literal(b"bolts".to_vec()))), None);
        assert_eq!(turns.next(&case(401, Piece::WorldName { key: "widgets".into(), otherwise: None })), None);
    }
}
