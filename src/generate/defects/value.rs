//! The layer `value`: what can be wrong with the value of a field whose values are listed.
//!
//! A value is proven wrong by how it differs from a listed one, not by what was written.

use crate::generate::defect::{Aid, Defect, Owed, Place, Spot};
use crate::generate::draft::{Body, Content, Draft, Part};
use crate::generate::proof::Sent;
use crate::verdict::Level;
use memchr::memmem;

/// A value outside an enumeration is refused.
const UNLISTED: Owed = Owed::refused("refusal.unlisted-value", Level::Must);

/// How many characters a very long value has.
const LONG: usize = 65_536;

/// The defects of this layer: what is about the bytes in a multipart body, what is about the text in a urlencoded one.
pub const ALL: &[Defect] = &[
    part(
        "value/zero",
        "the number 0 where words are listed",
        |draft, spot, aid| put(draft, spot, aid, |_| "0".to_owned().into()),
        |sent, spot, aid| wrong(*sent, spot, aid, |value, _| value == b"0"),
    ),
    Defect {
        owed: UNLISTED.or_http(),
        ..part(
            "value/nul",
            "a listed value with NUL behind it",
            |draft, spot, aid| put(draft, spot, aid, |listed| format!("{listed}\0").into()),
            |sent, spot, aid| wrong(*sent, spot, aid, |value, listed| value.strip_suffix(b"\0") == Some(listed)),
        )
    },
    Defect {
        owed: UNLISTED.or_http(),
        ..part(
            "value/content",
            "a long value that spreadsheets, pages, templates, shells and files would act on",
            |draft, spot, aid| put(draft, spot, aid, |_| format!("{ACTED_ON}{}", "x".repeat(LONG)).into()),
            |sent, spot, aid| {
                let holds = |value: &[u8], text: &[u8]| memmem::find(value, text).is_some();
                wrong(*sent, spot, aid, |value, _| {
                    value.starts_with(b"=")
                        && value.len() > LONG
                        && [&b"<script>"[..], b"{{7*7}}", b"$(id)", b"../"].iter().all(|text| holds(value, text))
                })
            },
        )
    },
    Defect {
        owed: Owed::refused("refusal.irregular-input", Level::Should),
        ..part("value/twice", "a field twice with two listed values", twice, |sent, spot, aid| {
            let values = sent.values(spot.name());
            let listed =
                values.iter().all(|value| aid.listed.iter().any(|listed| listed.as_bytes() == value.as_slice()));
            listed && values.len() == 2 && values.first() != values.last()
        })
    },
    field(
        "value/upper-case",
        "a listed value in upper case",
        |draft, spot, aid| put(draft, spot, aid, |listed| listed.to_uppercase().into()),
        |sent, spot, aid| {
            wrong(*sent, spot, aid, |value, listed| {
                value.eq_ignore_ascii_case(listed) && value == value.to_ascii_uppercase()
            })
        },
    ),
    field(
        "value/blank-before",
        "a listed value with a blank before it",
        |draft, spot, aid| put(draft, spot, aid, |listed| format!(" {listed}").into()),
        |sent, spot, aid| wrong(*sent, spot, aid, |value, listed| value.strip_prefix(b" ") == Some(listed)),
    ),
    field(
        "value/tab-behind",
        "a listed value with a tab behind it",
        |draft, spot, aid| put(draft, spot, aid, |listed| format!("{listed}\t").into()),
        |sent, spot, aid| wrong(*sent, spot, aid, |value, listed| value.strip_suffix(b"\t") == Some(listed)),
    ),
    field(
        "value/on",
        "`on`, as a browser's checkbox sends it",
        |draft, spot, aid| put(draft, spot, aid, |_| "on".to_owned().into()),
        |sent, spot, aid| wrong(*sent, spot, aid, |value, _| value == b"on"),
    ),
    field(
        "value/null",
        "`null` where words are listed",
        |draft, spot, aid| put(draft, spot, aid, |_| "null".to_owned().into()),
        |sent, spot, aid| wrong(*sent, spot, aid, |value, _| value == b"null"),
    ),
    Defect {
        owed: UNLISTED.or_http(),
        ..field(
            "value/long",
            "a listed value that goes on for 65,536 characters",
            |draft, spot, aid| {
                put(draft, spot, aid, |listed| listed.chars().cycle().take(LONG).collect::<String>().into())
            },
            |sent, spot, aid| wrong(*sent, spot, aid, |value, listed| value.len() == LONG && value.starts_with(listed)),
        )
    },
    Defect {
        owed: Owed::refused("refusal.unlisted-value", Level::Should),
        ..field(
            "value/empty",
            "an empty value",
            |draft, spot, aid| put(draft, spot, aid, |_| String::new().into()),
            |sent, spot, aid| wrong(*sent, spot, aid, |value, _| value.is_empty()),
        )
    },
];

const ACTED_ON: &str =
    "=cmd|' /C calc'!A0<script>alert(1)</script>{{7*7}}${7*7};id|`id`$(id)' OR '1'='1' --../../../etc/passwd";

type Apply = fn(&mut Draft, &Spot, &Aid) -> bool;
type Shows = fn(&Sent<'_>, &Spot, &Aid) -> bool;

const fn part(id: &'static str, title: &'static str, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::ListedPart, owed: UNLISTED, apply, shows }
}

const fn field(id: &'static str, title: &'static str, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::ListedFormField, owed: UNLISTED, apply, shows }
}

/// Gives the field what is made of its first listed value; adds the field where it is not there yet.
fn put(draft: &mut Draft, spot: &Spot, aid: &Aid, make: impl FnOnce(&str) -> Option<String>) -> bool {
    let Some(value) = aid.listed.first().and_then(|listed| make(listed)) else { return false };
    let name = spot.name();
    match &mut draft.body {
        Body::Form(pairs) => {
            pairs.retain(|(other, _)| other != name.as_bytes());
            pairs.push((name.into(), escaped(value.as_bytes())));
        }
        Body::Multipart(multipart) => {
            multipart.parts.retain(|part| part.field != name);
            multipart.parts.insert(0, Part::new(name, None, None, Content::Bytes(value.into_bytes())));
        }
        Body::None | Body::Raw(_) => return false,
    }
    true
}

fn twice(draft: &mut Draft, spot: &Spot, aid: &Aid) -> bool {
    let Some(multipart) = draft.multipart() else { return false };
    multipart.parts.retain(|part| part.field != spot.name());
    for value in aid.listed.iter().take(2) {
        multipart.parts.insert(0, Part::new(spot.name(), None, None, Content::Bytes(value.clone().into_bytes())));
    }
    aid.listed.len() > 1
}

fn escaped(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().fold(Vec::new(), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => text.push(*byte),
            _ => text.extend(format!("%{byte:02X}").into_bytes()),
        }
        text
    })
}

/// Whether the field has one value, which is none of the listed ones but stands so to one of them.
fn wrong(sent: Sent<'_>, spot: &Spot, aid: &Aid, how: impl Fn(&[u8], &[u8]) -> bool) -> bool {
    let values = sent.values(spot.name());
    let [value] = values.as_slice() else { return false };
    let mut listed = aid.listed.iter().map(String::as_bytes);
    !listed.clone().any(|listed| listed == value.as_slice()) && listed.any(|listed| how(value, listed))
}

#[cfg(test)]
mod tests {
    use super::super::bench;

    #[test]
    fn every_defect_shows_in_the_bytes_and_only_where_it_was_made() {
        bench::prove(super::ALL);
    }
}
