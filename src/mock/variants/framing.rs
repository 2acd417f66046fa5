//! Answers that HTTP frames in another way: codings, chunks, versions and ends of connections.

use super::Variant;
use crate::mock::at::At;
use crate::mock::coding;
use crate::mock::deed::{Asked, Deed};
use crate::mock::raw::{Raw, Then, line, text};
use http::header::{ACCEPT_ENCODING, CONNECTION, HeaderValue};
use http::{Method, Response};
use std::time::Duration;

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "framing/gzip",
        "Whoever takes gzip gets it",
        &[(
            At::ANYWHERE,
            Deed::Write(|asked, written| {
                if wanted(asked, "gzip") == Some(true) {
                    coding::gzip(written, "gzip");
                }
            }),
        )],
    ),
    Variant::new(
        "framing/gzip-unasked",
        "Whoever does not refuse gzip gets it",
        &[(
            At::ANYWHERE,
            Deed::Write(|asked, written| {
                if wanted(asked, "gzip") != Some(false) {
                    coding::gzip(written, "GZIP");
                }
            }),
        )],
    ),
    Variant::new(
        "framing/deflate",
        "Whoever takes deflate gets it",
        &[(
            At::ANYWHERE,
            Deed::Write(|asked, written| {
                if wanted(asked, "deflate") == Some(true) {
                    coding::deflate(written);
                }
            }),
        )],
    ),
    Variant::new("framing/chunked", "Every answer is chunked", &[(At::ANYWHERE, Deed::Pieces(4096, Duration::ZERO))]),
    Variant::new(
        "framing/small-pieces",
        "Every answer comes in pieces of 97 bytes, a while after each other",
        &[(At::ANYWHERE, Deed::Pieces(97, Duration::from_millis(1)))],
    ),
    Variant::new(
        "framing/trailers",
        "Chunks have extensions, sizes have zeros before them, and trailers follow",
        &[(At::ANYWHERE, Deed::Send(|asked, written| trailed(body(asked, written), written)))],
    ),
    Variant::new(
        "framing/closed",
        "Every connection is closed after one answer, which says so",
        &[(
            At::ANYWHERE,
            Deed::Write(|_, written| {
                written.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }),
        )],
    ),
    Variant::new(
        "framing/closed-unannounced",
        "Every connection is closed after one answer, which does not say so",
        &[(At::ANYWHERE, Deed::Send(|asked, written| whole(asked, written, &line(written), b"")))],
    ),
    Variant::new(
        "framing/old-http",
        "Every answer is HTTP/1.0 and ends with its connection",
        &[(
            At::ANYWHERE,
            Deed::Send(|asked, written| {
                let line = line(written).replacen("HTTP/1.1", "HTTP/1.0", 1);
                close(text(written, &line, "", body(asked, written)))
            }),
        )],
    ),
    Variant::new(
        "framing/no-reason",
        "No status has words",
        &[(
            At::ANYWHERE,
            Deed::Send(|asked, written| {
                whole(asked, written, &format!("HTTP/1.1 {} ", written.status().as_str()), b"")
            }),
        )],
    ),
    Variant::new(
        "framing/interim",
        "Two interim answers come before each answer",
        &[(
            At::ANYWHERE,
            Deed::Send(|asked, written| {
                let interim =
                    b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";
                whole(asked, written, &line(written), interim)
            }),
        )],
    ),
];

/// Whether a request names a coding: true where it takes it, false where not, nothing where it names none at all.
fn wanted(asked: Asked<'_>, coding: &str) -> Option<bool> {
    let mut lines = asked.call.head.headers.get_all(ACCEPT_ENCODING).iter().peekable();
    lines.peek()?;
    let lines: Vec<String> = lines.map(|line| String::from_utf8_lossy(line.as_bytes()).to_ascii_lowercase()).collect();
    let items = lines.iter().flat_map(|line| line.split(','));
    let mut taken = items.filter_map(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, "q=1"));
        let zero = weight.trim().trim_start_matches("q=").chars().all(|letter| matches!(letter, '0' | '.'));
        (name.trim() == coding).then_some(!zero)
    });
    Some(taken.next_back().unwrap_or(false))
}

/// What follows the headers: nothing after a HEAD.
fn body<'a>(asked: Asked<'_>, written: &'a Response<Vec<u8>>) -> &'a [u8] {
    if asked.call.head.method == Method::HEAD { b"" } else { written.body() }
}

#[expect(clippy::unnecessary_wraps, reason = "the seam lets a deed send nothing")]
fn close(bytes: Vec<u8>) -> Option<Raw> {
    Some(Raw { bytes, then: Then::Close })
}

/// An answer with its length, after other bytes.
fn whole(asked: Asked<'_>, written: &Response<Vec<u8>>, line: &str, before: &[u8]) -> Option<Raw> {
    let length = format!("content-length: {}\r\n", written.body().len());
    close([before, &text(written, line, &length, body(asked, written))].concat())
}

fn trailed(body: &[u8], written: &Response<Vec<u8>>) -> Option<Raw> {
    let head = "Transfer-Encoding: Chunked\r\nTrailer: Server-Timing\r\n";
    let mut bytes = text(written, &line(written), head, b"");
    for piece in body.chunks(100) {
        bytes.extend(format!("00{:X};name=\"a;b\"\r\n", piece.len()).into_bytes());
        bytes.extend([piece, b"\r\n"].concat());
    }
    if !body.is_empty() {
        bytes.extend(b"000;last\r\nServer-Timing: app;dur=1\r\n\r\n");
    }
    close(bytes)
}
