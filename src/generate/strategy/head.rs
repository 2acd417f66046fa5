//! What clients write into the head of a request that changes nothing of it.

use super::draw;
use super::letters::{letter, plain, typed, word};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{select, subsequence};

/// How long the value of a drawn header is at most.
const LONGEST_VALUE: usize = 200;
/// Before the name of a header that is drawn.
pub const PREFIX: &str = "X-Tenantcheck-Drawn";
/// Headers that clients add by themselves.
const USUAL: [(&str, &str); 5] = [
    ("Cache-Control", "no-cache"),
    ("Pragma", "no-cache"),
    ("DNT", "1"),
    ("Sec-Fetch-Mode", "cors"),
    ("Priority", "u=1, i"),
];
/// Media types that stand beside the one that is offered.
const BESIDE: [&str; 6] = ["*/*", "application/*", "application/xml", "text/html", "text/*", "image/webp"];

/// Draws the letter case of names: never all small and never all capital.
pub fn letter_case(text: &str, bytes: [u8; 32]) -> Option<String> {
    let drawn = draw(&any::<u64>(), bytes)?;
    let capitals = [false, true].into_iter().chain((0..64).cycle().map(|at| drawn >> at & 1 == 1));
    let written = |(letter, capital): (char, bool)| {
        if capital { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
    };
    Some(text.chars().zip(capitals).map(written).collect())
}

/// Draws an Accept header that takes a media type, in whatever company.
pub fn accept(kind: &str, bytes: [u8; 32]) -> Option<String> {
    let weight = || prop_oneof![Just(String::new()), (1..=999_u16).prop_map(|weight| format!(";q=0.{weight:03}"))];
    let own = (Just(kind.to_owned()), weight(), any::<u8>());
    let others = subsequence(BESIDE.to_vec(), 1..=4).prop_shuffle();
    let written = (own, others, vec(weight(), 4), select(vec![", ", ","])).prop_map(
        |((kind, weight, at), others, weights, comma)| {
            let mut all: Vec<String> =
                others.into_iter().zip(weights).map(|(other, weight)| format!("{other}{weight}")).collect();
            all.insert(usize::from(at) % (all.len() + 1), format!("{kind}{weight}"));
            all.join(comma)
        },
    );
    draw(&written, bytes)
}

/// Draws the fields of a query: names that nobody reads, and texts of many scripts.
pub fn fields(bytes: [u8; 32]) -> Option<Vec<(String, String)>> {
    let name = word(plain("-"), 8).prop_map(|name| format!("_{name}"));
    let value = prop_oneof![word(plain(" ,:;+&=%?#"), 16), word(typed(), 8), Just(String::new())];
    draw(&vec((name, value), 1..=6), bytes)
}

/// Draws header lines that nobody reads, each of another name.
pub fn headers(bytes: [u8; 32]) -> Option<Vec<(String, String)>> {
    let value = |longest| {
        let written = (letter(), word(plain("  ._~:/=+,;-"), longest - 2), plain(""));
        written.prop_map(|(first, rest, last)| format!("{first}{rest}{last}"))
    };
    let value = prop_oneof![8 => value(20), 1 => value(LONGEST_VALUE), 2 => Just(String::new())];
    let own = vec((word(plain("-"), 12), value), 1..=6);
    let usual = subsequence(USUAL.to_vec(), 0..=USUAL.len());
    let lines = (own, usual).prop_map(|(own, usual)| {
        let own = own.into_iter().zip(1..).map(|((name, value), at)| (format!("{PREFIX}-{at}-{name}"), value));
        own.chain(usual.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()))).collect()
    });
    draw(&lines, bytes)
}

/// Writes a text with percent escapes where they must stand, and where they are drawn; a blank as a plus sign or not.
/// The first octet stands as it is if it may, the second never does.
pub fn escaped(text: &[u8], bytes: [u8; 32]) -> Option<String> {
    let (escapes, smalls) = draw(&any::<(u64, u64)>(), bytes)?;
    let drawn = (0..64).cycle().map(|at| (escapes >> at & 1 == 1, smalls >> at & 1 == 1));
    let choices = [(false, false), (true, false)].into_iter().chain(drawn);
    let written = text.iter().zip(choices).map(|(octet, (escape, small))| match (octet, escape, small) {
        (b' ', _, true) => "+".to_owned(),
        (octet, false, _) if octet.is_ascii_alphanumeric() || b"-._~".contains(octet) => char::from(*octet).to_string(),
        (octet, _, true) => format!("%{octet:02x}"),
        (octet, ..) => format!("%{octet:02X}"),
    });
    Some(written.collect())
}
