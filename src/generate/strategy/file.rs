//! What clients write about a file that they send: its name, its media type, and the boundary around it.

use super::draw;
use super::letters::{letter, plain, typed, word};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;

/// How many characters a file name has at most, with its ending.
pub const LONGEST_NAME: usize = 200;
/// What every file name ends in.
const ENDING: &str = ".csv";
/// How many characters a file name of many scripts has at most, so that few file systems find it too long.
const TYPED: usize = 45;
/// Media types that clients and systems give a table by its ending.
const MEDIA_TYPES: [&str; 6] = [
    "application/vnd.ms-excel",
    "application/csv",
    "text/plain",
    "text/x-csv",
    "text/comma-separated-values",
    "binary/octet-stream",
];

/// Draws a file name in ASCII, with blanks and brackets, of up to [`LONGEST_NAME`] characters.
pub fn file_name(bytes: [u8; 32]) -> Option<String> {
    let stem = |longest| word(plain("   ()[]-_,;+"), longest);
    let stems = prop_oneof![4 => stem(30), 1 => stem(LONGEST_NAME - ENDING.len() - 2)];
    draw(&(letter(), stems, plain("")).prop_map(|(first, stem, last)| format!("{first}{stem}{last}{ENDING}")), bytes)
}

/// Draws a file name in letters of many scripts.
pub fn typed_file_name(bytes: [u8; 32]) -> Option<String> {
    draw(&word(typed(), TYPED).prop_map(|stem| format!("{stem}{ENDING}")), bytes)
}

/// Draws a way to write the media type of CSV.
pub fn csv_type(bytes: [u8; 32]) -> Option<String> {
    let kind = select(vec!["text/csv", "Text/CSV", "TEXT/CSV", "text/CSV"]);
    let charset = select(vec!["utf-8", "\"utf-8\"", "Utf-8"]);
    let name = select(vec!["charset", "Charset", "CHARSET"]);
    let header = select(vec!["", "; header=present"]);
    let blank = select(vec!["; ", ";"]);
    let whole = (kind, blank, name, charset, header);
    let written =
        whole.prop_map(|(kind, blank, name, charset, header)| format!("{kind}{blank}{name}={charset}{header}"));
    draw(&written, bytes)
}

/// Draws another media type that clients give a table.
pub fn media_type(bytes: [u8; 32]) -> Option<String> {
    draw(&select(MEDIA_TYPES.to_vec()), bytes).map(ToOwned::to_owned)
}

/// Draws a boundary such as clients make: long enough that no content holds it by chance.
pub fn boundary(bytes: [u8; 32]) -> Option<String> {
    let dashes = select(vec!["", "--", "------------------------", "----WebKitFormBoundary"]);
    let written = (dashes, vec(plain("_-"), 20..=44), plain(""))
        .prop_map(|(dashes, middle, last)| format!("{dashes}{}{last}", String::from_iter(middle)));
    draw(&written, bytes)
}

/// Draws one of some values, and a place among the first 256.
pub fn choice(values: &[String], bytes: [u8; 32]) -> Option<(String, usize)> {
    if values.is_empty() {
        return None;
    }
    draw(&(select(values.to_vec()), any::<u8>().prop_map(usize::from)), bytes)
}
