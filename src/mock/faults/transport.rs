//! Connections that break, hang, or carry something that is not HTTP.

use super::{Asked, Class, Deed, Fault};
use crate::mock::at::{At, DOCUMENTS, TASKS};
use crate::mock::endpoint::Endpoint;
use crate::mock::raw::{Raw, Then, line, text};
use http::Response;

/// The family.
pub const ALL: &[Fault] = &[
    fault("transport/closed", "The connection is closed instead of a 403", At::ANYWHERE.status(403), |_, _| {
        raw(Vec::new(), Then::Close)
    }),
    fault("transport/reset", "The connection is reset instead of a 404", UNKNOWN, |_, _| raw(Vec::new(), Then::Reset)),
    fault(
        "transport/silent",
        "An index that is the number 1 is never answered",
        At::ANYWHERE.under("/search/1/"),
        |_, _| raw(Vec::new(), Then::Silence),
    ),
    fault(
        "transport/stalled",
        "An answer begins and never ends",
        At::ANYWHERE.under("/search/nonsense/"),
        |_, written| raw(cut(written), Then::Silence),
    ),
    fault("transport/garbage", "A 404 is no HTTP", UNKNOWN, |_, _| raw(b"ERROR: not found\r\n".to_vec(), Then::Close)),
    fault("transport/old-http", "A 401 is HTTP 0.9", At::ANYWHERE.status(401), |_, written| {
        raw(written.body().clone(), Then::Close)
    }),
    fault("transport/bad-status", "A task has a status of two digits", TASKS, |_, written| {
        raw(text(written, "HTTP/1.1 20 OK", "", &[]), Then::Close)
    }),
    fault("transport/cut-short", "A document is shorter than it says", DOCUMENTS, |_, written| {
        raw(cut(written), Then::Close)
    }),
    fault("transport/reset-within", "The connection is reset within a task", TASKS, |_, written| {
        raw(cut(written), Then::Reset)
    }),
    fault(
        "transport/no-last-chunk",
        "The last chunk of a document is missing",
        DOCUMENTS.under("/roles/"),
        |_, written| raw(chunked(written, &format!("{:x}", written.body().len()), ""), Then::Close),
    ),
    fault("transport/bad-chunk", "The size of a chunk is no number", DOCUMENTS.under("/events/"), |_, written| {
        raw(chunked(written, "many", "0\r\n\r\n"), Then::Close)
    }),
];

const UNKNOWN: At = At::ANYWHERE.of(Endpoint::GetDocument).status(404);

const fn fault(
    id: &'static str,
    title: &'static str,
    at: At,
    deed: fn(Asked<'_>, &Response<Vec<u8>>) -> Option<Raw>,
) -> Fault {
    Fault { id, report: None, class: Class::Transport, title, at, deed: Deed::Send(deed) }
}

#[expect(clippy::unnecessary_wraps, reason = "the seam lets a deed send nothing")]
fn raw(bytes: Vec<u8>, then: Then) -> Option<Raw> {
    Some(Raw { bytes, then })
}

/// Half of a body that announced all of it.
fn cut(written: &Response<Vec<u8>>) -> Vec<u8> {
    let body = written.body();
    let half = body.get(..body.len() / 2).unwrap_or_default();
    text(written, &line(written), &format!("content-length: {}\r\n", body.len()), half)
}

fn chunked(written: &Response<Vec<u8>>, size: &str, end: &str) -> Vec<u8> {
    let body = [size.as_bytes(), b"\r\n", written.body(), b"\r\n", end.as_bytes()].concat();
    text(written, &line(written), "transfer-encoding: chunked\r\n", &body)
}
