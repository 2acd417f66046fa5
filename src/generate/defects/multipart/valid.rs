//! What differs from client to client and means the same: every correct tenant serves it.

use crate::generate::defect::{Aid, Defect, Owed, Place, Spot};
use crate::generate::defects::grip::{announce, file_name, line, media_type, rename_type};
use crate::generate::draft::{Content, Draft, Part};
use crate::generate::proof::{Sent, parameters};
use crate::verdict::Level;

/// The variations.
pub const ALL: &[Defect] = &[
    served(
        "multipart/boundary-quoted",
        "a multipart body whose boundary is announced in quotes",
        Place::Multipart,
        quote,
        |sent, _, _| {
            let boundary = parameters(sent.media_type()).into_iter().find(|parameter| parameter.is("boundary"));
            boundary.is_some_and(|boundary| boundary.quoted && boundary.whole) && sent.parts().is_some()
        },
    ),
    Defect {
        id: "multipart/media-type-letter-case",
        title: "a multipart media type in mixed letter case",
        place: Place::Multipart,
        // Letter case means nothing here (RFC 9110, 8.3.1), but readers in wide use look for small letters.
        owed: Owed { level: Level::Should, ..Owed::served() },
        apply: |draft, _, _| {
            let put = |value: &mut Vec<u8>| value.splice(..MIXED.len(), MIXED.iter().copied()).count() == MIXED.len();
            media_type(draft).is_some_and(put)
        },
        shows: |sent, _, _| {
            let plain = sent.media_type().split(|byte| *byte == b';').next().unwrap_or_default();
            plain.eq_ignore_ascii_case(MIXED) && plain != plain.to_ascii_lowercase()
        },
    },
    served(
        "multipart/header-name-letter-case",
        "a Content-Type header whose name is in lower case",
        Place::Multipart,
        |draft, _, _| rename_type(draft, "content-type"),
        |sent, _, _| sent.headers().iter().any(|(name, _)| name == "content-type"),
    ),
    served(
        "multipart/octet-stream",
        "a file as application/octet-stream",
        Place::Table,
        |draft, spot, _| retype(draft, spot, b"application/octet-stream"),
        |sent, spot, _| typed(*sent, spot) == Some(b"application/octet-stream"),
    ),
    served(
        "multipart/charset-utf-8",
        "a file whose media type declares the charset UTF-8",
        Place::Table,
        |draft, spot, _| {
            draft
                .part(spot.name())
                .and_then(|part| line(part, "content-type"))
                .map(|line| line.extend(b"; charset=UTF-8"))
                .is_some()
        },
        |sent, spot, _| {
            let parameters = typed(*sent, spot).map(parameters).unwrap_or_default();
            parameters.iter().any(|parameter| parameter.is("charset") && parameter.value == b"UTF-8")
        },
    ),
    served(
        "multipart/part-header-order",
        "a part whose Content-Type comes before its Content-Disposition",
        Place::Table,
        |draft, spot, _| {
            draft.part(spot.name()).is_some_and(|part| {
                part.head.reverse();
                part.head.len() > 1
            })
        },
        |sent, spot, _| {
            let heads = sent.part(spot.name()).map(|part| part.head).unwrap_or_default();
            let at = |name: &[u8]| heads.iter().position(|line| line.to_ascii_lowercase().starts_with(name));
            at(b"content-type")
                .is_some_and(|media_type| at(b"content-disposition").is_some_and(|place| media_type < place))
        },
    ),
    served(
        "multipart/part-header-letter-case",
        "a part whose header names are in lower case",
        Place::Table,
        |draft, spot, _| {
            draft.part(spot.name()).is_some_and(|part| {
                part.head.iter_mut().for_each(|line| lower_name(line));
                !part.head.is_empty()
            })
        },
        |sent, spot, _| sent.part(spot.name()).is_some_and(|part| part.head.iter().all(|line| has_lower_name(line))),
    ),
    served(
        "multipart/optional-field-first",
        "an optional field before the file",
        Place::ListedPart,
        |draft, spot, aid| add(draft, spot, aid, true),
        |sent, spot, aid| stands(*sent, spot, aid) == Some(0),
    ),
    served(
        "multipart/optional-field-last",
        "an optional field behind the file",
        Place::ListedPart,
        |draft, spot, aid| add(draft, spot, aid, false),
        |sent, spot, aid| stands(*sent, spot, aid).is_some_and(|at| at > 0),
    ),
    served(
        "multipart/file-name-with-blanks",
        "a file name with blanks and brackets, as people name copies",
        Place::Table,
        |draft, spot, _| {
            let renamed = |part: &mut Part| file_name(part, |name| [b"Copy (1) of ", name].concat());
            draft.part(spot.name()).is_some_and(renamed)
        },
        |sent, spot, _| {
            let name = sent.part(spot.name()).and_then(|part| part.filename).unwrap_or_default();
            name.contains("Copy (1) of ")
        },
    ),
];

const MIXED: &[u8] = b"Multipart/Form-Data";

type Apply = fn(&mut Draft, &Spot, &Aid) -> bool;
type Shows = fn(&Sent<'_>, &Spot, &Aid) -> bool;

const fn served(id: &'static str, title: &'static str, place: Place, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place, owed: Owed::served(), apply, shows }
}

fn quote(draft: &mut Draft, _: &Spot, _: &Aid) -> bool {
    let boundary = draft.multipart().map(|multipart| multipart.boundary.clone());
    boundary.is_some_and(|boundary| announce(draft, &[b"\"", boundary.as_slice(), b"\""].concat()))
}

fn retype(draft: &mut Draft, spot: &Spot, media_type: &[u8]) -> bool {
    let line = draft.part(spot.name()).and_then(|part| line(part, "content-type"));
    line.map(|line| *line = [b"Content-Type: ", media_type].concat()).is_some()
}

fn typed<'a>(sent: Sent<'a>, spot: &Spot) -> Option<&'a [u8]> {
    sent.part(spot.name())?.header("content-type").first().copied()
}

fn lower_name(line: &mut [u8]) {
    let colon = line.iter().position(|byte| *byte == b':').unwrap_or_default();
    line.iter_mut().take(colon).for_each(u8::make_ascii_lowercase);
}

fn has_lower_name(line: &[u8]) -> bool {
    !line.split(|byte| *byte == b':').next().unwrap_or_default().iter().any(u8::is_ascii_uppercase)
}

fn add(draft: &mut Draft, spot: &Spot, aid: &Aid, first: bool) -> bool {
    let Some(value) = aid.listed.first().filter(|_| draft.part(spot.name()).is_none()) else { return false };
    let part = Part::new(spot.name(), None, None, Content::Bytes(value.clone().into_bytes()));
    let Some(multipart) = draft.multipart() else { return false };
    multipart.parts.insert(if first { 0 } else { multipart.parts.len() }, part);
    true
}

/// Where a field with a listed value stands among the parts.
fn stands(sent: Sent<'_>, spot: &Spot, aid: &Aid) -> Option<usize> {
    let parts = sent.parts()?;
    let at = parts.iter().position(|part| part.name.as_deref() == Some(spot.name()))?;
    aid.listed.iter().any(|listed| Some(listed.as_bytes()) == parts.get(at).map(|part| part.content)).then_some(at)
}
