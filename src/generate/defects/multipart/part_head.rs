//! What can be wrong, or just unusual, with the header lines of a part.

use super::UNREGULAR;
use crate::generate::defect::{Defect, Owed, Place, Spot};
use crate::generate::defects::grip::{dispose, line, redispose};
use crate::generate::draft::{Draft, Part};
use crate::generate::proof::{Sent, SentPart};

/// The defects.
pub const ALL: &[Defect] = &[
    Defect {
        id: "multipart/part-without-name",
        title: "a part whose Content-Disposition has no name",
        place: Place::Table,
        owed: UNREGULAR,
        apply: |draft, spot, _| {
            let named = format!(" name=\"{}\";", spot.name());
            part(draft, spot, |part| redispose(part, named.as_bytes(), b""))
        },
        shows: |sent, spot, _| {
            let nameless = |part: &SentPart<'_>| part.name.is_none() && part.filename.is_some();
            sent.part(spot.name()).is_none() && any(*sent, nameless)
        },
    },
    Defect {
        id: "multipart/part-without-disposition",
        title: "a part without a Content-Disposition",
        place: Place::Table,
        owed: UNREGULAR,
        apply: |draft, spot, _| {
            part(draft, spot, |part| {
                let before = part.head.len();
                part.head.retain(|line| !line.to_ascii_lowercase().starts_with(b"content-disposition:"));
                part.head.len() < before
            })
        },
        shows: |sent, _, _| any(*sent, |part| part.header("content-disposition").is_empty()),
    },
    Defect {
        id: "multipart/file-name-twice",
        title: "a part with two file names",
        place: Place::Table,
        owed: UNREGULAR,
        apply: |draft, spot, _| part(draft, spot, |part| dispose(part, b"; filename=\"other.csv\"")),
        shows: |sent, spot, _| {
            let names = |part: SentPart<'_>| part.parameters().iter().filter(|one| one.is("filename")).count();
            sent.part(spot.name()).is_some_and(|part| names(part) > 1)
        },
    },
    Defect {
        id: "multipart/file-name-unclosed",
        title: "a file name whose quotes are never closed",
        place: Place::Table,
        owed: UNREGULAR,
        apply: |draft, spot, _| {
            let open = |line: &mut Vec<u8>| line.pop() == Some(b'"');
            part(draft, spot, |part| line(part, "content-disposition").is_some_and(open))
        },
        shows: |sent, spot, _| {
            let open = |part: SentPart<'_>| part.parameters().iter().any(|one| one.is("filename") && !one.whole);
            sent.part(spot.name()).is_some_and(open)
        },
    },
    Defect {
        id: "multipart/part-header-without-colon",
        title: "a header line without a colon in a part",
        place: Place::Table,
        owed: UNREGULAR,
        apply: |draft, spot, _| push(draft, spot, b"X-Tenantcheck is no header".to_vec()),
        shows: |sent, spot, _| head(*sent, spot, |line| !line.contains(&b':')),
    },
    Defect {
        id: "multipart/part-header-control",
        title: "NUL and other control characters in a header line of a part",
        place: Place::Table,
        owed: UNREGULAR,
        apply: |draft, spot, _| push(draft, spot, b"X-Tenantcheck: a\0b\x07c\x7f".to_vec()),
        shows: |sent, spot, _| head(*sent, spot, |line| line.contains(&0) && line.contains(&7)),
    },
    Defect {
        id: "multipart/part-header-folded",
        title: "a header line that goes on in the next one, in a part",
        place: Place::Table,
        owed: Owed::either(),
        apply: |draft, spot, _| push(draft, spot, b"X-Tenantcheck: one\r\n two".to_vec()),
        shows: |sent, spot, _| head(*sent, spot, |line| line.starts_with(b" ") && !line.trim_ascii().is_empty()),
    },
    Defect {
        id: "multipart/part-headers-many",
        title: "twenty header lines that nobody knows, in a part",
        place: Place::Table,
        owed: Owed::either(),
        apply: |draft, spot, _| (1..=20).all(|at| push(draft, spot, format!("X-Tenantcheck-{at}: {at}").into_bytes())),
        shows: |sent, spot, _| sent.part(spot.name()).is_some_and(|part| part.head.len() > 20),
    },
    Defect {
        id: "multipart/part-header-long",
        title: "a header line of 8,000 characters in a part",
        place: Place::Table,
        owed: Owed::either(),
        apply: |draft, spot, _| push(draft, spot, [b"X-Tenantcheck-Long: ".to_vec(), vec![b'a'; 8_000]].concat()),
        shows: |sent, spot, _| head(*sent, spot, |line| line.starts_with(b"X-") && line.len() >= 8_000),
    },
    Defect {
        id: "multipart/part-binary",
        title: "a part that says its length and that it is binary, as older clients do",
        place: Place::Table,
        owed: Owed::either(),
        apply: |draft, spot, _| {
            let length = draft.table(spot.name()).map(|table| table.write().len()).unwrap_or_default();
            push(draft, spot, b"Content-Transfer-Encoding: binary".to_vec())
                && push(draft, spot, format!("Content-Length: {length}").into_bytes())
        },
        shows: |sent, spot, _| {
            sent.part(spot.name()).is_some_and(|part| {
                let told = part.header("content-length").first().copied().map(|length| String::from_utf8_lossy(length));
                let binary = part.header("content-transfer-encoding") == [b"binary"];
                binary && told.is_some_and(|length| length.parse() == Ok(part.content.len()))
            })
        },
    },
    Defect {
        id: "multipart/part-untyped",
        title: "a file without a media type",
        place: Place::Table,
        owed: Owed::either(),
        apply: |draft, spot, _| {
            part(draft, spot, |part| {
                part.head.retain(|line| !line.to_ascii_lowercase().starts_with(b"content-type:"));
                true
            })
        },
        shows: |sent, spot, _| sent.part(spot.name()).is_some_and(|part| part.header("content-type").is_empty()),
    },
    Defect {
        id: "multipart/name-unquoted",
        title: "a name that is not in quotes",
        place: Place::Table,
        owed: Owed::either(),
        apply: |draft, spot, _| {
            let (old, new) = (format!(" name=\"{}\"", spot.name()), format!(" name={}", spot.name()));
            part(draft, spot, |part| redispose(part, old.as_bytes(), new.as_bytes()))
        },
        shows: |sent, spot, _| {
            let bare = |part: SentPart<'_>| part.parameters().iter().any(|one| one.is("name") && !one.quoted);
            sent.part(spot.name()).is_some_and(bare)
        },
    },
    Defect {
        id: "multipart/disposition-letter-case",
        title: "a Content-Disposition whose words are in upper case",
        place: Place::Table,
        owed: Owed::either(),
        apply: |draft, spot, _| {
            part(draft, spot, |part| {
                redispose(part, b" form-data; name=", b" FORM-DATA; NAME=")
                    && redispose(part, b" filename=", b" FILENAME=")
            })
        },
        shows: |sent, spot, _| {
            let upper = |part: SentPart<'_>| part.parameters().iter().any(|one| one.is("name") && one.name == b"NAME");
            sent.part(spot.name()).is_some_and(upper)
        },
    },
];

fn part(draft: &mut Draft, spot: &Spot, edit: impl FnOnce(&mut Part) -> bool) -> bool {
    draft.part(spot.name()).is_some_and(edit)
}

fn push(draft: &mut Draft, spot: &Spot, line: Vec<u8>) -> bool {
    draft.part(spot.name()).map(|part| part.head.push(line)).is_some()
}

fn any(sent: Sent<'_>, what: impl Fn(&SentPart<'_>) -> bool) -> bool {
    sent.parts().is_some_and(|parts| parts.iter().any(what))
}

fn head(sent: Sent<'_>, spot: &Spot, what: impl Fn(&[u8]) -> bool) -> bool {
    sent.part(spot.name()).is_some_and(|part| part.head.iter().any(|line| what(line)))
}
