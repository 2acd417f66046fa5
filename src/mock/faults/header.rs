//! Headers that do not describe the body.

use super::at::{At, DOCUMENTS, TASKS};
use super::{Class, Deed, Fault};
use http::Response;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName, HeaderValue};

/// The family.
pub const ALL: &[Fault] = &[
    fault("form/typed-html", "An error says that it is HTML", At::ANYWHERE.status(404), |written| {
        put(written, CONTENT_TYPE, "text/html; charset=utf-8");
    }),
    fault("form/typed-text", "A task says that it is plain text", TASKS, |written| {
        put(written, CONTENT_TYPE, "text/plain");
    }),
    fault("form/typed-problem", "An error says that it is a problem", At::ANYWHERE.status(400), |written| {
        put(written, CONTENT_TYPE, "application/problem+json");
    }),
    fault("form/untyped", "An error does not say what it is", At::ANYWHERE.status(401), |written| {
        written.headers_mut().remove(CONTENT_TYPE);
    }),
    fault("form/false-gzip", "A document says that it is compressed", DOCUMENTS, |written| {
        put(written, CONTENT_ENCODING, "gzip");
    }),
    fault("form/unknown-coding", "A task is coded as UTF-8", TASKS, |written| put(written, CONTENT_ENCODING, "utf-8")),
];

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(&mut Response<Vec<u8>>)) -> Fault {
    Fault { id, class: Class::Form, title, at, deed: Deed::Write(deed) }
}

fn put(written: &mut Response<Vec<u8>>, name: HeaderName, value: &'static str) {
    written.headers_mut().insert(name, HeaderValue::from_static(value));
}
