//! Inputs of one kind each that make the tenant fail, where an honest one refuses or serves them.

use super::upload::delimited;
use super::{Asked, Class, Deed, Fault};
use crate::mock::answer::Answer;
use crate::mock::at::{At, TASKS};
use crate::mock::endpoint::Endpoint;
use crate::mock::rewrite::fail;
use http::StatusCode;
use serde_json::json;

/// The family.
pub const ALL: &[Fault] = &[
    fault("crash/open-quote", "A CSV file with an unclosed quote is 500", refused("a quote is not closed"), fail),
    fault("crash/not-utf-8", "A CSV file that is not UTF-8 is 500", refused("is not UTF-8"), fail),
    fault("crash/control-character", "A CSV file with a NUL is 500", refused("a control character"), fail),
    fault("crash/short-row", "A CSV file with a row of another length is 500", refused("cells where the header"), fail),
    fault("crash/no-rows", "A CSV file without rows is 500", refused("no row of accounts"), fail),
    fault("crash/no-boundary", "A multipart body without a boundary is 500", refused("no valid boundary"), fail),
    fault("crash/flag", "A flag that is neither true nor false is 500", refused("neither true nor false"), fail),
    fault("crash/unknown-source", "An unknown source is 500", refused("400.1.404"), fail),
    fault("crash/index", "An index that is not offered is 500", refused("The index is not one"), fail),
    fault("crash/malformed-token", "A token that is no JWT is 500", At::ANYWHERE.status(401).saying("malformed"), fail),
    fault("crash/unicode-id", "A document id outside ASCII is 500", At::ANYWHERE.under("%F0%9F"), fail),
    fault("crash/quote-in-id", "A document id with a quote is 500", DOCUMENT.under("%27"), fail),
    fault("crash/language", "A garbled Accept-Language is 500", DOCUMENT.with("accept-language", "*-*"), fail),
    fault(
        "crash/null",
        "A role with something null is 500",
        DOCUMENT.status(200).under("/roles/").saying("null"),
        fail,
    ),
    fault("crash/gateway", "A document id that is too long is 502 with a page of HTML", DOCUMENT.under(LONG), gateway),
    fault("crash/head", "A document cannot be asked for by HEAD", DOCUMENT.status(200), |asked, answer| {
        if asked.call.head.method == http::Method::HEAD {
            fail(asked, answer);
        }
    }),
    fault("crash/range", "A range of bytes is 500", DOCUMENT.with("range", "bytes="), fail),
    fault("crash/condition", "A condition is 500", DOCUMENT.with("if-none-match", "W/"), fail),
    fault(
        "crash/language-extension",
        "A language with an extension is 500",
        DOCUMENT.with("accept-language", "-u-"),
        fail,
    ),
    fault("crash/long-header", "A header of 8 KB is 500", At::ANYWHERE.with("x-tenantcheck-long", "aaaa"), fail),
    fault("crash/unicode-file", "A CSV file with letters outside ASCII is 500", TASKS, |asked, answer| {
        if delimited(asked.call) && !asked.call.body.is_ascii() {
            fail(asked, answer);
        }
    }),
    fault("crash/quoted-line-end", "A CSV file with a line end in quotes is 500", TASKS, |asked, answer| {
        let multiline = |line: &[u8]| line.split(|byte| *byte == b'"').count() % 2 == 0;
        if delimited(asked.call) && asked.call.body.split(|byte| *byte == b'\n').any(multiline) {
            fail(asked, answer);
        }
    }),
    fault("crash/large-file", "A CSV file of more than 100 KB is 500", TASKS, |asked, answer| {
        if asked.call.body.len() > 100_000 {
            fail(asked, answer);
        }
    }),
    fault(
        "crash/second-row",
        "A CSV file whose second row begins with a sign of a formula is 500",
        TASKS,
        |asked, answer| {
            if asked
                .call
                .body
                .split(|byte| *byte == b'\n')
                .any(|line| line.starts_with(b"=") || line.starts_with(b"\"="))
            {
                fail(asked, answer);
            }
        },
    ),
];

const DOCUMENT: At = At::ANYWHERE.of(Endpoint::GetDocument);
const LONG: &str = "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(Asked<'_>, &mut Answer)) -> Fault {
    Fault { id, report: None, class: Class::Crash, title, at, deed: Deed::Alter(deed) }
}

const fn refused(words: &'static str) -> At {
    At::ANYWHERE.status(400).saying(words)
}

fn gateway(_: Asked<'_>, answer: &mut Answer) {
    *answer = Answer::new(StatusCode::BAD_GATEWAY, json!("<html><h1>502 Bad Gateway</h1></html>"));
    answer.headers.insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static("text/html"));
}
