//! What can be wrong with the boundary, and what stands around the parts.

use super::UNREGULAR;
use crate::generate::defect::{Defect, Owed, Place};
use crate::generate::defects::grip::{announce, divide, raw};
use crate::generate::draft::{Draft, Multipart};
use crate::generate::proof::{Parameter, Sent, parameters};
use crate::verdict::Level;
use memchr::memmem;

/// No part can be read: there is nothing to be content with.
const UNREADABLE: Owed = Owed::refused("refusal.unreadable-multipart", Level::Must).or_http();

/// The longest boundary that RFC 2046 allows.
const LONGEST: usize = 70;

/// The defects.
pub const ALL: &[Defect] = &[
    Defect {
        id: "multipart/boundary-longest",
        title: "a boundary of 70 characters, the most that multipart allows",
        place: Place::Multipart,
        owed: Owed::served(),
        apply: |draft, _, _| divide(draft, &long(LONGEST), false),
        shows: |sent, _, _| {
            announced(*sent).is_some_and(|boundary| boundary.value.len() == LONGEST) && has_parts(*sent)
        },
    },
    Defect {
        id: "multipart/boundary-special-quoted",
        title: "a boundary of special characters and a blank, in quotes",
        place: Place::Multipart,
        owed: Owed::either(),
        apply: |draft, _, _| divide(draft, "x:y/z=? (1),+_'", true),
        shows: |sent, _, _| {
            announced(*sent).is_some_and(|boundary| boundary.quoted && has_special(&boundary.value)) && has_parts(*sent)
        },
    },
    Defect {
        id: "multipart/preamble",
        title: "text before the first boundary",
        place: Place::Multipart,
        owed: Owed::either(),
        apply: |draft, _, _| around(draft, |multipart| multipart.preamble.extend(b"This is a preamble.\r\n")),
        shows: |sent, _, _| sent.frame().is_some_and(|frame| !frame.preamble.trim_ascii().is_empty()),
    },
    Defect {
        id: "multipart/closing-padded",
        title: "blanks behind the closing boundary",
        place: Place::Multipart,
        owed: Owed::either(),
        apply: |draft, _, _| {
            around(draft, |multipart| {
                let closing = [b"--", multipart.boundary.as_slice(), b"-- \t\r\n"].concat();
                multipart.closed = false;
                multipart.epilogue.splice(..0, closing);
            })
        },
        shows: |sent, _, _| {
            let epilogue = sent.frame().and_then(|frame| frame.epilogue);
            epilogue.is_some_and(|epilogue| epilogue.starts_with(b" \t\r\n"))
        },
    },
    Defect {
        id: "multipart/epilogue",
        title: "text behind the closing boundary",
        place: Place::Multipart,
        owed: Owed::either(),
        apply: |draft, _, _| around(draft, |multipart| multipart.epilogue.extend(b"This is an epilogue.\r\n")),
        shows: |sent, _, _| {
            let epilogue = sent.frame().and_then(|frame| frame.epilogue).unwrap_or_default();
            !epilogue.trim_ascii().is_empty()
        },
    },
    Defect {
        id: "multipart/no-boundary",
        title: "a multipart body whose boundary is not told",
        place: Place::Multipart,
        owed: UNREADABLE,
        apply: |draft, _, _| around(draft, |multipart| multipart.content_type = b"multipart/form-data".to_vec()),
        shows: |sent, _, _| is_multipart(*sent) && announced(*sent).is_none(),
    },
    Defect {
        id: "multipart/wrong-boundary",
        title: "a multipart body in which the boundary does not occur",
        place: Place::Multipart,
        owed: UNREADABLE,
        apply: |draft, _, _| announce(draft, b"elsewhere"),
        shows: |sent, _, _| announced(*sent).is_some() && !has_parts(*sent) && !sent.body().is_empty(),
    },
    Defect {
        id: "multipart/empty-body",
        title: "a multipart body of zero bytes",
        place: Place::Multipart,
        owed: UNREADABLE,
        apply: |draft, _, _| raw(draft, |_| Some(Vec::new())),
        shows: |sent, _, _| announced(*sent).is_some() && sent.body().is_empty(),
    },
    Defect {
        id: "multipart/boundary-special-unquoted",
        title: "a boundary of special characters that is not in quotes",
        place: Place::Multipart,
        owed: UNREGULAR,
        apply: |draft, _, _| divide(draft, "x:y/z=?(1)", false),
        shows: |sent, _, _| {
            announced(*sent).is_some_and(|boundary| !boundary.quoted && has_special(&boundary.value))
                && has_parts(*sent)
        },
    },
    Defect {
        id: "multipart/boundary-too-long",
        title: "a boundary of more than 70 characters",
        place: Place::Multipart,
        owed: UNREGULAR,
        apply: |draft, _, _| divide(draft, &long(LONGEST + 1), false),
        shows: |sent, _, _| announced(*sent).is_some_and(|boundary| boundary.value.len() > LONGEST) && has_parts(*sent),
    },
    Defect {
        id: "multipart/unclosed",
        title: "a multipart body without its closing boundary",
        place: Place::Multipart,
        owed: UNREGULAR,
        apply: |draft, _, _| around(draft, |multipart| multipart.closed = false),
        shows: |sent, _, _| sent.frame().is_some_and(|frame| frame.epilogue.is_none() && !frame.parts.is_empty()),
    },
    Defect {
        id: "multipart/lone-line-feeds",
        title: "a multipart body whose lines end with a line feed alone",
        place: Place::Multipart,
        owed: UNREGULAR,
        apply: |draft, _, _| raw(draft, |bytes| Some(bytes.into_iter().filter(|byte| *byte != b'\r').collect())),
        shows: |sent, _, _| {
            let delimiter = announced(*sent).map(|boundary| [b"--", boundary.value.as_slice(), b"\n"].concat());
            let found = delimiter.is_some_and(|delimiter| memmem::find(sent.body(), &delimiter).is_some());
            found && !sent.body().contains(&b'\r')
        },
    },
];

fn long(length: usize) -> String {
    "tenantcheck-0123456789_ABC".chars().cycle().take(length).collect()
}

fn around(draft: &mut Draft, edit: fn(&mut Multipart)) -> bool {
    draft.multipart().map(edit).is_some()
}

fn announced(sent: Sent<'_>) -> Option<Parameter> {
    parameters(sent.media_type()).into_iter().find(|parameter| parameter.is("boundary"))
}

fn has_parts(sent: Sent<'_>) -> bool {
    sent.parts().is_some_and(|parts| !parts.is_empty())
}

fn is_multipart(sent: Sent<'_>) -> bool {
    sent.media_type().to_ascii_lowercase().starts_with(b"multipart/form-data")
}

/// Whether it holds what RFC 2045 allows only in quotes.
fn has_special(boundary: &[u8]) -> bool {
    boundary.iter().any(|byte| b"()<>@,;:\\\"/[]?= ".contains(byte))
}
