//! One aggregation of a source at a time.

use super::Variant;
use crate::mock::answer::Answer;
use crate::mock::at::TASKS;
use crate::mock::deed::{Asked, Deed};
use http::StatusCode;
use serde_json::json;
use std::time::Duration;

/// How long an aggregation runs.
const RUNNING: Duration = Duration::from_millis(60);

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "work/conflict",
        "An upload is a 409 while the one before is worked on",
        &[(TASKS, Deed::Meanwhile(RUNNING, |asked, answer, _| conflict(asked, answer)))],
    ),
    Variant::new(
        "work/joined",
        "An upload gets the task of the one before while that is worked on",
        &[(TASKS, Deed::Meanwhile(RUNNING, |_, answer, running| answer.clone_from(running)))],
    ),
];

fn conflict(asked: Asked<'_>, answer: &mut Answer) {
    answer.status = StatusCode::CONFLICT;
    answer.body = json!({
        "detailCode": "409.0 Conflict",
        "trackingId": asked.id,
        "messages": [{ "locale": "en-US", "localeOrigin": "DEFAULT", "text": "An aggregation of this source is running." }],
    });
}
