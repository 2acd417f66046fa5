//! A rate limit that does not tell what the page says it tells.

use super::{Class, Deed, Fault};
use crate::mock::answer::Answer;
use crate::mock::at::At;
use crate::mock::field::Put::{Gone, Json};
use http::header::{HeaderValue, RETRY_AFTER};
use serde_json::json;

/// The family.
pub const ALL: &[Fault] = &[
    fault(
        "limit/no-retry-after",
        "A 429 does not say how long to wait",
        Deed::Alter(|_, answer| {
            answer.headers.remove(RETRY_AFTER);
        }),
    ),
    fault("limit/negative", "A 429 says to wait -1 seconds", Deed::Alter(|_, answer| retry_after(answer, "-1"))),
    fault("limit/in-words", "A 429 says to wait for 1s", Deed::Alter(|_, answer| retry_after(answer, "1s"))),
    fault(
        "limit/past",
        "A 429 says to wait until a day that is past",
        Deed::Alter(|_, answer| retry_after(answer, "Tue, 29 Feb 2000 12:00:00 GMT")),
    ),
    fault("limit/milliseconds", "A 429 tells milliseconds", Deed::Alter(|_, answer| retry_after(answer, "10000"))),
    fault("limit/no-message", "A 429 has no message", Deed::Put("/message", Gone)),
    fault("limit/message-object", "The message of a 429 is an object", Deed::Put("/message", Json("{}"))),
    fault(
        "limit/as-unauthorized",
        "A 429 has the body of a 401",
        Deed::Alter(|_, answer| {
            answer.body = json!({ "error": "Too many requests" });
        }),
    ),
    fault(
        "limit/zero",
        "A 429 says that there is nothing to wait for",
        Deed::Alter(|_, answer| retry_after(answer, "0")),
    ),
    fault(
        "limit/too-short",
        "A 429 says to wait for a second, however long it takes",
        Deed::Alter(|_, answer| retry_after(answer, "1")),
    ),
    fault(
        "limit/half",
        "A 429 says to wait half as long as it takes",
        Deed::Alter(|_, answer| {
            let told = answer.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
            answer.headers.insert(RETRY_AFTER, HeaderValue::from(told.unwrap_or_default() / 2));
        }),
    ),
    fault("limit/fraction", "A 429 says to wait 0.5 seconds", Deed::Alter(|_, answer| retry_after(answer, "0.5"))),
    fault("limit/message-null", "The message of a 429 is null", Deed::Put("/message", Json("null"))),
    fault(
        "limit/as-envelope",
        "A 429 has the body of a 400",
        Deed::Alter(|asked, answer| {
            let message = json!({ "locale": "en-US", "localeOrigin": "DEFAULT", "text": "Too many requests." });
            answer.body = json!({ "detailCode": "429 Too Many", "trackingId": asked.id, "messages": [message] });
        }),
    ),
];

const fn fault(id: &'static str, title: &'static str, deed: Deed) -> Fault {
    Fault { id, report: None, class: Class::Limit, title, at: At::ANYWHERE.status(429), deed }
}

fn retry_after(answer: &mut Answer, value: &'static str) {
    answer.headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
}
