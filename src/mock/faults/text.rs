//! Bodies whose bytes are not one JSON text in UTF-8.

use super::{Asked, Class, Deed, Fault};
use crate::mock::at::{At, DOCUMENTS, TASKS};
use http::Response;

/// The family.
pub const ALL: &[Fault] = &[
    fault("form/latin-1", "A document is written in Latin-1", DOCUMENTS.under("/identities/"), |_, written| {
        let body = written.body_mut();
        body.splice(1..1, *b"\"note\": \"d\xe9j\xe0 vu\",");
    }),
    fault(
        "form/cut-character",
        "An error is cut in the middle of a character",
        At::ANYWHERE.status(401),
        |_, written| {
            put(written, b"{\"error\": \"\xe3\x81\"}");
        },
    ),
    fault("form/byte-order-mark", "A task begins with a byte order mark", TASKS, |_, written| {
        written.body_mut().splice(..0, *b"\xef\xbb\xbf");
    }),
    fault("form/second-value", "Something stands behind the JSON of a document", DOCUMENTS, |_, written| {
        written.body_mut().extend_from_slice(b"\n{}");
    }),
    fault("form/cut-json", "The JSON of a task ends too early", TASKS, |_, written| {
        written.body_mut().pop();
    }),
    fault("form/empty", "A document has no body", DOCUMENTS.under("/events/"), |_, written| put(written, b"")),
    fault("form/single-quotes", "An error is written with single quotes", At::ANYWHERE.status(404), |_, written| {
        put(written, b"{'detailCode': '404 Not found'}");
    }),
    fault(
        "form/not-a-number",
        "A document has a number that is NaN",
        DOCUMENTS.under("/aggregations/"),
        |_, written| {
            written.body_mut().splice(1..1, *b"\"duration\": NaN,");
        },
    ),
    fault("form/html", "An error is a page of HTML that calls itself JSON", At::ANYWHERE.status(403), |_, written| {
        put(written, b"<!DOCTYPE html><title>403 Forbidden</title>");
    }),
    fault("form/guarded", "A document begins as if somebody would run it", DOCUMENTS.under("/roles/"), |_, written| {
        written.body_mut().splice(..0, *b")]}',\n");
    }),
    fault("form/duplicate-key", "An error has its code twice", At::ANYWHERE.status(400), |_, written| {
        written.body_mut().splice(1..1, *b"\"detailCode\": \"400.1 Bad Request Content\",");
    }),
    fault("form/duplicate-deep-key", "A task has its id twice", TASKS, |_, written| {
        let text = String::from_utf8_lossy(written.body()).replacen(
            "\"type\":\"QUARTZ\"",
            "\"type\":\"QUARTZ\",\"type\":\"QUARTZ\"",
            1,
        );
        *written.body_mut() = text.into_bytes();
    }),
];

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(Asked<'_>, &mut Response<Vec<u8>>)) -> Fault {
    Fault { id, report: None, class: Class::Form, title, at, deed: Deed::Write(deed) }
}

fn put(written: &mut Response<Vec<u8>>, bytes: &[u8]) {
    *written.body_mut() = bytes.to_vec();
}
