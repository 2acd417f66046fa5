//! The status of a task, for clients that wait for an aggregation to end.

use super::answer::Answer;
use super::call::Call;
use super::estate::Estate;
use super::refusal::Refusal;
use http::StatusCode;

/// Where it lies, by version.
pub const PATHS: &[(&str, &str)] = &[
    ("beta", "/beta/task-status/{id}"),
    ("v2024", "/v2024/task-status/{id}"),
    ("v2025", "/v2025/task-status/{id}"),
    ("v2026", "/v2026/task-status/{id}"),
    ("v1", "/task-status/v1/{id}"),
    ("none", "/task-status/{id}"),
];

/// Tells how far a task is.
pub fn answer(estate: &Estate, call: &Call) -> Result<Answer, Refusal> {
    let task = call.parameter("id").and_then(|id| estate.tasks.status(&id));
    task.map(|task| Answer::new(StatusCode::OK, task)).ok_or_else(Refusal::not_found)
}
