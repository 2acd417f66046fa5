//! What the root seed draws of a body of several parts: the order and names of things that every correct tenant reads.

use crate::generate::defect::{Apply, Defect, Owed, Place, Shows, Spot};
use crate::generate::defects::grip::{divide, file_name, line};
use crate::generate::draft::{Content, Draft, Part};
use crate::generate::proof::{Sent, SentPart, parameters};
use crate::generate::strategy::{self, LONGEST_NAME};
use crate::verdict::Level;

const ENDING: &str = ".csv";

/// The page forbids none of it, but a tenant may be choosy about names and types that it never met.
const SERVED_AS_A_RULE: Owed = Owed { level: Level::Should, ..Owed::served() };

/// The variations.
pub const ALL: &[Defect] = &[
    drawn(
        "multipart/drawn-file-name",
        "a file name in ASCII that the root seed draws, with blanks and brackets, of up to 200 characters",
        Owed::served(),
        |draft, spot, aid| rename(draft, spot, strategy::file_name(aid.draw)),
        |sent, spot, aid| named(*sent, spot, strategy::file_name(aid.draw).as_ref(), str::is_ascii),
    ),
    drawn(
        "multipart/drawn-csv-type",
        "a media type of CSV with a charset, in letter case that the root seed draws",
        Owed::served(),
        |draft, spot, aid| retype(draft, spot, strategy::csv_type(aid.draw)),
        |sent, spot, aid| {
            let parameters = typed(*sent, spot).map(parameters).unwrap_or_default();
            let charset = parameters.iter().any(|one| one.is("charset") && one.value.eq_ignore_ascii_case(b"utf-8"));
            is_typed(*sent, spot, strategy::csv_type(aid.draw)) && charset && parameters.iter().all(|one| one.whole)
        },
    ),
    drawn(
        "multipart/drawn-part-header-names",
        "header names of a part in letter case that the root seed draws",
        Owed::served(),
        |draft, spot, aid| {
            let part = draft.part(spot.name());
            part.is_some_and(|part| part.head.iter_mut().all(|line| recase(line, aid.draw).is_some()))
        },
        |sent, spot, aid| {
            let is_drawn = |line: &&[u8]| recase(&mut line.to_vec(), aid.draw) == Some(line.to_vec());
            sent.part(spot.name()).is_some_and(|part| part.head.iter().all(is_drawn) && is_mixed(&part))
        },
    ),
    Defect {
        id: "multipart/drawn-field",
        title: "an optional field whose place and listed value the root seed draws",
        place: Place::ListedPart,
        owed: Owed::served(),
        apply: |draft, spot, aid| {
            let fresh = draft.part(spot.name()).is_none();
            let Some((value, at)) = strategy::choice(&aid.listed, aid.draw).filter(|_| fresh) else { return false };
            let part = Part::new(spot.name(), None, None, Content::Bytes(value.into_bytes()));
            let Some(multipart) = draft.multipart() else { return false };
            multipart.parts.insert(at % (multipart.parts.len() + 1), part);
            true
        },
        shows: |sent, spot, aid| {
            let drawn = strategy::choice(&aid.listed, aid.draw).map(|(value, _)| value.into_bytes());
            let listed = |value: &Vec<u8>| aid.listed.iter().any(|listed| listed.as_bytes() == value);
            matches!(sent.values(spot.name()).as_slice(), [value] if listed(value) && Some(value) == drawn.as_ref())
        },
    },
    Defect {
        id: "multipart/drawn-boundary",
        title: "a boundary that the root seed draws, as clients make them",
        place: Place::Multipart,
        owed: Owed::served(),
        apply: |draft, _, aid| strategy::boundary(aid.draw).is_some_and(|boundary| divide(draft, &boundary, false)),
        shows: |sent, _, aid| {
            let announced = parameters(sent.media_type()).into_iter().find(|one| one.is("boundary"));
            let length = |one: &[u8]| (1..=70).contains(&one.len());
            announced.is_some_and(|one| {
                let is_drawn = strategy::boundary(aid.draw).map(String::into_bytes) == Some(one.value.clone());
                is_drawn && one.whole && !one.quoted && length(&one.value)
            }) && sent.frame().is_some_and(|frame| frame.epilogue.is_some())
        },
    },
    drawn(
        "multipart/drawn-file-name-of-many-scripts",
        "a file name in letters of many scripts that the root seed draws",
        SERVED_AS_A_RULE,
        |draft, spot, aid| rename(draft, spot, strategy::typed_file_name(aid.draw)),
        |sent, spot, aid| named(*sent, spot, strategy::typed_file_name(aid.draw).as_ref(), |name| !name.is_ascii()),
    ),
    drawn(
        "multipart/drawn-media-type",
        "a media type that some clients give a table, which the root seed draws",
        SERVED_AS_A_RULE,
        |draft, spot, aid| retype(draft, spot, strategy::media_type(aid.draw)),
        |sent, spot, aid| {
            is_typed(*sent, spot, strategy::media_type(aid.draw))
                && typed(*sent, spot).is_some_and(|kind| !kind.to_ascii_lowercase().starts_with(b"text/csv"))
        },
    ),
];

const fn drawn(id: &'static str, title: &'static str, owed: Owed, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::Table, owed, apply, shows }
}

fn rename(draft: &mut Draft, spot: &Spot, drawn: Option<String>) -> bool {
    let Some((part, name)) = draft.part(spot.name()).zip(drawn) else { return false };
    file_name(part, |_| name.into_bytes())
}

/// Whether the file is called what was drawn, and so that no reader can take offence.
fn named(sent: Sent<'_>, spot: &Spot, drawn: Option<&String>, is: fn(&str) -> bool) -> bool {
    let harmless = |name: &str| {
        let length = name.chars().count() <= LONGEST_NAME;
        let odd = |letter: char| letter.is_control() || "\"\\/%".contains(letter);
        is(name)
            && length
            && name.strip_suffix(ENDING).is_some_and(|stem| !stem.is_empty())
            && !name.contains(odd)
            && !name.contains("..")
    };
    let name = sent.part(spot.name()).and_then(|part| part.filename);
    name.as_ref() == drawn && name.is_some_and(|name| harmless(&name))
}

fn retype(draft: &mut Draft, spot: &Spot, drawn: Option<String>) -> bool {
    let line = draft.part(spot.name()).and_then(|part| line(part, "content-type"));
    line.zip(drawn).map(|(line, drawn)| *line = format!("Content-Type: {drawn}").into_bytes()).is_some()
}

fn typed<'a>(sent: Sent<'a>, spot: &Spot) -> Option<&'a [u8]> {
    sent.part(spot.name())?.header("content-type").first().copied()
}

fn is_typed(sent: Sent<'_>, spot: &Spot, drawn: Option<String>) -> bool {
    typed(sent, spot).zip(drawn).is_some_and(|(kind, drawn)| kind == drawn.as_bytes())
}

/// Writes the name of a header line in drawn letter case; what came out.
fn recase(line: &mut Vec<u8>, draw: [u8; 32]) -> Option<Vec<u8>> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = strategy::letter_case(std::str::from_utf8(line.get(..colon)?).ok()?, draw)?;
    line.splice(..colon, name.into_bytes());
    Some(line.clone())
}

/// Whether a name of the part's header lines has letters of both cases, in an order that nobody writes by habit.
fn is_mixed(part: &SentPart<'_>) -> bool {
    let mixed =
        |line: &&[u8]| matches!(line, [first, second, ..] if first.is_ascii_lowercase() && second.is_ascii_uppercase());
    part.head.iter().all(mixed) && !part.header("content-disposition").is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::super::bench;

    #[test]
    fn ten_thousand_seeds_draw_variations_that_show_in_the_bytes() {
        bench::prove_draws(super::ALL, 10_000);
    }
}
