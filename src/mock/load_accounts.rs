//! Account Aggregation: takes a file for a delimited source, or just starts a direct one.

use super::answer::Answer;
use super::call::Call;
use super::csv;
use super::detail;
use super::envelope::More;
use super::estate::Estate;
use super::refusal::Refusal;
use super::sources::{self, Source};
use super::upload::Upload;
use axum::body::Bytes;
use http::StatusCode;
use serde_json::json;

/// Where it lies, by version.
pub const PATHS: &[(&str, &str)] = &[
    ("beta", "/beta/sources/{id}/load-accounts"),
    ("v2024", "/v2024/sources/{id}/load-accounts"),
    ("v2025", "/v2025/sources/{id}/load-accounts"),
    ("v2026", "/v2026/sources/{id}/load-accounts"),
    ("v1", "/sources/v1/{id}/load-accounts"),
    ("none", "/sources/{id}/load-accounts"),
];

/// Accepts an aggregation. The page lists no 404, so an unknown source is a 400.
pub async fn answer(estate: &Estate, call: &Call) -> Result<Answer, Refusal> {
    let id = call.parameter("id").ok_or_else(|| Refusal::bad_request("The source id cannot be decoded."))?;
    let source = sources::find(&id).ok_or(Refusal::Enveloped(&detail::NO_REFERENCE, More::Nothing))?;
    let upload = Upload::read(&call.head.headers, &call.body).await?;
    check_file(source, upload.file)?;
    let optimized = !upload.disable_optimization.unwrap_or(false);
    let task = estate.tasks.accept(estate.ids.next(), source.id, optimized);
    Ok(Answer::new(StatusCode::ACCEPTED, json!({ "success": true, "task": task })))
}

fn check_file(source: &Source, file: Option<Bytes>) -> Result<(), Refusal> {
    match (source.columns, file.filter(|bytes| !bytes.is_empty())) {
        (None, None) => Ok(()),
        (None, Some(_)) => Err(Refusal::bad_request("The source takes no file.")),
        (Some(_), None) => Err(Refusal::bad_request("The source needs a file that is not empty.")),
        (Some(columns), Some(file)) => csv::read(&file, columns).map(drop).map_err(|fault| refusal(&fault, columns)),
    }
}

fn refusal(fault: &csv::Fault, columns: &[&str]) -> Refusal {
    match fault {
        csv::Fault::Header => Refusal::Enveloped(&detail::ILLEGAL_VALUE, More::Undetermined(columns.join(","))),
        fault => Refusal::bad_request(fault.to_string()),
    }
}
