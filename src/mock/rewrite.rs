//! Writes a request anew, as a tenant that is not careful would take it, or an answer as one that failed.

use super::answer::Answer;
use super::call::Call;
use super::deed::Asked;
use super::estate::Estate;
use super::sources::{COLUMNS, DELIMITED, DIRECT};
use axum::body::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{StatusCode, Uri};
use serde_json::json;

const BOUNDARY: &str = "a-file-that-nobody-sent";
/// How long the token of a caller who is let in is good, in seconds.
const LIFETIME: u64 = 60;

/// Lets the caller in, whoever it is.
pub fn let_in(estate: &Estate, call: &mut Call) {
    if let Ok(value) = HeaderValue::try_from(format!("Bearer {}", estate.token("full", LIFETIME))) {
        call.head.headers.insert(AUTHORIZATION, value);
    }
}

/// Takes a path parameter for another one, which needs no escapes.
pub fn put_parameter(call: &mut Call, name: &str, value: &str) {
    let named = |segment: &str| segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(name);
    let Some(place) = call.template.split('/').position(named) else { return };
    let path = call.head.uri.path().split('/').enumerate();
    let path: Vec<&str> = path.map(|(at, segment)| if at == place { value } else { segment }).collect();
    if let Ok(uri) = path.join("/").parse::<Uri>() {
        call.head.uri = uri;
    }
}

/// Takes what is uploaded, if anything is, for what the source needs; a source that nobody knows for one that is known.
pub fn accept(call: &mut Call) {
    if call.parameter("id").as_deref() == Some(DELIMITED.id) {
        let row = COLUMNS.join(",");
        let form = format!("multipart/form-data; boundary={BOUNDARY}");
        if let Ok(form) = HeaderValue::try_from(form) {
            call.head.headers.insert(CONTENT_TYPE, form);
        }
        call.body = Bytes::from(format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n\
             {row}\r\n{row}\r\n--{BOUNDARY}--\r\n"
        ));
    } else {
        put_parameter(call, "id", DIRECT.id);
        call.head.headers.remove(CONTENT_TYPE);
        call.body = Bytes::new();
    }
}

/// The error that the page has for what nobody expected.
pub fn fail(asked: Asked<'_>, answer: &mut Answer) {
    answer.status = StatusCode::INTERNAL_SERVER_ERROR;
    answer.body = json!({
        "detailCode": "500.0 Internal Fault",
        "trackingId": asked.id,
        "messages": [{ "locale": "en-US", "localeOrigin": "DEFAULT", "text": "An internal fault occurred." }],
    });
}
