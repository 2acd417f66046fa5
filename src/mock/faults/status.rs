//! Statuses that do not say what became of the request.

use super::{Asked, Class, Deed, Fault};
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS, TASKS};
use crate::mock::detail;
use crate::mock::endpoint::Endpoint;
use crate::mock::envelope::More;
use crate::mock::language::Choice;
use crate::mock::refusal::Refusal;
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
    fault(
        "status/missing-forbidden",
        "No credential is 403",
        At::ANYWHERE.status(401).saying("There is no Authorization"),
        forbid,
    ),
    fault(
        "status/two-forbidden",
        "Two credentials are 403",
        At::ANYWHERE.status(401).saying("more than one Authorization"),
        forbid,
    ),
    fault("status/empty-forbidden", "An empty credential is 403", At::ANYWHERE.status(401).saying("is empty"), forbid),
    fault(
        "status/tokenless-forbidden",
        "A credential without a token is 403",
        At::ANYWHERE.status(401).saying("holds no token"),
        forbid,
    ),
    fault(
        "status/scheme-forbidden",
        "A credential of another scheme is 403",
        At::ANYWHERE.status(401).saying("is not Bearer"),
        forbid,
    ),
    fault(
        "status/malformed-forbidden",
        "A token that is no JWT is 403",
        At::ANYWHERE.status(401).saying("malformed"),
        forbid,
    ),
    fault(
        "status/wrongly-signed-forbidden",
        "A token that somebody else signed is 403",
        At::ANYWHERE.status(401).saying("does not match"),
        forbid,
    ),
    fault(
        "status/expired-forbidden",
        "An expired token is 403",
        At::ANYWHERE.status(401).saying("JWT is expired"),
        forbid,
    ),
    fault("status/index-not-allowed", "An index that is not listed is 405", INDEX, |_, answer| {
        to(answer, StatusCode::METHOD_NOT_ALLOWED);
    }),
    fault("status/index-not-implemented", "An index that is not listed is 501", INDEX, |_, answer| {
        to(answer, StatusCode::NOT_IMPLEMENTED);
    }),
    fault(
        "status/source-conflict",
        "An unknown source is 409",
        At::ANYWHERE.status(400).saying("400.1.404"),
        |_, answer| {
            to(answer, StatusCode::CONFLICT);
        },
    ),
    fault("status/limited-unknown", "A caller without authority is 404", At::ANYWHERE.status(403), |asked, answer| {
        *answer = Refusal::not_found().answer(Choice::DEFAULT, asked.id);
    }),
    fault(
        "status/expired-payment",
        "An expired token is 402",
        At::ANYWHERE.status(401).saying("JWT is expired"),
        |_, answer| {
            to(answer, StatusCode::PAYMENT_REQUIRED);
        },
    ),
    fault("status/document-partial", "A document is served with 206", DOCUMENTS, |_, answer| {
        to(answer, StatusCode::PARTIAL_CONTENT);
    }),
    fault("status/redirect-index", "An index that is not listed is moved for good", INDEX, |_, answer| {
        redirect(answer, StatusCode::MOVED_PERMANENTLY, "/v3/search");
    }),
];

const INDEX: At = At::ANYWHERE.status(400).saying("The index is not one");
const UNKNOWN: At = At::ANYWHERE.of(Endpoint::GetDocument).status(404);
const VALUE: At = At::ANYWHERE.status(400).saying("neither true nor false");
const MISSING: At = At::ANYWHERE.status(400).saying("needs a file");
const UNSIGNED: At = At::ANYWHERE.status(401).saying("is not signed");

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(Asked<'_>, &mut Answer)) -> Fault {
    Fault { id, report: None, class: Class::Status, title, at, deed: Deed::Alter(deed) }
}

fn forbid(asked: Asked<'_>, answer: &mut Answer) {
    *answer = Refusal::Enveloped(&detail::FORBIDDEN, More::Nothing).answer(Choice::DEFAULT, asked.id);
}

fn to(answer: &mut Answer, status: StatusCode) {
    answer.status = status;
}

fn redirect(answer: &mut Answer, status: StatusCode, place: &'static str) {
    answer.status = status;
    answer.headers.insert(LOCATION, HeaderValue::from_static(place));
}
