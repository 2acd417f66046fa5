//! Headers that say the same in other letters, or more than the pages name.

use super::Variant;
use crate::mock::at::At;
use crate::mock::deed::{Asked, Deed};
use crate::mock::raw::{Raw, Then, line};
use http::Response;
use http::header::{HeaderName, HeaderValue, WWW_AUTHENTICATE};

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "header/charset",
        "The media type has a charset",
        &[(At::ANYWHERE, Deed::Write(|_, written| put(written, "content-type", "application/json;charset=UTF-8")))],
    ),
    Variant::new(
        "header/letter-case",
        "The media type is written in capitals",
        &[(
            At::ANYWHERE,
            Deed::Write(|_, written| put(written, "content-type", "Application/JSON; Charset=\"utf-8\"")),
        )],
    ),
    Variant::new(
        "header/blanks",
        "The media type has blanks around its parameters",
        &[(
            At::ANYWHERE,
            Deed::Write(|_, written| put(written, "content-type", "application/json ; charset=utf-8 ; q=1 ")),
        )],
    ),
    Variant::new(
        "header/names-in-capitals",
        "The names of headers are written in capitals",
        &[(At::ANYWHERE, Deed::Send(|asked, written| by_hand(asked, written, str::to_ascii_uppercase, ": ", "")))],
    ),
    Variant::new(
        "header/names-in-small-letters",
        "The names of headers are small, and there is no blank before their values",
        &[(At::ANYWHERE, Deed::Send(|asked, written| by_hand(asked, written, str::to_ascii_lowercase, ":", "")))],
    ),
    Variant::new(
        "header/padded",
        "There are blanks and tabs around the values of headers",
        &[(At::ANYWHERE, Deed::Send(|asked, written| by_hand(asked, written, str::to_owned, ": \t ", " \t")))],
    ),
    Variant::new(
        "header/no-challenge",
        "A 401 does not tell what would be good",
        &[(At::ANYWHERE.status(401), Deed::Write(|_, written| drop(written.headers_mut().remove(WWW_AUTHENTICATE))))],
    ),
    Variant::new(
        "header/challenges",
        "A 401 offers several schemes, with all that RFC 6750 has",
        &[(
            At::ANYWHERE.status(401),
            Deed::Write(|_, written| {
                let challenge = "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"no, or no longer\"";
                put(written, "www-authenticate", challenge);
                written.headers_mut().append(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"old, new\""));
            }),
        )],
    ),
    Variant::new(
        "header/proxies",
        "Proxies on the way say who they are, set cookies and keep the client to HTTPS",
        &[(At::ANYWHERE, Deed::Write(proxied))],
    ),
    Variant::new(
        "header/many",
        "Every answer has sixty headers more, one of them of 6 KB",
        &[(
            At::ANYWHERE,
            Deed::Write(|_, written| {
                for number in 0..60 {
                    if let Ok(name) = HeaderName::try_from(format!("x-more-{number}")) {
                        written.headers_mut().append(name, HeaderValue::from_static("a"));
                    }
                }
                if let Ok(value) = HeaderValue::try_from("policy ".repeat(900)) {
                    written.headers_mut().insert(HeaderName::from_static("content-security-policy"), value);
                }
            }),
        )],
    ),
    Variant::new(
        "header/latin-1",
        "A header has bytes that are no UTF-8",
        &[(
            At::ANYWHERE,
            Deed::Write(|_, written| {
                if let Ok(value) = HeaderValue::from_bytes(b"caf\xe9") {
                    written.headers_mut().insert(HeaderName::from_static("x-place"), value);
                }
            }),
        )],
    ),
];

/// All headers but these, which the answer has anyway.
const MORE: [(&str, &str); 14] = [
    ("server", "envoy"),
    ("via", "1.1 varnish, 1.1 3f1c (CloudFront)"),
    ("x-cache", "Miss from cloudfront"),
    ("x-envoy-upstream-service-time", "12"),
    ("server-timing", "db;dur=53.2, app;desc=\"search, one\";dur=47"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains; preload"),
    ("set-cookie", "AWSALB=u2m9/Zk3; Expires=Sat, 05 Dec 2026 00:00:00 GMT; Path=/"),
    ("cache-control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("vary", "Origin, Accept-Encoding"),
    ("alt-svc", "h3=\":443\"; ma=86400"),
    ("keep-alive", "timeout=5, max=1000"),
    ("access-control-allow-origin", "*"),
    ("x-ratelimit-remaining", "97"),
    ("etag", "W/\"5-abc\""),
];

fn proxied(_: Asked<'_>, written: &mut Response<Vec<u8>>) {
    for (name, value) in MORE {
        put(written, name, value);
    }
    written.headers_mut().append(http::header::SET_COOKIE, HeaderValue::from_static("AWSALBCORS=u2m9; SameSite=None"));
}

fn put(written: &mut Response<Vec<u8>>, name: &'static str, value: &'static str) {
    written.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
}

/// The whole answer, with its headers written by hand. Nothing tells the date, which a server without a clock may do.
#[expect(clippy::unnecessary_wraps, reason = "the seam lets a deed send nothing")]
fn by_hand(
    asked: Asked<'_>,
    written: &Response<Vec<u8>>,
    name: fn(&str) -> String,
    before: &str,
    after: &str,
) -> Option<Raw> {
    let length = HeaderValue::from(written.body().len());
    let close = HeaderValue::from_static("close");
    let more = [("Content-Length", &length), ("Connection", &close)];
    let headers = written.headers().iter().map(|(name, value)| (name.as_str(), value)).chain(more);
    let mut bytes = format!("{}\r\n", line(written)).into_bytes();
    for (own, value) in headers {
        bytes.extend([name(own).as_bytes(), before.as_bytes(), value.as_bytes(), after.as_bytes(), b"\r\n"].concat());
    }
    let body = if asked.call.head.method == http::Method::HEAD { b"" } else { written.body().as_slice() };
    bytes.extend([b"\r\n", body].concat());
    Some(Raw { bytes, then: Then::Close })
}
