//! Where one of the listed names is expected: what is nearly one, and none. Each is made from the name that works, so
//! that a tenant that folds it really finds the thing.

use super::{around, change, escaped_twice, is_escaped_twice, reads};
use crate::generate::defect::{Aid, Apply, Defect, Owed, Place, Shows, Spot};
use crate::generate::draft::Draft;
use crate::generate::proof::{Sent, SentValue};
use crate::verdict::Level;

const UNLISTED: Owed = Owed::not_found("refusal.unlisted-index", Level::Must);
/// Servers take path parameters off before an application sees the path, so that it cannot tell.
const STRIPPED: Owed = Owed::not_found("refusal.unlisted-index", Level::Should).or_http();

/// The defects where a listed name is expected.
pub const ALL: &[Defect] = &[
    listed(
        "identifier/listed-upper-case",
        "a listed name in capital letters",
        UNLISTED,
        |draft, spot, aid| unlist(draft, spot, aid, <[u8]>::to_ascii_uppercase),
        |sent, _, aid| unlisted(*sent, aid, |value, own| value.plain.eq_ignore_ascii_case(own)),
    ),
    listed(
        "identifier/listed-singular",
        "the singular of a listed name",
        UNLISTED,
        |draft, spot, aid| unlist(draft, spot, aid, singular),
        |sent, _, aid| {
            unlisted(*sent, aid, |value, own| {
                let plural = |stem: &[u8], ending: &[u8]| own == [stem, ending].concat();
                let in_ies = value.plain.strip_suffix(b"y").is_some_and(|stem| plural(stem, b"ies"));
                in_ies || plural(&value.plain, b"s")
            })
        },
    ),
    listed(
        "identifier/listed-after-a-blank",
        "an encoded blank before a listed name",
        UNLISTED,
        |draft, spot, aid| unlist(draft, spot, aid, |value| around("%20", value, "")),
        |sent, _, aid| unlisted(*sent, aid, |value, own| value.plain.strip_prefix(b" ") == Some(own)),
    ),
    listed(
        "identifier/listed-with-path-parameter",
        "a path parameter behind a listed name",
        STRIPPED,
        |draft, spot, aid| unlist(draft, spot, aid, |value| around("", value, ";a=b")),
        |sent, _, aid| unlisted(*sent, aid, |value, own| value.plain.strip_suffix(b";a=b") == Some(own)),
    ),
    listed(
        "identifier/listed-wildcard",
        "a wildcard that takes in a listed name",
        UNLISTED,
        |draft, spot, aid| {
            unlist(draft, spot, aid, |value| around("", value.get(..value.len() / 2).unwrap_or_default(), "*"))
        },
        |sent, _, aid| {
            unlisted(*sent, aid, |value, own| {
                value.plain.strip_suffix(b"*").is_some_and(|start| own.starts_with(start))
            })
        },
    ),
    listed(
        "identifier/listed-several",
        "two listed names with a comma between them",
        UNLISTED,
        |draft, spot, aid| unlist(draft, spot, aid, |value| around("", value, &format!(",{}", another(value, aid)))),
        |sent, _, aid| {
            unlisted(*sent, aid, |value, _| {
                let names: Vec<&[u8]> = value.plain.split(|byte| *byte == b',').collect();
                names.len() == 2 && names.iter().all(|name| aid.listed.iter().any(|known| known.as_bytes() == *name))
            })
        },
    ),
    listed(
        "identifier/listed-all",
        "the word of a search engine for every name",
        UNLISTED,
        |draft, spot, aid| unlist(draft, spot, aid, |_| b"_all".to_vec()),
        |sent, _, aid| unlisted(*sent, aid, |value, _| value.plain == b"_all"),
    ),
    listed(
        "identifier/listed-double-encoded",
        "a listed name that is encoded twice",
        UNLISTED.or_http(),
        |draft, spot, aid| unlist(draft, spot, aid, escaped_twice),
        |sent, _, aid| unlisted(*sent, aid, is_escaped_twice),
    ),
    listed(
        "identifier/listed-before-nul",
        "an encoded NUL behind a listed name",
        UNLISTED.or_http(),
        |draft, spot, aid| unlist(draft, spot, aid, |value| around("", value, "%00")),
        |sent, _, aid| unlisted(*sent, aid, |value, own| value.plain.strip_suffix(b"\0") == Some(own)),
    ),
    listed(
        "identifier/listed-before-line-feed",
        "an encoded line feed behind a listed name",
        UNLISTED.or_http(),
        |draft, spot, aid| unlist(draft, spot, aid, |value| around("", value, "%0A")),
        |sent, _, aid| unlisted(*sent, aid, |value, own| value.plain.strip_suffix(b"\n") == Some(own)),
    ),
    listed(
        "identifier/listed-folded-letter",
        "a listed name with a letter whose capital is an ASCII one",
        UNLISTED,
        |draft, spot, aid| unlist(draft, spot, aid, with_odd_letter),
        |sent, _, aid| {
            unlisted(*sent, aid, |value, own| {
                let capital = |text: &[u8]| String::from_utf8_lossy(text).to_uppercase();
                !value.plain.is_ascii() && capital(&value.plain) == capital(own)
            })
        },
    ),
    listed(
        "identifier/listed-bad-escape",
        "a damaged percent escape behind a listed name",
        UNLISTED.or_http(),
        |draft, spot, aid| unlist(draft, spot, aid, |value| around("", value, "%zz")),
        |sent, _, aid| unlisted(*sent, aid, |value, own| value.damaged && value.plain.starts_with(own)),
    ),
    listed(
        "identifier/listed-with-extension",
        "a listed name with a file extension",
        UNLISTED,
        |draft, spot, aid| unlist(draft, spot, aid, |value| around("", value, ".json")),
        |sent, _, aid| unlisted(*sent, aid, |value, own| value.plain.strip_suffix(b".json") == Some(own)),
    ),
    listed(
        "identifier/listed-ordinal",
        "the number of a listed name in the list",
        UNLISTED,
        |draft, spot, aid| {
            let number = |value: &[u8]| aid.listed.iter().position(|name| name.as_bytes() == value);
            unlist(draft, spot, aid, |value| number(value).map_or(value.to_vec(), |n| n.to_string().into_bytes()))
        },
        |sent, _, aid| {
            unlisted(*sent, aid, |value, own| {
                let number = String::from_utf8_lossy(&value.plain).parse().ok();
                number.and_then(|number: usize| aid.listed.get(number)).is_some_and(|name| name.as_bytes() == own)
            })
        },
    ),
    // One id in two indexes is not impossible: then the answer has to be of the index that was asked for.
    listed(
        "identifier/listed-other",
        "the id of a thing under another listed name",
        Owed::either(),
        |draft, spot, aid| change(draft, spot, |value| another(value, aid).into_bytes()),
        |sent, _, aid| {
            reads(*sent, aid, |value, own| {
                value.plain != own && aid.listed.iter().any(|name| name.as_bytes() == value.plain)
            })
        },
    ),
];

const fn listed(id: &'static str, title: &'static str, owed: Owed, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::ListedParameter, owed, apply, shows }
}

/// Puts in a value that is not listed; false where it is.
fn unlist(draft: &mut Draft, spot: &Spot, aid: &Aid, by: impl FnOnce(&[u8]) -> Vec<u8>) -> bool {
    let is_listed = |value: &Vec<u8>| aid.listed.iter().any(|name| name.as_bytes() == value);
    change(draft, spot, by) && draft.parameter(spot.name()).is_some_and(|value| !is_listed(value))
}

fn unlisted(sent: Sent<'_>, aid: &Aid, holds: impl FnOnce(&SentValue<'_>, &[u8]) -> bool) -> bool {
    let is_listed = |plain: &[u8]| aid.listed.iter().any(|name| name.as_bytes() == plain);
    reads(sent, aid, |value, own| !is_listed(&value.plain) && holds(value, own))
}

/// The listed name that follows a value in the list; the first one behind the last. Empty where there is no other.
fn another(value: &[u8], aid: &Aid) -> String {
    let at = aid.listed.iter().position(|name| name.as_bytes() == value).map_or(0, |at| at + 1);
    let other = aid.listed.get(at).or(aid.listed.first());
    other.filter(|name| name.as_bytes() != value).cloned().unwrap_or_default()
}

fn singular(value: &[u8]) -> Vec<u8> {
    match (value.strip_suffix(b"ies"), value.strip_suffix(b"s")) {
        (Some(stem), _) => around("", stem, "y"),
        (None, Some(stem)) => stem.to_vec(),
        (None, None) => value.to_vec(),
    }
}

/// The last `s` as U+017F, or else the last `i` as U+0131: their capitals are S and I.
fn with_odd_letter(value: &[u8]) -> Vec<u8> {
    let replaced = |letter: u8, by: &str| {
        let at = value.iter().rposition(|byte| *byte == letter)?;
        Some([value.get(..at)?, by.as_bytes(), value.get(at + 1..)?].concat())
    };
    replaced(b's', "%C5%BF").or_else(|| replaced(b'i', "%C4%B1")).unwrap_or_else(|| value.to_vec())
}
