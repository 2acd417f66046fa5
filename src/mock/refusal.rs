//! Why the tenant does not do what it was asked, and how it says so.

use super::answer::Answer;
use super::detail::{self, Detail};
use super::envelope::{self, More};
use super::language::Choice;
use http::StatusCode;
use http::header::{ALLOW, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use serde_json::json;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// An error that the envelope tells.
    Enveloped(&'static Detail, More),
    /// Nobody that we know, and why.
    Unauthorized(&'static str),
    /// Too many requests; the seconds to wait.
    Limited(u64),
    /// A method that the path does not take; those that it takes.
    Method(&'static str),
    /// No token is given out: the status, the error code of OAuth 2 and what it means.
    NoToken(StatusCode, &'static str, &'static str),
}

impl Refusal {
    /// A 400 with its cause in English.
    pub fn bad_request(cause: impl Into<String>) -> Self {
        Self::Enveloped(&detail::BAD_REQUEST, More::Cause(cause.into()))
    }

    /// A 404.
    pub fn not_found() -> Self {
        Self::Enveloped(&detail::NOT_FOUND, More::Nothing)
    }

    /// The answer that tells it.
    pub fn answer(&self, choice: Choice, tracking_id: &str) -> Answer {
        let enveloped = |detail: &Detail, more: &More| {
            Answer::new(detail.status, envelope::body(detail, more, choice, tracking_id))
        };
        match self {
            Self::Enveloped(detail, more) => enveloped(detail, more),
            Self::Unauthorized(error) => {
                let mut answer = Answer::new(StatusCode::UNAUTHORIZED, json!({ "error": error }));
                answer.headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                answer
            }
            Self::Limited(seconds) => {
                let body = json!({ "message": " Rate Limit Exceeded " });
                let mut answer = Answer::new(StatusCode::TOO_MANY_REQUESTS, body);
                answer.headers.insert(RETRY_AFTER, HeaderValue::from(*seconds));
                answer
            }
            Self::Method(allowed) => {
                let mut answer = enveloped(&detail::METHOD_NOT_ALLOWED, &More::Nothing);
                answer.headers.insert(ALLOW, HeaderValue::from_static(allowed));
                answer
            }
            Self::NoToken(status, error, description) => {
                Answer::new(*status, json!({ "error": error, "error_description": description }))
            }
        }
    }
}
