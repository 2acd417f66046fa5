//! What can be wrong, or just unusual, with how a multipart body is announced and framed.

use super::UNREGULAR;
use crate::generate::defect::{Defect, Owed, Place};
use crate::generate::defects::grip::{media_type, raw};
use crate::generate::draft::Draft;
use crate::generate::proof::{Frame, Sent, unchunked};
use crate::generate::render;
use crate::verdict::Level;

/// How many bytes a length that is too small leaves out: less than the closing boundary, so that little stays unread.
const LEFT_OUT: usize = 24;

/// The defects.
pub const ALL: &[Defect] = &[
    Defect {
        id: "multipart/untyped",
        title: "a multipart body without a Content-Type",
        place: Place::Multipart,
        owed: Owed::refused("refusal.media-type", Level::Must).or_http(),
        apply: |draft, _, _| {
            let made = raw(draft, Some);
            draft.content_types.clear();
            draft.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
            made
        },
        shows: |sent, _, _| sent.header("content-type").next().is_none() && sent.body().starts_with(b"--"),
    },
    Defect {
        id: "multipart/typed-as-form",
        title: "a multipart body that is announced as urlencoded",
        place: Place::Multipart,
        owed: Owed::refused("refusal.missing-upload", Level::Must).or_http(),
        apply: |draft, _, _| {
            media_type(draft).map(|value| *value = b"application/x-www-form-urlencoded".to_vec()).is_some()
        },
        shows: |sent, _, _| sent.media_type().ends_with(b"/x-www-form-urlencoded") && sent.body().starts_with(b"--"),
    },
    Defect {
        id: "multipart/type-twice",
        title: "two Content-Types, the good one first",
        place: Place::Multipart,
        owed: UNREGULAR,
        apply: |draft, _, _| {
            draft.headers.push(("Content-Type".to_owned(), b"application/json".to_vec()));
            let own = draft.multipart().map(|multipart| multipart.content_type.clone());
            draft.content_types.extend(own);
            !draft.content_types.is_empty()
        },
        shows: |sent, _, _| {
            let types: Vec<&[u8]> = sent.header("content-type").map(|value| value.0.as_slice()).collect();
            types.len() == 2 && types.first() != types.last() && sent.parts().is_some()
        },
    },
    Defect {
        id: "multipart/length-too-small",
        title: "a Content-Length that ends inside the closing boundary",
        place: Place::Multipart,
        owed: UNREGULAR,
        apply: |draft, _, _| {
            let length = render::body(&draft.body).len();
            declare(draft, length.saturating_sub(LEFT_OUT))
        },
        shows: |sent, _, _| {
            let announced = sent.body().get(..declared(*sent).unwrap_or(usize::MAX));
            let cut = announced.filter(|announced| announced.len() < sent.body().len());
            cut.and_then(|cut| Frame::read(sent.media_type(), cut)).is_some_and(|frame| frame.epilogue.is_none())
        },
    },
    Defect {
        id: "multipart/length-too-large",
        title: "a Content-Length of more bytes than are sent",
        place: Place::Multipart,
        owed: Owed::either(),
        apply: |draft, _, _| {
            let length = render::body(&draft.body).len();
            declare(draft, length + LEFT_OUT)
        },
        shows: |sent, _, _| declared(*sent).is_some_and(|length| length > sent.body().len()) && sent.parts().is_some(),
    },
    Defect {
        id: "multipart/chunked",
        title: "a multipart body in chunks that divide it anywhere",
        place: Place::Multipart,
        owed: Owed::either(),
        apply: |draft, _, _| {
            draft.headers.push(("Transfer-Encoding".to_owned(), b"chunked".to_vec()));
            raw(draft, |bytes| Some(chunks(&bytes)).filter(|_| bytes.len() > 3))
        },
        shows: |sent, _, _| {
            let chunked = sent.header("transfer-encoding").any(|coding| coding.0 == b"chunked");
            let read = unchunked(sent.body()).filter(|(_, count)| chunked && *count > 2);
            read.is_some_and(|(bytes, _)| Frame::read(sent.media_type(), &bytes).is_some())
        },
    },
];

/// Declares a length of our own, and that the connection is not used again.
fn declare(draft: &mut Draft, length: usize) -> bool {
    draft.headers.push(("Content-Length".to_owned(), length.to_string().into_bytes()));
    draft.headers.push(("Connection".to_owned(), b"close".to_vec()));
    length > 0
}

fn declared(sent: Sent<'_>) -> Option<usize> {
    sent.header("content-length").next()?.text().parse().ok()
}

fn chunks(bytes: &[u8]) -> Vec<u8> {
    let sized = |chunk: &[u8]| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat();
    let pieces: Vec<Vec<u8>> = bytes.chunks(bytes.len() / 3 + 1).map(sized).collect();
    [pieces.concat().as_slice(), b"0\r\n\r\n"].concat()
}
