//! Choices that 32 bytes decide.

use super::draw;
use proptest::arbitrary::any;
use proptest::collection::vec;

/// Choices in a row; the same bytes give the same ones.
pub struct Dice(std::vec::IntoIter<u32>);

/// More choices than this are all the first one.
const MOST: usize = 64;

impl Dice {
    /// Dice that bytes decide.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(draw(&vec(any::<u32>(), MOST), bytes).unwrap_or_default().into_iter())
    }

    /// A number below another; 0 below 0.
    pub fn below(&mut self, end: usize) -> usize {
        let number = self.0.next().and_then(|number| usize::try_from(number).ok());
        number.and_then(|number| number.checked_rem(end)).unwrap_or_default()
    }

    /// One of several; `None` where there is none.
    pub fn one<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_same_bytes_give_the_same_choices_and_every_choice_comes() {
        let throw = |byte: u8| -> Vec<usize> {
            let mut dice = Dice::new([byte; 32]);
            (0..60).map(|_| dice.below(4)).collect()
        };
        assert_eq!(throw(1), throw(1));
        assert_ne!(throw(1), throw(2));
        assert!((0..4).all(|number| throw(1).contains(&number)));
        assert_eq!((Dice::new([0; 32]).below(0), Dice::new([0; 32]).one::<u8>(&[])), (0, None));
    }
}
