//! What HTTP itself may refuse or answer in a way of its own: what a tenant may not do is to fail at it.

use super::{line, reading};
use crate::generate::defect::{Defect, Owed, Place};
use crate::generate::draft::Draft;
use crate::generate::proof::Sent;
use crate::verdict::Level;

/// A feature that a server may have or leave out.
pub(super) const OPTIONAL: Owed = Owed {
    statuses: &[206, 304, 400, 404, 405, 412, 416],
    success: true,
    rule: "answer.expected-status",
    level: Level::Must,
    http: false,
};
/// Without a credential nobody should be served; but somebody else than the tenant may answer, with whatever is theirs.
const NOBODY: Owed =
    Owed { statuses: &[400, 401, 404], success: false, rule: "credential.missing", level: Level::Note, http: true };

const FUTURE: &str = "Fri, 01 Jan 2100 00:00:00 GMT";
const NOWHERE: &str = "tenantcheck.invalid";
/// 8 KiB and one more.
const LONG: usize = 8193;
const MANY: usize = 100;

/// The defects of this kind.
pub const ALL: &[Defect] = &[
    reading(
        "negotiation/unacceptable",
        "a media type that nobody offers, and no content coding at all",
        Owed::either(),
        |draft, _, _| line(draft, "Accept", "image/png") && line(draft, "Accept-Encoding", "identity;q=0, *;q=0"),
        |sent, _, aid| {
            let wanted = sent.list("accept");
            let excluded = sent.list("accept-encoding");
            let offered = |value: &String| value.contains('*') || aid.offered.contains(value);
            !wanted.is_empty()
                && !wanted.iter().any(|element| offered(&element.value))
                && excluded.iter().any(|element| element.value == "*" && element.weight == 0)
        },
    ),
    reading(
        "negotiation/conditional",
        "conditions that a server may look at",
        OPTIONAL,
        |draft, _, _| {
            line(draft, "If-None-Match", "\"tenantcheck\", W/\"1\"") && line(draft, "If-Modified-Since", FUTURE)
        },
        |sent, _, _| {
            let tags = sent.header("if-none-match").any(|value| value.text().contains("W/\""));
            let date = |text: &str| httpdate::parse_http_date(text).is_ok();
            tags && sent.header("if-modified-since").any(|value| date(&value.text()))
        },
    ),
    reading(
        "negotiation/range",
        "a range of bytes",
        OPTIONAL,
        |draft, _, _| line(draft, "Range", "bytes=0-9"),
        |sent, _, _| sent.header("range").any(|value| value.text().starts_with("bytes=")),
    ),
    reading(
        "negotiation/origin",
        "a page of another origin that asks",
        // What guards against other pages may refuse it, also as forbidden.
        Owed { statuses: &[400, 403, 404], ..Owed::either() },
        |draft, _, _| {
            line(draft, "Origin", "https://tenantcheck.invalid") && line(draft, "Sec-Fetch-Site", "cross-site")
        },
        |sent, _, _| sent.header("origin").any(|value| value.text().starts_with("https://")),
    ),
    reading(
        "negotiation/expect-made-up",
        "an expectation that nobody knows",
        Owed::either(),
        |draft, _, _| line(draft, "Expect", "tenantcheck"),
        |sent, _, _| sent.list("expect").iter().any(|element| element.value != "100-continue"),
    ),
    Defect {
        id: "negotiation/expect-continue",
        title: "an expectation of 100 that is not waited for",
        place: Place::Multipart,
        owed: Owed::served().or_http(),
        apply: |draft, _, _| line(draft, "Expect", "100-continue"),
        shows: |sent, _, _| sent.list("expect").iter().any(|element| element.value == "100-continue"),
    },
    reading(
        "negotiation/long-header",
        "a header over 8 KiB",
        Owed::either(),
        |draft, _, _| line(draft, "X-Tenantcheck-Long", vec![b'a'; LONG]),
        |sent, _, _| sent.headers().iter().any(|(_, value)| value.0.len() >= LONG),
    ),
    reading(
        "negotiation/many-headers",
        "a hundred headers more",
        Owed::either(),
        |draft, _, _| (1..=MANY).all(|number| line(draft, &format!("X-Tenantcheck-{number}"), "a")),
        |sent, _, _| sent.headers().len() > MANY,
    ),
    reading(
        "negotiation/host-unknown",
        "a Host that is not the tenant's, and no credential",
        NOBODY,
        |draft, _, _| host(draft, &[NOWHERE]),
        |sent, _, _| is_host(*sent, 1),
    ),
    reading(
        "negotiation/host-twice",
        "two Host headers and no credential",
        NOBODY,
        |draft, _, _| host(draft, &[NOWHERE, "tenantcheck.example"]),
        |sent, _, _| is_host(*sent, 2),
    ),
];

/// Names hosts; the credential belongs to the tenant alone and stays here.
fn host(draft: &mut Draft, names: &[&str]) -> bool {
    draft.authorization.clear();
    draft.headers.extend(names.iter().map(|name| ("Host".to_owned(), name.as_bytes().to_vec())));
    true
}

fn is_host(sent: Sent<'_>, lines: usize) -> bool {
    let hosts: Vec<_> = sent.header("host").collect();
    hosts.len() == lines
        && hosts.iter().any(|host| host.text().ends_with(".invalid"))
        && sent.header("authorization").next().is_none()
}
