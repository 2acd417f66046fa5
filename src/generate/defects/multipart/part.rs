//! What can be wrong with which parts there are, and what they hold.

use super::{IRREGULAR, UNREGULAR};
use crate::generate::defect::{Aid, Defect, Place, Spot};
use crate::generate::defects::grip::{line, redispose};
use crate::generate::draft::{Content, Draft, Part};
use crate::generate::proof::{Frame, Sent, SentPart, parameters};
use memchr::memmem;

/// The defects.
pub const ALL: &[Defect] = &[
    Defect {
        id: "multipart/two-files",
        title: "two files under the same name",
        place: Place::Table,
        owed: IRREGULAR,
        apply: |draft, spot, _| {
            let again = draft.part(spot.name()).cloned();
            draft.multipart().filter(|_| again.is_some()).map(|multipart| multipart.parts.extend(again)).is_some()
        },
        shows: |sent, spot, _| files(*sent).filter(|part| part.name.as_deref() == Some(spot.name())).count() > 1,
    },
    Defect {
        id: "multipart/file-under-another-name",
        title: "a file under a name that the page does not know",
        place: Place::Table,
        owed: IRREGULAR,
        apply: |draft, spot, _| draft.part(spot.name()).is_some_and(|part| redispose(part, b" name=\"", b" name=\"x-")),
        shows: |sent, spot, _| {
            let other = |part: SentPart<'_>| part.name.is_some_and(|name| name != spot.name());
            files(*sent).any(other) && sent.part(spot.name()).is_none()
        },
    },
    Defect {
        id: "multipart/unknown-part",
        title: "a field that the page does not know, beside the file",
        place: Place::Multipart,
        owed: IRREGULAR,
        apply: |draft, _, aid| {
            let part = Part::new(&aid.unknown, None, None, Content::Bytes(b"true".to_vec()));
            draft.multipart().map(|multipart| multipart.parts.push(part)).is_some()
        },
        shows: |sent, _, aid| sent.part(&aid.unknown).is_some() && sent.parts().is_some_and(|parts| parts.len() > 1),
    },
    Defect {
        id: "multipart/nested",
        title: "a file inside a multipart body of its own",
        place: Place::Table,
        owed: UNREGULAR,
        apply: nest,
        shows: |sent, spot, _| {
            let part = sent.part(spot.name());
            part.is_some_and(|part| {
                let media_type = part.header("content-type").first().copied().unwrap_or_default();
                let inner = Frame::read(media_type, part.content);
                media_type.starts_with(b"multipart/") && inner.is_some_and(|frame| !frame.parts.is_empty())
            })
        },
    },
    Defect {
        id: "multipart/charset-of-others",
        title: "a file whose media type declares another charset than that of its bytes",
        place: Place::Table,
        owed: UNREGULAR,
        apply: |draft, spot, _| {
            let line = draft.part(spot.name()).and_then(|part| line(part, "content-type"));
            line.map(|line| line.extend(b"; charset=UTF-16LE")).is_some()
        },
        shows: |sent, spot, _| {
            let Some(part) = sent.part(spot.name()) else { return false };
            let media_type = part.header("content-type").first().copied().unwrap_or_default();
            let declared = |name: &[u8]| name.eq_ignore_ascii_case(b"utf-16le");
            // Of two charsets a reader may go by either.
            let charsets: Vec<_> = parameters(media_type).into_iter().filter(|one| one.is("charset")).collect();
            matches!(charsets.as_slice(), [one] if declared(&one.value)) && !part.content.contains(&0)
        },
    },
];

fn files(sent: Sent<'_>) -> impl Iterator<Item = SentPart<'_>> {
    sent.parts().unwrap_or_default().into_iter().filter(|part| part.filename.is_some())
}

fn nest(draft: &mut Draft, spot: &Spot, _: &Aid) -> bool {
    let Some(written) = draft.table(spot.name()).map(|table| table.write()) else { return false };
    let Some(part) = draft.part(spot.name()) else { return false };
    let head = b"--inner\r\nContent-Disposition: file; filename=\"inner.csv\"\r\nContent-Type: text/csv\r\n\r\n";
    part.content = Content::Bytes([head, written.as_slice(), b"\r\n--inner--\r\n"].concat());
    line(part, "content-type").map(|line| *line = b"Content-Type: multipart/mixed; boundary=inner".to_vec()).is_some()
        && memmem::find(&written, b"--inner").is_none()
}
