//! Makes the bytes of each place fewer, then plainer: by characters where they are text.

use super::freedom::Freedom;
use super::parts::edited;
use super::pass::Pass;
use super::shape::Shape;
use super::slot::{Slot, slots};
use std::ops::Range;

/// Spares bytes of any place.
pub const SPARED: Pass = Pass {
    loose: true,
    replaces: false,
    lists,
    length: |_, shape, list| of(shape, list).map_or(0, |(_, bytes)| count(bytes)),
    without: |_, shape, list, piece| replaced(shape, list, piece, |_| Vec::new()),
};

/// Puts a plain letter in the place of each character.
pub const PLAIN: Pass = Pass {
    loose: false,
    replaces: true,
    lists,
    length: SPARED.length,
    without: |_, shape, list, piece| replaced(shape, list, piece, |length| vec![PLAIN_LETTER; length]),
};

/// Spares letters of a cell that is plain. A piece of another cell may be odd where the whole is as good as any.
pub const SHORT: Pass = Pass {
    loose: false,
    replaces: false,
    lists: |shape, _| lists(shape, Freedom::Owed),
    length: |_, shape, list| {
        let plain = |bytes: &&[u8]| bytes.iter().all(|byte| *byte == PLAIN_LETTER);
        of(shape, list).map(|(_, bytes)| bytes).filter(plain).map_or(0, <[u8]>::len)
    },
    without: SPARED.without,
};

const PLAIN_LETTER: u8 = b'a';

/// Only the cells of a table may change without changing what is owed.
fn lists(shape: &Shape, freedom: Freedom) -> usize {
    let slots = slots(&shape.draft);
    if freedom == Freedom::Any { slots.len() } else { slots.iter().filter(|slot| slot.is_cell()).count() }
}

fn of(shape: &Shape, list: usize) -> Option<(Slot, &[u8])> {
    let slot = slots(&shape.draft).get(list).copied()?;
    Some((slot, slot.read(&shape.draft)?))
}

fn replaced(shape: &Shape, list: usize, piece: Range<usize>, by: fn(usize) -> Vec<u8>) -> Option<Shape> {
    let (slot, bytes) = of(shape, list)?;
    let (start, end) = (place(bytes, piece.start), place(bytes, piece.end));
    let new = [bytes.get(..start)?, &by(piece.len()), bytes.get(end..)?].concat();
    (new != bytes).then(|| edited(shape, |draft| slot.write(draft, new)))
}

/// How many characters there are, or bytes where they are no text.
fn count(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).map_or(bytes.len(), |text| text.chars().count())
}

/// Where a character begins, or a byte where they are no text.
fn place(bytes: &[u8], number: usize) -> usize {
    let text = std::str::from_utf8(bytes).ok();
    let begins = |text: &str| text.char_indices().nth(number).map_or(text.len(), |(at, _)| at);
    text.map_or(number.min(bytes.len()), begins)
}

#[cfg(test)]
mod tests {
    use super::{count, place};

    #[test]
    fn text_is_cut_between_characters_and_bytes_anywhere() {
        let text = "aé日b".as_bytes();
        assert_eq!((count(text), [0, 1, 2, 3, 4].map(|number| place(text, number))), (4, [0, 1, 3, 6, 7]));
        assert_eq!((count(b"a\xff\xfe"), place(b"a\xff\xfe", 2)), (3, 2));
    }
}
