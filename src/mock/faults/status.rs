//! Statuses that do not say what became of the request.

use super::{Asked, Class, Deed, Fault};
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS, TASKS};
use crate::mock::endpoint::Endpoint;
use http::StatusCode;
use http::header::{HeaderValue, LOCATION};
use serde_json::json;

/// The family.
pub const ALL: &[Fault] = &[
    fault("status/task-ok", "An accepted aggregation is answered with 200", TASKS, |_, answer| {
        to(answer, StatusCode::OK);
    }),
    fault("status/task-created", "An accepted aggregation is answered with 201", TASKS, |_, answer| {
        to(answer, StatusCode::CREATED);
    }),
    fault("status/document-accepted", "A document is served with 202", DOCUMENTS, |_, answer| {
        to(answer, StatusCode::ACCEPTED);
    }),
    fault("status/unknown-no-content", "An unknown document is 204", UNKNOWN, |_, answer| {
        to(answer, StatusCode::NO_CONTENT);
    }),
    fault("status/unknown-gone", "An unknown document is 410", UNKNOWN, |_, answer| to(answer, StatusCode::GONE)),
    fault("status/unknown-unauthorized", "An unknown document is 401", UNKNOWN, |_, answer| {
        *answer =
            Answer::new(StatusCode::UNAUTHORIZED, json!({ "error": "JWT validation failed: JWT is not for this" }));
    }),
    fault("status/value-unprocessable", "A value outside the enumeration is 422", VALUE, |_, answer| {
        to(answer, StatusCode::UNPROCESSABLE_ENTITY);
    }),
    fault("status/missing-file-conflict", "A delimited source without a file is 409", MISSING, |_, answer| {
        to(answer, StatusCode::CONFLICT);
    }),
    fault("status/unsigned-forbidden", "An unsigned token is 403 as if it were known", UNSIGNED, |asked, answer| {
        answer.status = StatusCode::FORBIDDEN;
        answer.body = json!({
            "detailCode": "403 Forbidden",
            "trackingId": asked.id,
            "messages": [{ "locale": "en-US", "localeOrigin": "DEFAULT", "text": "This caller may not do this." }],
        });
    }),
    fault("status/limited-unauthorized", "A caller without authority is 401", At::ANYWHERE.status(403), |_, answer| {
        *answer = Answer::new(StatusCode::UNAUTHORIZED, json!({ "error": "JWT validation failed: no such user" }));
    }),
    fault(
        "status/redirect-to-login",
        "Who has no good token is sent to a login page",
        At::ANYWHERE.status(401),
        |_, answer| {
            redirect(answer, StatusCode::FOUND, "/login?next=%2F");
        },
    ),
    fault("status/redirect-unknown", "An unknown document is sent to a search page", UNKNOWN, |_, answer| {
        redirect(answer, StatusCode::SEE_OTHER, "/search");
    }),
];

const UNKNOWN: At = At::ANYWHERE.of(Endpoint::GetDocument).status(404);
const VALUE: At = At::ANYWHERE.status(400).saying("neither true nor false");
const MISSING: At = At::ANYWHERE.status(400).saying("needs a file");
const UNSIGNED: At = At::ANYWHERE.status(401).saying("is not signed");

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(Asked<'_>, &mut Answer)) -> Fault {
    Fault { id, report: None, class: Class::Status, title, at, deed: Deed::Alter(deed) }
}

fn to(answer: &mut Answer, status: StatusCode) {
    answer.status = status;
}

fn redirect(answer: &mut Answer, status: StatusCode, place: &'static str) {
    answer.status = status;
    answer.headers.insert(LOCATION, HeaderValue::from_static(place));
}
