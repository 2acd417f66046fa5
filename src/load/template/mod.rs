//! Cuts a text of a case file into what is literal and what is filled in.

mod args;
mod bytes;
mod fault;
mod world;

use self::args::WORDS;
use self::fault::Fault;
use super::table::{Phrase, Reader};
use crate::contract::{Piece, Template, WorldKey};
use std::ops::Range;

/// How many literal bytes a text may spell out.
const BYTES: usize = 16 * 1024 * 1024;

/// Reads a text with places to fill in; what is wrong is a problem at its place.
pub fn read(phrase: &Phrase, reader: &Reader<'_>, keys: &[WorldKey]) -> Template {
    let mut pieces = Vec::new();
    let mut size = 0;
    for (range, found) in markers(&phrase.text) {
        let piece = match found {
            Marker::Literal => Ok(Piece::Literal(phrase.text.get(range.clone()).unwrap_or_default().into())),
            Marker::Word(word, arguments) => args::piece(word, arguments, keys),
            Marker::Wrong(fault) => Err(fault),
        };
        match piece {
            Ok(piece) => size += add(&mut pieces, piece),
            Err(fault) => reader.problem_in(phrase, range, fault.what, fault.advice),
        }
        if size > BYTES {
            reader.problem(phrase.token.clone(), format!("this text is longer than {BYTES} bytes"), "make it shorter");
            break;
        }
    }
    Template(pieces)
}

/// Reads a text without places to fill in; a template in it is a problem.
pub fn plain(phrase: &Phrase, reader: &Reader<'_>) -> String {
    for (range, found) in markers(&phrase.text) {
        if let Marker::Word(word, _) = found
            && WORDS.contains(&word)
        {
            let what = format!("`{{{{{word} …}}}}` cannot stand here");
            reader.problem_in(phrase, range, what, "nothing but `{{row KEY}}` is put into this text");
        }
    }
    phrase.text.clone()
}

/// One stretch of a text.
enum Marker<'a> {
    /// It means itself.
    Literal,
    /// A word in braces, with what follows it.
    Word(&'a str, Option<&'a str>),
    /// It looks like a template and is none.
    Wrong(Fault),
}

/// Cuts a text into stretches.
fn markers(text: &str) -> impl Iterator<Item = (Range<usize>, Marker<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let (length, marker) = match rest.find("{{") {
            Some(0) => marker(rest),
            Some(open) => (open, Marker::Literal),
            None => (rest.len(), Marker::Literal),
        };
        let range = at..at + length;
        at = range.end;
        Some((range, marker))
    })
}

/// Reads what begins with two braces: how many bytes of it, and what it is.
fn marker(marked: &str) -> (usize, Marker<'_>) {
    const BRACE: (usize, Marker<'_>) = (1, Marker::Literal);
    let inside = marked.get(2..).unwrap_or_default();
    let bare = inside.trim_start_matches(' ');
    let Some(word) = leading_word(bare) else { return BRACE };
    let known = WORDS.contains(&word);
    let Some(end) = inside.find("}}") else {
        let fault = Fault::new(format!("`{{{{{word}` has no `}}}}` behind it"), "close it with `}}`");
        return if known { (2 + word.len(), Marker::Wrong(fault)) } else { BRACE };
    };
    let content = inside.get(..end).unwrap_or_default();
    let flaw = if bare.len() < inside.len() {
        Some("has a blank before its word")
    } else {
        content.contains("{{").then_some("has another template inside")
    };
    match flaw {
        Some(_) if !known => BRACE,
        Some(flaw) => (end + 4, Marker::Wrong(Fault::new(format!("`{{{{{word}}}}}` {flaw}"), "write it without"))),
        None => (end + 4, Marker::Word(word, content.get(word.len() + 1..))),
    }
}

/// The letters and hyphens that a text begins with, if they are a word: a letter first, a blank or braces behind.
fn leading_word(text: &str) -> Option<&str> {
    let end = text.find(|character: char| !character.is_ascii_alphabetic() && character != '-').unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    let ends = rest.is_empty() || rest.starts_with(' ') || rest.starts_with("}}");
    (ends && word.starts_with(|first: char| first.is_ascii_alphabetic())).then_some(word)
}

/// Puts a piece at the end, literal bytes joined, and says how many literal bytes came in.
fn add(pieces: &mut Vec<Piece>, piece: Piece) -> usize {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Literal(before)), Piece::Literal(bytes)) => {
            before.extend(&bytes);
            bytes.len()
        }
        (_, piece) => {
            let size = if let Piece::Literal(bytes) = &piece { bytes.len() } else { 0 };
            pieces.push(piece);
            size
        }
    }
}

#[cfg(test)]
mod tests;
