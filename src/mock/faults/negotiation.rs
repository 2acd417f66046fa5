//! Requests that the page allows and that are not served.

use super::{Asked, Class, Deed, Fault};
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS, TASKS};
use crate::mock::detail;
use crate::mock::envelope::More;
use crate::mock::language::Choice;
use crate::mock::refusal::Refusal;
use http::StatusCode;

/// The family.
pub const ALL: &[Fault] = &[
    fault("negotiation/query", "A query that is not known is refused", DOCUMENTS.under("?"), refuse),
    fault(
        "negotiation/language",
        "A language that is not spoken is refused",
        DOCUMENTS.with("accept-language", "de"),
        hide,
    ),
    fault(
        "negotiation/any-type",
        "A client that accepts anything is told that there is nothing for it",
        DOCUMENTS.with("accept", "*/*"),
        |_, answer| answer.status = StatusCode::NOT_ACCEPTABLE,
    ),
    fault("negotiation/octet-stream", "A file must be of the type text/csv", TASKS, |asked, answer| {
        let body = asked.call.body.as_ref();
        if memchr::memmem::find(body, b"application/octet-stream").is_some() {
            refuse(asked, answer);
        }
    }),
    fault("negotiation/flag-false", "The flag may only be true", TASKS.under("load-accounts"), |asked, answer| {
        if memchr::memmem::find(&asked.call.body, b"\r\nfalse\r\n").is_some() {
            refuse(asked, answer);
        }
    }),
];

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(Asked<'_>, &mut Answer)) -> Fault {
    Fault { id, report: None, class: Class::Refusal, title, at, deed: Deed::Alter(deed) }
}

fn refuse(asked: Asked<'_>, answer: &mut Answer) {
    *answer = Refusal::bad_request("This is not supported.").answer(Choice::DEFAULT, asked.id);
}

fn hide(asked: Asked<'_>, answer: &mut Answer) {
    *answer = Refusal::Enveloped(&detail::NOT_FOUND, More::Nothing).answer(Choice::DEFAULT, asked.id);
}
