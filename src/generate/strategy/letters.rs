//! Characters that drawn texts are made of, and words of them.

use proptest::char::range;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::sample::select;

/// A word of one character to so many.
pub fn word(characters: impl Strategy<Value = char>, longest: usize) -> impl Strategy<Value = String> {
    vec(characters, 1..=longest).prop_map(String::from_iter)
}

/// A small ASCII letter.
pub fn letter() -> impl Strategy<Value = char> {
    range('a', 'z')
}

/// An ASCII letter, a digit, or one of some more.
pub fn plain(more: &str) -> impl Strategy<Value = char> + use<> {
    let all = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain(more.chars());
    select(all.collect::<Vec<_>>())
}

/// Characters of every plane that has any, from the left and from the right; none that only steers others.
pub fn writing() -> impl Strategy<Value = char> {
    among(WRITING.len())
}

/// Letters and pictures as people type them, from the left and from the right.
pub fn typed() -> impl Strategy<Value = char> {
    among(TYPED)
}

fn among(scripts: usize) -> impl Strategy<Value = char> {
    (0..scripts, any::<u16>()).prop_map(|(script, at)| {
        let (first, last) = WRITING.get(script).copied().unwrap_or(('a', 'z'));
        let (first, last) = (u32::from(first), u32::from(last));
        char::from_u32(first + u32::from(at) % (last - first + 1)).unwrap_or_default()
    })
}

/// How many of them people type.
const TYPED: usize = 11;

/// The first and the last character of each.
const WRITING: [(char, char); 20] = [
    ('\u{c0}', '\u{24f}'),
    ('\u{3b1}', '\u{3c9}'),
    ('\u{410}', '\u{44f}'),
    ('\u{5d0}', '\u{5ea}'),
    ('\u{627}', '\u{63a}'),
    ('\u{905}', '\u{939}'),
    ('\u{e01}', '\u{e2e}'),
    ('\u{3041}', '\u{3096}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7a3}'),
    ('\u{1f600}', '\u{1f64f}'),
    ('\u{e000}', '\u{f8ff}'),
    ('\u{10330}', '\u{1034a}'),
    ('\u{10900}', '\u{10915}'),
    ('\u{1d400}', '\u{1d454}'),
    ('\u{20000}', '\u{2a6d6}'),
    ('\u{30000}', '\u{3134a}'),
    ('\u{e0100}', '\u{e01ef}'),
    ('\u{f0000}', '\u{ffffd}'),
    ('\u{100000}', '\u{10fffd}'),
];
