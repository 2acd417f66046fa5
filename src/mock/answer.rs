//! What the tenant answers, before it becomes bytes: the one form that every answer passes through.

use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Response, StatusCode};
use serde_json::Value;

/// An answer: status, headers and a JSON body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// Every header but those that HTTP itself adds.
    pub headers: HeaderMap,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// An answer with the JSON media type and no other header.
    pub fn new(status: StatusCode, body: Value) -> Self {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        Self { status, headers, body }
    }

    /// The answer with its body as bytes.
    pub fn written(self) -> Response<Vec<u8>> {
        let mut response = Response::new(self.body.to_string().into_bytes());
        (*response.status_mut(), *response.headers_mut()) = (self.status, self.headers);
        response
    }
}
