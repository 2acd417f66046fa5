//! How defects take hold of what stands inside the lines of a draft.

use crate::generate::draft::{Body, Draft, Part};
use crate::generate::render;
use memchr::memmem;

const TYPE: &str = "content-type";
const ANNOUNCED: &[u8] = b"boundary=";
const FILE_NAME: &[u8] = b"filename=\"";

/// The value of the (first) Content-Type that goes out.
pub(super) fn media_type(draft: &mut Draft) -> Option<&mut Vec<u8>> {
    if let Some(at) = draft.headers.iter().position(|(name, _)| name.eq_ignore_ascii_case(TYPE)) {
        return draft.headers.get_mut(at).map(|(_, value)| value);
    }
    if !draft.content_types.is_empty() {
        return draft.content_types.first_mut();
    }
    draft.multipart().map(|multipart| &mut multipart.content_type)
}

/// Lets the Content-Type go out under a name of our own writing.
pub(super) fn rename_type(draft: &mut Draft, name: &str) -> bool {
    let value = media_type(draft).cloned();
    draft.content_types.clear();
    draft.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(TYPE));
    draft.headers.extend(value.clone().map(|value| (name.to_owned(), value)));
    value.is_some()
}

/// Puts something else in the place of a multipart body's boundary, as the Content-Type announces it.
pub(super) fn announce(draft: &mut Draft, boundary: &[u8]) -> bool {
    let Some(media_type) = media_type(draft) else { return false };
    let Some(at) = memmem::find(media_type, ANNOUNCED) else { return false };
    media_type.truncate(at + ANNOUNCED.len());
    media_type.extend_from_slice(boundary);
    true
}

/// Divides a multipart body by another boundary, announced as it is or in quotes.
pub(super) fn divide(draft: &mut Draft, boundary: &str, quoted: bool) -> bool {
    let announced = if quoted { format!("\"{boundary}\"") } else { boundary.to_owned() };
    let Some(multipart) = draft.multipart() else { return false };
    multipart.boundary = boundary.into();
    announce(draft, announced.as_bytes())
}

/// Turns the body into bytes that are what the edit makes of it; the Content-Type stays.
pub(super) fn raw(draft: &mut Draft, edit: impl FnOnce(Vec<u8>) -> Option<Vec<u8>>) -> bool {
    let Some(bytes) = edit(render::body(&draft.body)) else { return false };
    let named = draft.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(TYPE));
    let own = draft.multipart().map(|multipart| multipart.content_type.clone());
    draft.content_types.extend(own.filter(|_| !named && draft.content_types.is_empty()));
    draft.body = Body::Raw(bytes);
    true
}

/// The header line of a part.
pub(super) fn line<'a>(part: &'a mut Part, name: &str) -> Option<&'a mut Vec<u8>> {
    let start = format!("{name}:");
    let named =
        |line: &Vec<u8>| line.get(..start.len()).is_some_and(|line| line.eq_ignore_ascii_case(start.as_bytes()));
    part.head.iter_mut().find(|line| named(line))
}

/// Puts something else in the place of a piece of a part's Content-Disposition.
pub(super) fn redispose(part: &mut Part, old: &[u8], new: &[u8]) -> bool {
    let Some(line) = line(part, "content-disposition") else { return false };
    let Some(at) = memmem::find(line, old) else { return false };
    line.splice(at..at + old.len(), new.iter().copied());
    true
}

/// Adds to a part's Content-Disposition.
pub(super) fn dispose(part: &mut Part, more: &[u8]) -> bool {
    line(part, "content-disposition").map(|line| line.extend_from_slice(more)).is_some()
}

/// Makes another file name of a part's own, as it stands between the quotes.
pub(super) fn file_name(part: &mut Part, edit: impl FnOnce(&[u8]) -> Vec<u8>) -> bool {
    let Some(line) = line(part, "content-disposition") else { return false };
    let Some(start) = memmem::find(line, FILE_NAME).map(|at| at + FILE_NAME.len()) else { return false };
    let tail = line.get(start..).unwrap_or_default();
    let closes = |at: &usize| tail.get(*at) == Some(&b'"') && (*at == 0 || tail.get(at - 1) != Some(&b'\\'));
    let Some(end) = (0..tail.len()).find(closes) else { return false };
    let name = edit(tail.get(..end).unwrap_or_default());
    line.splice(start..start + end, name);
    true
}
