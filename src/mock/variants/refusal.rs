//! Refusals where the pages leave a choice, and those that are HTTP's own.

use super::Variant;
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS};
use crate::mock::deed::{Asked, Deed};
use crate::mock::detail;
use crate::mock::endpoint::Endpoint;
use crate::mock::envelope::More;
use crate::mock::language::Choice;
use crate::mock::refusal::Refusal;
use http::header::{ACCEPT, CONTENT_TYPE, EXPECT, HeaderValue, IF_NONE_MATCH, RANGE};
use http::{Method, Response, StatusCode};

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "refusal/unknown-is-400",
        "An unknown document is a 400",
        &[(
            At::ANYWHERE.of(Endpoint::GetDocument).status(404),
            Deed::Alter(|asked, answer| {
                *answer = Refusal::Enveloped(&detail::NO_REFERENCE, More::Nothing).answer(Choice::DEFAULT, asked.id);
            }),
        )],
    ),
    Variant::new(
        "refusal/unlisted-is-404",
        "An index that is not listed, and a source that nobody knows, are a 404",
        &[
            (At::ANYWHERE.status(400).saying("The index is not one"), Deed::Alter(not_found)),
            (At::ANYWHERE.status(400).saying("400.1.404"), Deed::Alter(not_found)),
            (At::ANYWHERE.status(400).saying("id cannot be decoded"), Deed::Alter(not_found)),
        ],
    ),
    Variant::new(
        "refusal/plain-text",
        "What HTTP itself refuses is refused in plain text: 405, 406, 413, 414, 415, 417 and 431",
        &[(At::ANYWHERE, Deed::Write(by_http))],
    ),
    Variant::new(
        "refusal/conditional",
        "Whoever has a document already is told so with 304",
        &[(
            DOCUMENTS,
            Deed::Write(|asked, written| {
                if asked.call.head.headers.contains_key(IF_NONE_MATCH) {
                    *written.status_mut() = StatusCode::NOT_MODIFIED;
                    written.body_mut().clear();
                }
            }),
        )],
    ),
    Variant::new("refusal/range", "Whoever asks for a range of bytes gets it", &[(DOCUMENTS, Deed::Write(range))]),
];

const LONG_TARGET: usize = 2048;
const LONG_HEADERS: usize = 8192;
const LARGE: usize = 1024 * 1024;
const MANY: usize = 100;

fn not_found(asked: Asked<'_>, answer: &mut Answer) {
    *answer = Refusal::not_found().answer(Choice::DEFAULT, asked.id);
}

/// Refuses as a server in front of the tenant does, which knows nothing of its bodies.
fn by_http(asked: Asked<'_>, written: &mut Response<Vec<u8>>) {
    let head = &asked.call.head;
    let has = |name, text: &str| head.headers.get_all(name).iter().any(|value| value.as_bytes() == text.as_bytes());
    let headers: usize = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let known = [Method::GET, Method::HEAD, Method::POST].contains(&head.method);
    let form = String::from_utf8_lossy(written.body()).contains("not that of a form");
    let status = if !known || written.status() == StatusCode::METHOD_NOT_ALLOWED {
        StatusCode::METHOD_NOT_ALLOWED
    } else if head.uri.to_string().len() > LONG_TARGET {
        StatusCode::URI_TOO_LONG
    } else if headers > LONG_HEADERS || head.headers.len() > MANY {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
    } else if asked.call.body.len() > LARGE {
        StatusCode::PAYLOAD_TOO_LARGE
    } else if head.headers.get(EXPECT).is_some_and(|value| value != "100-continue") {
        StatusCode::EXPECTATION_FAILED
    } else if form {
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    } else if has(ACCEPT, "image/png") {
        StatusCode::NOT_ACCEPTABLE
    } else {
        return;
    };
    *written.status_mut() = status;
    *written.body_mut() = status.canonical_reason().unwrap_or_default().as_bytes().to_vec();
    written.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
}

fn range(asked: Asked<'_>, written: &mut Response<Vec<u8>>) {
    let Some(wanted) = asked.call.head.headers.get(RANGE).and_then(|value| value.to_str().ok()) else { return };
    let bounds = wanted.strip_prefix("bytes=").and_then(|bounds| bounds.split_once('-'));
    let Some((Ok(first), Ok(last))) = bounds.map(|(first, last)| (first.parse::<usize>(), last.parse::<usize>()))
    else {
        return;
    };
    let length = written.body().len();
    let Some(part) = written.body().get(first..=last.min(length.saturating_sub(1))).map(<[u8]>::to_vec) else { return };
    *written.status_mut() = StatusCode::PARTIAL_CONTENT;
    *written.body_mut() = part;
    if let Ok(value) = HeaderValue::try_from(format!("bytes {first}-{last}/{length}")) {
        written.headers_mut().insert(http::header::CONTENT_RANGE, value);
    }
}
