//! Headers that do not describe the body.

use super::{Asked, Class, Deed, Fault};
use crate::mock::at::{At, DOCUMENTS, TASKS};
use http::Response;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue};

/// The family.
pub const ALL: &[Fault] = &[
    fault("form/typed-html", "An error says that it is HTML", At::ANYWHERE.status(404), |_, written| {
        put(written, CONTENT_TYPE, "text/html; charset=utf-8");
    }),
    fault("form/typed-text", "A task says that it is plain text", TASKS, |_, written| {
        put(written, CONTENT_TYPE, "text/plain");
    }),
    fault("form/typed-problem", "An error says that it is a problem", At::ANYWHERE.status(400), |_, written| {
        put(written, CONTENT_TYPE, "application/problem+json");
    }),
    fault("form/untyped", "An error does not say what it is", At::ANYWHERE.status(401), |_, written| {
        written.headers_mut().remove(CONTENT_TYPE);
    }),
    fault("form/false-gzip", "A document says that it is compressed", DOCUMENTS, |_, written| {
        put(written, CONTENT_ENCODING, "gzip");
    }),
    fault("form/unknown-coding", "A task is coded as UTF-8", TASKS, |_, written| {
        put(written, CONTENT_ENCODING, "utf-8");
    }),
];

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(Asked<'_>, &mut Response<Vec<u8>>)) -> Fault {
    Fault { id, report: None, class: Class::Form, title, at, deed: Deed::Write(deed) }
}

fn put(written: &mut Response<Vec<u8>>, name: HeaderName, value: &'static str) {
    written.headers_mut().insert(name, HeaderValue::from_static(value));
}
