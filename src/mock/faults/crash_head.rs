//! Targets, methods and headers that a reader stumbles at, though most readers do not.

use super::{Class, Deed, Fault};
use crate::mock::at::At;
use crate::mock::endpoint::Endpoint;
use crate::mock::rewrite::fail;
use http::header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, HOST};

/// The family.
pub const ALL: &[Fault] = &[
    fault("crash/unknown-document", "An unknown document is 500", DOCUMENT.status(404)),
    fault("crash/bad-escape", "A damaged escape in a path is 500", At::ANYWHERE.under("%zz")),
    fault("crash/path-encoding", "A path that is no UTF-8 is 500", At::ANYWHERE.under("%C0%AF")),
    fault("crash/nul", "A NUL in a path is 500", At::ANYWHERE.under("%00")),
    fault("crash/escaped-twice", "An escaped percent sign in a path is 500", At::ANYWHERE.under("%25")),
    fault("crash/line-break", "A line break in a path is 500", At::ANYWHERE.under("%0D%0A")),
    fault("crash/climbing", "An escaped ../ in a path is 500", At::ANYWHERE.under("..%2F")),
    fault("crash/dot-segments", "Dots between slashes are 500", At::ANYWHERE.under("/../")),
    fault("crash/empty-segment", "Nothing between two slashes is 500", At::ANYWHERE.under("//")),
    fault("crash/blank-in-path", "A blank in a path is 500", At::ANYWHERE.under("%20")),
    fault("crash/question-mark", "A question mark is 500", At::ANYWHERE.under("?")),
    fault("crash/accept-weight", "A weight in Accept is 500", DOCUMENT.with("accept", "q=")),
    fault("crash/accept-range", "A range in Accept is 500", DOCUMENT.with("accept", "application/*")),
    fault("crash/accept-parameter", "A parameter in Accept is 500", DOCUMENT.with("accept", "charset=")),
    fault("crash/accept-image", "A media type that is not offered is 500", DOCUMENT.with("accept", "image/png")),
    fault("crash/language-weight", "A weight in Accept-Language is 500", DOCUMENT.with("accept-language", "q=")),
    fault("crash/coding-gzip", "A client that takes gzip gets 500", DOCUMENT.with("accept-encoding", "gzip")),
    fault("crash/coding-deflate", "A client that takes deflate gets 500", DOCUMENT.with("accept-encoding", "deflate")),
    fault(
        "crash/coding-identity",
        "A client that takes no coding gets 500",
        DOCUMENT.with("accept-encoding", "identity"),
    ),
    fault("crash/coding-unknown", "A coding that is not known is 500", DOCUMENT.with("accept-encoding", "x-")),
    fault("crash/origin", "A page of another origin gets 500", DOCUMENT.with("origin", "://")),
    fault("crash/forwarded", "A client behind two proxies gets 500", DOCUMENT.with("x-forwarded-for", ",")),
    fault("crash/traced", "A request that is traced is 500", DOCUMENT.with("traceparent", "-")),
    fault("crash/brackets", "Brackets in a query are 500", DOCUMENT.under("%5B")),
    fault("crash/null-id", "The id null is 500", At::ANYWHERE.under("/null")),
    fault("crash/undefined-id", "The id undefined is 500", At::ANYWHERE.under("/undefined")),
    fault("crash/combining-character", "A character that joins another is 500", At::ANYWHERE.under("%CC%81")),
    fault(
        "crash/five-parts",
        "A token of five parts is 500",
        At::ANYWHERE.when(|call| {
            let value = call.head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
            value.split('.').count() == 5
        }),
    ),
    fault("crash/cookie", "A cookie with quotes is 500", DOCUMENT.with("cookie", "\"")),
    fault("crash/expectation", "An expectation that is not known is 500", At::ANYWHERE.with("expect", "tenantcheck")),
    fault(
        "crash/continue",
        "A client that asks whether to go on gets 500",
        At::ANYWHERE.with("expect", "100-continue"),
    ),
    fault("crash/host", "A Host that is not known is 500", At::ANYWHERE.with("host", ".invalid")),
    fault("crash/method-override", "A method in a header is 500", At::ANYWHERE.with("x-http-method-override", "")),
    fault("crash/empty-jwt", "A token of empty parts is 500", At::ANYWHERE.with("authorization", "Bearer ..")),
    fault("crash/two-schemes", "Two schemes in one line are 500", At::ANYWHERE.with("authorization", ", Bearer")),
    fault(
        "crash/token-long",
        "A token of more than 8,000 characters is 500",
        At::ANYWHERE.when(|call| call.head.headers.get(AUTHORIZATION).is_some_and(|value| value.len() > 8000)),
    ),
    fault(
        "crash/language-any",
        "A client that takes any language gets 500",
        DOCUMENT.when(|call| call.head.headers.get(ACCEPT_LANGUAGE).is_some_and(|value| value == "*")),
    ),
    fault(
        "crash/language-variant",
        "A language with a script or a variant is 500",
        DOCUMENT.when(|call| {
            let value =
                call.head.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            value.split([',', ';']).any(|tag| !tag.contains("-u-") && tag.split('-').count() > 2)
        }),
    ),
    fault(
        "crash/accept-lines",
        "Two lines of Accept are 500",
        DOCUMENT.when(|call| call.head.headers.get_all(ACCEPT).iter().count() > 1),
    ),
    fault(
        "crash/two-hosts",
        "Two Hosts are 500",
        At::ANYWHERE.when(|call| call.head.headers.get_all(HOST).iter().count() > 1),
    ),
    fault(
        "crash/unknown-method",
        "A method that is not known is 500",
        At::ANYWHERE.when(|call| {
            !matches!(
                call.head.method.as_str(),
                "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "TRACE"
            )
        }),
    ),
    fault("crash/delete", "A document cannot be deleted: 500", At::ANYWHERE.when(|call| call.head.method == "DELETE")),
    fault("crash/trace", "A request to show itself is 500", At::ANYWHERE.when(|call| call.head.method == "TRACE")),
    fault(
        "crash/long-segment",
        "A segment of more than 4 KB is 500",
        At::ANYWHERE.when(|call| call.head.uri.path().split('/').any(|segment| segment.len() > 4096)),
    ),
];

const DOCUMENT: At = At::ANYWHERE.of(Endpoint::GetDocument);

const fn fault(id: &'static str, title: &'static str, at: At) -> Fault {
    Fault { id, report: None, class: Class::Crash, title, at, deed: Deed::Alter(fail) }
}
