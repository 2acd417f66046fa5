//! Which piece of a list is taken away next: all of it, its end, its beginning, then pieces that become smaller.

use std::ops::Range;

/// Proposes pieces of one list. What is needed stands in one place mostly, so both ends are cut by halves first.
#[derive(Debug, Clone)]
pub struct Trim {
    stage: Stage,
    /// The length of a piece; `None` where the stage has just begun.
    piece: Option<usize>,
    at: usize,
    /// Whether what is taken away leaves something plain in its place, so that the list keeps its length.
    replaces: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Whole,
    Tail,
    Head,
    Pieces,
    Over,
}

impl Trim {
    /// A list of which nothing was tried.
    pub fn new(replaces: bool) -> Self {
        Self { stage: Stage::Whole, piece: None, at: 0, replaces }
    }

    /// The next piece of a list that has this length now; `None` where all were tried.
    pub fn next(&mut self, length: usize) -> Option<Range<usize>> {
        loop {
            let piece = *self.piece.get_or_insert(length.div_ceil(2));
            match self.stage {
                Stage::Over => return None,
                Stage::Whole => {
                    self.enter(if self.replaces { Stage::Pieces } else { Stage::Tail });
                    if length > 0 {
                        return Some(0..length);
                    }
                }
                Stage::Tail | Stage::Head if piece == 0 || piece >= length => self.halve(),
                Stage::Tail => {
                    self.halve();
                    return Some(length - piece..length);
                }
                Stage::Head => {
                    self.halve();
                    return Some(0..piece);
                }
                Stage::Pieces if piece == 0 || self.at >= length => {
                    self.at = 0;
                    self.halve();
                }
                Stage::Pieces => return Some(self.at..(self.at + piece).min(length)),
            }
        }
    }

    /// Hears whether the last piece could be spared.
    pub fn hear(&mut self, spared: bool) {
        if self.stage == Stage::Pieces && (self.replaces || !spared) {
            self.at += self.piece.unwrap_or_default();
        }
    }

    fn halve(&mut self) {
        match (self.piece, self.stage) {
            (Some(piece), _) if piece > 1 => self.piece = Some(piece.div_ceil(2)),
            (_, Stage::Tail) => self.enter(Stage::Head),
            (_, Stage::Head) => self.enter(Stage::Pieces),
            _ => self.enter(Stage::Over),
        }
    }

    fn enter(&mut self, stage: Stage) {
        (self.stage, self.piece, self.at) = (stage, None, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::Trim;

    /// Trims a list while the oracle is content; what is left, and how many pieces were tried.
    fn trimmed(length: usize, mut shows: impl FnMut(&[usize]) -> bool) -> (Vec<usize>, usize) {
        let (mut list, mut tried) = ((0..length).collect::<Vec<_>>(), 0);
        let mut trim = Trim::new(false);
        while let Some(range) = trim.next(list.len()) {
            let mut less = list.clone();
            less.drain(range);
            tried += 1;
            let spared = shows(&less);
            trim.hear(spared);
            if spared {
                list = less;
            }
        }
        (list, tried)
    }

    #[test]
    fn one_that_counts_is_found_in_any_place_of_any_list() {
        for length in 1..40 {
            for wanted in 0..length {
                assert_eq!(trimmed(length, |list| list.contains(&wanted)).0, [wanted], "{wanted} of {length}");
            }
        }
        let (found, tried) = trimmed(100_000, |list| list.contains(&77_777));
        assert!(found == [77_777] && tried < 40, "{tried}");
    }

    #[test]
    fn a_length_that_counts_is_found_to_the_last() {
        let mut asked = 0;
        let (left, _) = trimmed(1 << 20, |list| {
            asked += 1;
            asked <= 60 && list.len() > 4_096
        });
        assert_eq!(left.len(), 4_097);
    }

    #[test]
    fn two_that_count_are_both_left_and_nothing_else() {
        for (one, other) in [(0, 29), (3, 4), (7, 22), (0, 1)] {
            let (left, _) = trimmed(30, |list| list.contains(&one) && list.contains(&other));
            assert_eq!(left, [one, other]);
        }
    }

    #[test]
    fn a_list_that_need_not_be_there_costs_one_try_and_an_empty_one_none() {
        assert_eq!(trimmed(1_000, |_| true), (Vec::new(), 1));
        assert_eq!(trimmed(0, |_| true), (Vec::new(), 0));
    }

    #[test]
    fn every_place_is_replaced_alone_at_last_and_it_ends() {
        let mut trim = Trim::new(true);
        let mut single = Vec::new();
        while let Some(range) = trim.next(5) {
            single.extend((range.len() == 1).then_some(range.start));
            trim.hear(range.len() == 1 && range.start == 2);
        }
        assert_eq!(single, [4, 0, 1, 2, 3, 4]);
    }
}
