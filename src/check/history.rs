//! What a run remembers of the things that it read: whether a body is like one before, and where it differs.

use std::collections::{BTreeSet, HashMap};

/// A body, as far as it is compared with others.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// A digest of all of it.
    pub digest: u64,
    /// A digest of all of it but date-times.
    pub timeless: u64,
    /// Its leaves, a bounded number of them: where each stands, `*` for any index, and a digest of it.
    pub leaves: BTreeSet<(String, u64)>,
}

/// How a body differs from the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The number of the exchange that had the other body first.
    pub before: u64,
    /// Whether only date-times differ.
    pub in_times_only: bool,
    /// The places where they differ, in order.
    pub places: Vec<String>,
}

/// The bodies of every thing that a run read.
#[derive(Debug, Clone, Default)]
pub struct History {
    things: HashMap<String, Thing>,
    /// The things that went back to an earlier state.
    went_back: BTreeSet<String>,
}

#[derive(Debug, Clone, Default)]
struct Thing {
    /// Each state that it was in: both digests, and the exchange that showed it first.
    states: Vec<(u64, u64, u64)>,
    latest: usize,
    leaves: BTreeSet<(String, u64)>,
}

impl History {
    /// Remembers a body; how it differs from the one before, where no body before was like it. One thing may also be
    /// read from two copies for a moment; where a second one goes back to an earlier state, that is told as well.
    pub fn differ(&mut self, name: &str, body: Body, exchange: u64) -> Option<Difference> {
        let thing = self.things.entry(name.to_owned()).or_default();
        let known = thing.states.iter().position(|(digest, ..)| *digest == body.digest);
        let now = known.unwrap_or(thing.states.len());
        if known.is_none() {
            thing.states.push((body.digest, body.timeless, exchange));
        }
        let first = thing.states.get(now).is_some_and(|(.., first)| *first == exchange);
        let before = std::mem::replace(&mut thing.latest, now);
        let leaves = std::mem::replace(&mut thing.leaves, body.leaves);
        let before = if first { now.checked_sub(1)? } else { before };
        let (_, timeless, other) = *thing.states.get(before).filter(|_| before != now)?;
        let places = thing.leaves.symmetric_difference(&leaves).map(|(place, _)| place.clone());
        let places = places.collect::<BTreeSet<_>>().into_iter().collect();
        if !first {
            self.went_back.insert(name.to_owned());
            if self.went_back.len() < 2 {
                return None;
            }
        }
        Some(Difference { before: other, in_times_only: timeless == body.timeless, places })
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, History};

    fn body(digest: u64) -> Body {
        let leaves = [("/name".to_owned(), digest), ("/id".to_owned(), 1)].into();
        Body { digest, timeless: digest / 10, leaves }
    }

    fn told(history: &mut History, thing: &str, all: &[(u64, u64)]) -> Vec<Option<u64>> {
        all.iter().map(|(digest, exchange)| Some(history.differ(thing, body(*digest), *exchange)?.before)).collect()
    }

    #[test]
    fn only_a_body_that_none_before_was_like_differs() {
        let all = [(70, 1), (70, 2), (80, 3), (80, 3), (80, 4), (90, 5)];
        let mut history = History::default();
        assert_eq!(told(&mut history, "a", &all), [None, None, Some(1), Some(1), None, Some(3)]);
        assert_eq!(told(&mut history, "b", &[(90, 7)]), [None]);
    }

    #[test]
    fn one_thing_may_go_back_to_an_earlier_state_and_a_second_one_is_told() {
        let mut history = History::default();
        assert_eq!(told(&mut history, "a", &[(70, 1), (80, 2), (70, 3)]), [None, Some(1), None]);
        assert_eq!(told(&mut history, "a", &[(80, 4)]), [None]);
        assert_eq!(told(&mut history, "b", &[(70, 5), (80, 6), (70, 7), (70, 8)]), [None, Some(5), Some(6), None]);
        assert_eq!(told(&mut history, "a", &[(70, 9)]), [Some(2)]);
    }

    #[test]
    fn a_difference_tells_where_and_whether_it_is_in_times_only() {
        let mut history = History::default();
        assert_eq!(history.differ("a", body(70), 1), None);
        let difference = history.differ("a", body(71), 2).unwrap();
        assert!(difference.in_times_only && difference.places == ["/name"]);
        assert!(!history.differ("a", body(90), 3).unwrap().in_times_only);
    }
}
