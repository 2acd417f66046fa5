//! A gateway in front, which answers by itself what is none of the tenant's paths.

use super::Variant;
use crate::mock::at::At;
use crate::mock::deed::{Asked, Deed};
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "gateway/odd-paths",
        "Paths that lead nowhere are a 404 in plain text, whoever asks",
        &[(At::ANYWHERE, Deed::Write(|asked, written| nowhere(asked, written, StatusCode::NOT_FOUND)))],
    ),
    Variant::new(
        "gateway/odd-paths-400",
        "Paths that lead nowhere are a 400 in HTML, whoever asks",
        &[(At::ANYWHERE, Deed::Write(|asked, written| nowhere(asked, written, StatusCode::BAD_REQUEST)))],
    ),
    Variant::new(
        "gateway/away",
        "The gateway is away twice for a moment, and says for how long",
        &[(At::ANYWHERE, Deed::Write(away))],
    ),
];

fn away(asked: Asked<'_>, written: &mut Response<Vec<u8>>) {
    if matches!(asked.count, 120 | 260) {
        *written.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        *written.body_mut() = b"<html><h1>503 Service Temporarily Unavailable</h1></html>".to_vec();
        written.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
        written.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
}

fn nowhere(asked: Asked<'_>, written: &mut Response<Vec<u8>>, status: StatusCode) {
    let path = asked.call.head.uri.path();
    let empty = path.split('/').skip(1).any(|segment| matches!(segment, "" | "." | ".."));
    if !asked.call.template.is_empty() && !empty {
        return;
    }
    let html = status == StatusCode::BAD_REQUEST;
    let body = if html { "<html><h1>400 Bad Request</h1></html>" } else { "no Route matched with those values" };
    *written.status_mut() = status;
    *written.body_mut() = body.as_bytes().to_vec();
    let kind = if html { "text/html; charset=iso-8859-1" } else { "text/plain" };
    written.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
}
