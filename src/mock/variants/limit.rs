//! Rate limits that keep the page's promise in other forms.

use super::Variant;
use crate::mock::answer::Answer;
use crate::mock::at::At;
use crate::mock::deed::{Asked, Deed};
use http::header::{DATE, HeaderName, HeaderValue, RETRY_AFTER};
use std::time::{Duration, SystemTime};

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new("limit/real", "The limit is that of a real tenant: 100 requests in 10 seconds", &[]).limited(100, 10),
    Variant::new("limit/tight", "The limit is 40 requests in 2 seconds", &[]).limited(40, 2),
    Variant::new("limit/date", "Retry-After is a date", &[(LIMITED, Deed::Alter(|_, answer| until(answer, 1)))])
        .limited(60, 2),
    Variant::new(
        "limit/own-clock",
        "Retry-After is a date by a clock that is an hour late",
        &[(LIMITED, Deed::Alter(late))],
    )
    .limited(60, 2),
    Variant::new(
        "limit/generous",
        "Retry-After is a second longer than it needs to be, with zeros before it",
        &[(
            LIMITED,
            Deed::Alter(|_, answer| {
                if let Ok(value) = HeaderValue::try_from(format!("00{}", seconds(answer) + 1)) {
                    answer.headers.insert(RETRY_AFTER, value);
                }
            }),
        )],
    )
    .limited(60, 2),
    Variant::new(
        "limit/told-ahead",
        "Every answer tells how much of the limit is left, in three ways",
        &[(
            At::ANYWHERE,
            Deed::Write(|_, written| {
                for (name, value) in [
                    ("ratelimit", "limit=100, remaining=50, reset=5"),
                    ("x-rate-limit-reset", "1767607200"),
                    ("ratelimit-policy", "100;w=10"),
                ] {
                    written.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
                }
            }),
        )],
    )
    .limited(60, 2),
];

const LIMITED: At = At::ANYWHERE.status(429);
const HOUR: u64 = 3600;

/// How long an answer says to wait.
fn seconds(answer: &Answer) -> u64 {
    answer.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or_default()
}

/// Tells the wait as a date. Dates have whole seconds, so that one more is needed for the wait to be long enough.
fn until(answer: &mut Answer, more: u64) {
    let end = SystemTime::now() + Duration::from_secs(seconds(answer) + more);
    if let Ok(value) = HeaderValue::try_from(httpdate::fmt_http_date(end)) {
        answer.headers.insert(RETRY_AFTER, value);
    }
}

fn late(_: Asked<'_>, answer: &mut Answer) {
    let own = SystemTime::now() - Duration::from_secs(HOUR);
    let end = own + Duration::from_secs(seconds(answer) + 1);
    for (name, instant) in [(DATE, own), (RETRY_AFTER, end)] {
        if let Ok(value) = HeaderValue::try_from(httpdate::fmt_http_date(instant)) {
            answer.headers.insert(name, value);
        }
    }
}
