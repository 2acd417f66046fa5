//! Which of the next candidates goes first: one that is made of what showed something new. Never decides their bytes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Chooses among the next candidates. The same answers choose the same ones.
#[derive(Debug, Default)]
pub struct Guidance {
    /// The next candidates, each with what it is made of.
    window: Vec<(u32, Vec<&'static str>)>,
    energy: BTreeMap<&'static str, u32>,
    seen: BTreeSet<u64>,
    /// What went out and was not learned from yet, and what came back so far, in the same order.
    out: VecDeque<Vec<&'static str>>,
    heard: VecDeque<Option<u64>>,
    next: u32,
    picked: u64,
    /// What goes before all others, and does not come again.
    first: VecDeque<u32>,
    early: BTreeSet<u32>,
}

/// How many candidates there are to choose from.
const WINDOW: usize = 12;
/// Every so many picks the oldest goes, so that none waits for ever.
const TURN: u64 = 4;
/// An answer counts only for picks so many behind it: several that are under way at once change no choice.
pub const LAG: usize = 3;
/// What something new gives to each defect that showed it, and to its layer.
const GAIN: u32 = 4;
/// More behaviours are not told apart: what differs in every answer is not new.
const MOST: usize = 4_096;

impl Guidance {
    /// Some candidates go before all others, such as those that failed last time.
    pub fn with_first(first: &[u32]) -> Self {
        Self { first: first.iter().copied().collect(), early: first.iter().copied().collect(), ..Self::default() }
    }

    /// Picks the next candidate; `make` tells what one is made of, or that there is none of that number.
    pub fn pick(&mut self, mut make: impl FnMut(u32) -> Option<Vec<&'static str>>) -> Option<u32> {
        while self.out.len() > LAG && !self.heard.is_empty() {
            self.learn();
        }
        while let Some(number) = self.first.pop_front() {
            if let Some(parts) = make(number) {
                self.out.push_back(parts);
                return Some(number);
            }
        }
        // A number without a candidate leaves the window a little smaller: so the end is found even where none fits.
        let until = self.next.saturating_add(u32::try_from(2 * WINDOW).unwrap_or_default());
        while self.window.len() < WINDOW && self.next < until {
            self.next = self.next.saturating_add(1);
            let fresh = (!self.early.contains(&self.next)).then(|| make(self.next)).flatten();
            self.window.extend(fresh.map(|parts| (self.next, parts)));
        }
        self.picked += 1;
        let at = if self.picked.is_multiple_of(TURN) { 0 } else { self.liveliest()? };
        let (number, parts) = (at < self.window.len()).then(|| self.window.remove(at))?;
        for part in &parts {
            self.energy.entry(part).and_modify(|energy| *energy = energy.saturating_sub(1));
        }
        self.out.push_back(parts);
        Some(number)
    }

    /// Takes in how the answer to the oldest candidate under way behaved; whether that is new.
    pub fn observe(&mut self, behaviour: Option<u64>) -> bool {
        let new = behaviour.filter(|behaviour| self.seen.len() < MOST && self.seen.insert(*behaviour));
        self.heard.push_back(new);
        new.is_some()
    }

    /// How many behaviours were told apart.
    pub fn behaviours(&self) -> usize {
        self.seen.len()
    }

    fn learn(&mut self) {
        let (Some(parts), Some(new)) = (self.out.pop_front(), self.heard.pop_front()) else { return };
        if new.is_some() {
            for part in parts {
                *self.energy.entry(part).or_default() += GAIN;
                *self.energy.entry(layer(part)).or_default() += 1;
            }
        }
    }

    /// The place of the candidate with the most energy; the oldest of several.
    fn liveliest(&self) -> Option<usize> {
        let energy = |parts: &[&'static str]| -> u32 {
            let of = |part: &&'static str| self.energy.get(part).copied().unwrap_or_default();
            parts.iter().map(|part| of(part) + of(&layer(part))).sum()
        };
        let most = |(at, (_, parts)): &(usize, &(u32, Vec<&'static str>))| (energy(parts), std::cmp::Reverse(*at));
        self.window.iter().enumerate().max_by_key(most).map(|(at, _)| at)
    }
}

fn layer(part: &'static str) -> &'static str {
    part.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Guidance, LAG};

    /// Every third candidate is made of `odd/one`, the others of `plain/one`.
    fn parts(number: u32) -> Vec<&'static str> {
        vec![if number.is_multiple_of(3) { "odd/one" } else { "plain/one" }]
    }

    /// Picks with so many under way at once; `answer` is the behaviour of a candidate.
    fn picks(count: usize, jobs: usize, answer: impl Fn(u32) -> u64) -> Vec<u32> {
        let (mut guidance, mut under_way, mut all) = (Guidance::default(), Vec::new(), Vec::new());
        while all.len() < count {
            while under_way.len() < jobs {
                under_way.push(guidance.pick(|number| Some(parts(number))).unwrap());
            }
            let landed = under_way.remove(0);
            guidance.observe(Some(answer(landed)));
            all.push(landed);
        }
        all
    }

    #[test]
    fn what_was_made_of_something_new_goes_first() {
        let odd = |picks: &[u32]| picks.iter().filter(|number| number.is_multiple_of(3)).count();
        let guided = picks(30, 1, |number| if number.is_multiple_of(3) { u64::from(number) } else { 0 });
        let dull = picks(30, 1, |_| 0);
        assert!(odd(&guided) > odd(&dull) + 4, "{guided:?} {dull:?}");
    }

    #[test]
    fn nothing_waits_for_ever_and_nothing_goes_twice() {
        let mut all = picks(200, 1, |number| if number.is_multiple_of(3) { u64::from(number) } else { 0 });
        assert!((1..=30).all(|number| all.contains(&number)), "{all:?}");
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 200);
    }

    #[test]
    fn the_same_answers_pick_the_same_however_many_are_under_way() {
        let answer = |number: u32| u64::from(number % 7);
        let one = picks(60, 1, answer);
        assert!((2..=LAG + 1).all(|jobs| picks(60, jobs, answer) == one));
    }

    #[test]
    fn what_failed_last_time_goes_first_and_only_once() {
        let mut guidance = Guidance::with_first(&[9, 2]);
        let all: Vec<u32> = (0..12).map_while(|_| guidance.pick(|number| Some(parts(number)))).collect();
        assert_eq!(all[..2], [9, 2]);
        assert_eq!(all.iter().filter(|number| [2, 9].contains(number)).count(), 2, "{all:?}");
    }

    #[test]
    fn where_no_candidate_fits_there_is_none() {
        assert_eq!(Guidance::default().pick(|_| None), None);
    }
}
