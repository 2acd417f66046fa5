//! Get a Document by ID.

use super::answer::Answer;
use super::call::Call;
use super::estate::Estate;
use super::refusal::Refusal;
use http::StatusCode;

/// Where it lies, by version.
pub const PATHS: &[(&str, &str)] = &[
    ("v3", "/v3/search/{index}/{id}"),
    ("v2024", "/v2024/search/{index}/{id}"),
    ("v2025", "/v2025/search/{index}/{id}"),
    ("v2026", "/v2026/search/{index}/{id}"),
    ("v1", "/search/v1/{index}/{id}"),
    ("none", "/search/{index}/{id}"),
];

/// Gives a document; an index that is not offered is a 400, an id that is not known a 404.
pub fn answer(estate: &Estate, call: &Call) -> Result<Answer, Refusal> {
    let index = call.parameter("index").and_then(|index| estate.documents.index(&index));
    let index = index.ok_or_else(|| Refusal::bad_request("The index is not one of those supported."))?;
    let id = call.parameter("id").ok_or_else(|| Refusal::bad_request("The document id cannot be decoded."))?;
    let document = index.document(&id).ok_or_else(Refusal::not_found)?;
    Ok(Answer::new(StatusCode::OK, document.clone()))
}
