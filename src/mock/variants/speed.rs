//! Slow tenants, and tenants that are away for a moment.

use super::Variant;
use crate::mock::answer::Answer;
use crate::mock::at::At;
use crate::mock::deed::{Asked, Deed};
use crate::mock::endpoint::Endpoint;
use crate::mock::raw::{Raw, Then};
use http::header::{HeaderValue, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use serde_json::json;
use std::time::Duration;

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "speed/latency",
        "Every answer takes 150 ms",
        &[(At::ANYWHERE, Deed::Delay(Duration::from_millis(150)))],
    ),
    Variant::new(
        "speed/slow-uploads",
        "Every upload takes 700 ms",
        &[(At::ANYWHERE.of(Endpoint::LoadAccounts), Deed::Delay(Duration::from_millis(700)))],
    ),
    Variant::new(
        "speed/one-outage",
        "One answer is 503 from a gateway",
        &[(At::ANYWHERE, Deed::Alter(|asked, answer| outage(answer, asked.count == 23)))],
    ),
    Variant::new(
        "speed/first-outage",
        "The first answer of all is 503 from a gateway",
        &[(At::ANYWHERE, Deed::Alter(|asked, answer| outage(answer, asked.count == 0)))],
    ),
    Variant::new(
        "speed/restart",
        "For six answers the gateway has nobody to ask",
        &[(At::ANYWHERE, Deed::Alter(|asked, answer| outage(answer, (60..66).contains(&asked.count))))],
    ),
    Variant::new(
        "speed/one-reset",
        "One connection is reset instead of an answer",
        &[(At::ANYWHERE, Deed::Send(|asked, _| cut(asked.count == 31, Then::Reset)))],
    ),
    Variant::new(
        "speed/one-cut",
        "One connection is closed instead of an answer",
        &[(At::ANYWHERE, Deed::Send(|asked, _| cut(asked.count == 12, Then::Close)))],
    ),
    Variant::new(
        "speed/one-failure",
        "One answer fails, and the next is right again",
        &[(At::ANYWHERE, Deed::Alter(failure))],
    ),
];

fn outage(answer: &mut Answer, now: bool) {
    if now {
        let headers = HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static("1"))]);
        *answer = Answer { status: StatusCode::SERVICE_UNAVAILABLE, headers, body: json!("upstream connect error") };
    }
}

fn cut(now: bool, then: Then) -> Option<Raw> {
    now.then(|| Raw { bytes: Vec::new(), then })
}

fn failure(asked: Asked<'_>, answer: &mut Answer) {
    if asked.count == 40 {
        crate::mock::rewrite::fail(asked, answer);
    }
}
