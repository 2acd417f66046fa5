//! Where an opaque id is expected: ids that nobody issued, and what routers fold or strip of a known one.

use super::{around, change, escaped_twice, is_escaped_twice, reads};
use crate::generate::defect::{Apply, Defect, Owed, Place, Shows};
use crate::generate::proof::SentValue;
use crate::verdict::Level;

const RULE: &str = "refusal.unknown-thing";
const UNKNOWN: Owed = Owed::not_found(RULE, Level::Must);
/// A known id all the same, to some routers.
const FOLDED: Owed = Owed::not_found(RULE, Level::Note);
/// Nobody knows whether there is such a thing. If there is, its own id shows that it was served for itself.
const NEAR: Owed = Owed { success: true, ..UNKNOWN };
/// 8 KiB and one more.
const LONG: usize = 8193;
const INJECTION: &str = "%27%20OR%20%271%27%3D%271%27%20--%20%2A%29%28uid%3D%2A%29%7B%22%24ne%22%3Anull%7D%24%7B7%2A7%7D\
                         %3Cscript%3E";

/// The defects where an id is expected.
pub const ALL: &[Defect] = &[
    id(
        "identifier/id-decorated",
        "blanks, a dot and a path parameter around a known id",
        FOLDED.or_http(),
        |draft, spot, _| change(draft, spot, |value| around("%20", value, "%20.;a=b")),
        |sent, _, aid| {
            reads(*sent, aid, |value, own| {
                let rest = value.plain.strip_prefix(b" ").and_then(|rest| rest.strip_prefix(own));
                rest == Some(b" .;a=b".as_slice())
            })
        },
    ),
    id(
        "identifier/id-double-encoded",
        "a known id that is encoded twice",
        FOLDED.or_http(),
        |draft, spot, _| change(draft, spot, escaped_twice),
        |sent, _, aid| reads(*sent, aid, is_escaped_twice),
    ),
    id(
        "identifier/id-before-nul",
        "an encoded NUL behind a known id",
        FOLDED.or_http(),
        |draft, spot, _| change(draft, spot, |value| around("", value, "%00")),
        |sent, _, aid| reads(*sent, aid, |value, own| value.plain.strip_suffix(b"\0") == Some(own)),
    ),
    unknown(
        "identifier/id-with-line-break",
        "an encoded line break and a header behind an unknown id",
        UNKNOWN.or_http(),
        |draft, spot, aid| change(draft, spot, |_| format!("{}%0D%0AX-Tenantcheck:%20split", aid.unknown).into_bytes()),
        |sent, _, aid| reads(*sent, aid, |value, _| holds(value, "\r\n") && !value.raw.contains(&b'\n')),
    ),
    id(
        "identifier/id-empty",
        "nothing where the id belongs",
        Owed::either(),
        |draft, spot, _| change(draft, spot, |_| Vec::new()),
        |sent, _, aid| reads(*sent, aid, |value, _| value.raw.is_empty()),
    ),
    id(
        "identifier/id-dot-segments",
        "slashes and dots between two unknown ids",
        Owed::either(),
        |draft, spot, aid| change(draft, spot, |_| format!("{0}/../{0}", aid.unknown).into_bytes()),
        |sent, _, aid| reads(*sent, aid, |value, _| value.raw.split(|byte| *byte == b'/').any(|piece| piece == b"..")),
    ),
    id(
        "identifier/id-traversal",
        "an encoded way out of a folder as the id",
        UNKNOWN.or_http(),
        |draft, spot, _| change(draft, spot, |_| b"..%2F..%2F..%2Fetc%2Fpasswd".to_vec()),
        |sent, _, aid| reads(*sent, aid, |value, _| holds(value, "../../") && !value.raw.contains(&b'/')),
    ),
    unknown(
        "identifier/id-invalid-utf-8",
        "escapes that are no UTF-8 behind an unknown id",
        UNKNOWN.or_http(),
        |draft, spot, aid| change(draft, spot, |_| format!("{}%C0%AF%ED%A0%80%FF", aid.unknown).into_bytes()),
        |sent, _, aid| reads(*sent, aid, |value, _| std::str::from_utf8(&value.plain).is_err()),
    ),
    unknown(
        "identifier/id-bad-escape",
        "damaged percent escapes behind an unknown id",
        UNKNOWN.or_http(),
        |draft, spot, aid| change(draft, spot, |_| format!("{}%zz%4", aid.unknown).into_bytes()),
        |sent, _, aid| reads(*sent, aid, |value, _| value.damaged),
    ),
    unknown(
        "identifier/id-of-8-kib",
        "an id of 8 KiB",
        UNKNOWN.or_http(),
        |draft, spot, _| change(draft, spot, |_| vec![b'z'; LONG]),
        |sent, _, aid| reads(*sent, aid, |value, _| value.plain.len() >= LONG),
    ),
    near(
        "identifier/id-longer",
        "a known id and one character more",
        |draft, spot, _| change(draft, spot, |value| around("", value, "0")),
        |sent, _, aid| reads(*sent, aid, |value, own| value.plain.strip_suffix(b"0") == Some(own)),
    ),
    near(
        "identifier/id-shorter",
        "a known id without its last character",
        |draft, spot, _| change(draft, spot, shorter),
        |sent, _, aid| {
            reads(*sent, aid, |value, own| {
                !value.plain.is_empty() && value.plain.len() + 1 == own.len() && own.starts_with(&value.plain)
            })
        },
    ),
    id(
        "identifier/id-injection",
        "pieces of query languages as the id",
        UNKNOWN.or_http(),
        |draft, spot, _| change(draft, spot, |_| INJECTION.into()),
        |sent, _, aid| {
            reads(*sent, aid, |value, _| ["' OR '", "*)(", "{\"$ne\"", "${"].iter().all(|text| holds(value, text)))
        },
    ),
    id(
        "identifier/id-wildcard",
        "a wildcard as the id",
        UNKNOWN,
        |draft, spot, _| change(draft, spot, |_| b"*".to_vec()),
        |sent, _, aid| reads(*sent, aid, |value, _| value.plain == b"*"),
    ),
    id(
        "identifier/id-of-another-kind",
        "the real id of a thing of another kind",
        UNKNOWN,
        |draft, spot, aid| aid.others.first().is_some_and(|other| change(draft, spot, |_| escaped(other.as_bytes()))),
        |sent, _, aid| {
            let is_other = |plain: &[u8]| aid.others.iter().any(|other| other.as_bytes() == plain);
            reads(*sent, aid, |value, own| value.plain != own && is_other(&value.plain))
        },
    ),
];

const fn id(id: &'static str, title: &'static str, owed: Owed, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::IdParameter, owed, apply, shows }
}

const fn near(id: &'static str, title: &'static str, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::ReadId, owed: NEAR, apply, shows }
}

const fn unknown(id: &'static str, title: &'static str, owed: Owed, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::UnknownId, owed, apply, shows }
}

fn holds(value: &SentValue<'_>, text: &str) -> bool {
    memchr::memmem::find(&value.plain, text.as_bytes()).is_some()
}

/// A value without its last octet; as it was where nothing would be left, or half an escape.
fn shorter(value: &[u8]) -> Vec<u8> {
    match value.split_last() {
        Some((_, rest)) if !rest.is_empty() && !value.contains(&b'%') => rest.to_vec(),
        _ => value.to_vec(),
    }
}

fn escaped(id: &[u8]) -> Vec<u8> {
    let escape = |byte: &u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => vec![*byte],
        _ => format!("%{byte:02X}").into_bytes(),
    };
    id.iter().flat_map(escape).collect()
}
