//! What changes nothing of the request: every tenant serves it. Several of these share a request.

use super::{line, reading};
use crate::generate::defect::{Aid, Defect, Owed};
use crate::generate::draft::Draft;
use crate::generate::proof::Sent;
use crate::generate::strategy::letter_case;
use oxilangtag::LanguageTag;

const SERVED: Owed = Owed::served();
/// A trace as W3C Trace Context writes it, which nobody samples.
const TRACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

/// The variations. Those of all names come last, so that they take in what the others add.
pub const ALL: &[Defect] = &[
    reading(
        "negotiation/accept-weights",
        "an Accept header with weights, as browsers send it",
        SERVED,
        |draft, _, aid| accept(draft, aid, |kind| format!("text/html, image/avif;q=0.9, {kind};q=0.5, */*;q=0.1")),
        |sent, _, aid| {
            let listed = sent.list("accept");
            let offered = listed.iter().any(|element| is_offered(aid, &element.value) && element.weight < 1000);
            offered && listed.iter().any(|element| element.value == "*/*" && element.weight < 500)
        },
    ),
    reading(
        "negotiation/accept-range",
        "an Accept header with a range of media types",
        SERVED,
        |draft, _, aid| accept(draft, aid, |kind| format!("{}/*", kind.split('/').next().unwrap_or_default())),
        |sent, _, aid| {
            let range = |value: &str| value.strip_suffix('*').filter(|start| start.len() > 2).map(ToOwned::to_owned);
            let ranges: Vec<_> = sent.list("accept").iter().filter_map(|element| range(&element.value)).collect();
            ranges.iter().any(|start| aid.offered.iter().any(|kind| kind.starts_with(start)))
        },
    ),
    reading(
        "negotiation/accept-parameters",
        "an Accept header with a parameter of a media type",
        SERVED,
        |draft, _, aid| accept(draft, aid, |kind| format!("{kind};charset=utf-8, {kind};q=0.9")),
        |sent, _, aid| {
            let listed = sent.list("accept");
            listed.iter().any(|element| is_offered(aid, &element.value) && !element.parameters.is_empty())
        },
    ),
    reading(
        "negotiation/accept-in-two-lines",
        "an Accept header in two lines",
        SERVED,
        |draft, _, aid| {
            let fresh = accept(draft, aid, |_| "text/html;q=0.5".to_owned());
            draft.headers.extend(aid.offered.first().map(|kind| ("Accept".to_owned(), kind.clone().into_bytes())));
            fresh
        },
        |sent, _, aid| {
            let last = sent.header("accept").nth(1);
            last.is_some_and(|value| is_offered(aid, &value.text()))
        },
    ),
    reading(
        "negotiation/language-ranges",
        "an Accept-Language header with ranges and weights",
        SERVED,
        |draft, _, _| line(draft, "Accept-Language", "de-CH, de;q=0.9, en;q=0.8, *;q=0.5"),
        |sent, _, _| {
            let listed = sent.list("accept-language");
            let falls = listed.windows(2).all(|pair| matches!(pair, [one, other] if one.weight > other.weight));
            listed.len() > 2 && falls && listed.last().is_some_and(|element| element.value == "*")
        },
    ),
    reading(
        "negotiation/language-variants",
        "an Accept-Language header with scripts and variants",
        SERVED,
        |draft, _, _| line(draft, "Accept-Language", "sl-rozaj-biske-1994, zh-Hant-TW;q=0.8, de-CH-1901;q=0.5"),
        |sent, _, _| {
            tagged(*sent, |tag| tag.variant_subtags().count() > 1) && tagged(*sent, |tag| tag.script() == Some("hant"))
        },
    ),
    reading(
        "negotiation/language-extensions",
        "an Accept-Language header with extensions and private subtags",
        SERVED,
        |draft, _, _| line(draft, "Accept-Language", "en-US-u-ca-gregory-x-tenant, i-klingon;q=0.2"),
        |sent, _, _| tagged(*sent, |tag| tag.extension().is_some() && tag.private_use().is_some()),
    ),
    reading(
        "negotiation/language-wildcard",
        "an Accept-Language header that takes any language",
        SERVED,
        |draft, _, _| line(draft, "Accept-Language", "*"),
        |sent, _, _| matches!(sent.list("accept-language").as_slice(), [any] if any.value == "*" && any.weight == 1000),
    ),
    reading(
        "negotiation/encoding-gzip",
        "an Accept-Encoding header with gzip",
        SERVED,
        |draft, _, _| line(draft, "Accept-Encoding", "gzip"),
        |sent, _, _| is_coding(*sent, &[("gzip", 1000)]),
    ),
    reading(
        "negotiation/encoding-deflate",
        "an Accept-Encoding header with deflate and weights",
        SERVED,
        |draft, _, _| line(draft, "Accept-Encoding", "gzip;q=0, deflate;q=0.7"),
        |sent, _, _| is_coding(*sent, &[("gzip", 0), ("deflate", 700)]),
    ),
    reading(
        "negotiation/encoding-identity",
        "an Accept-Encoding header that takes no coding",
        SERVED,
        |draft, _, _| line(draft, "Accept-Encoding", "identity"),
        |sent, _, _| is_coding(*sent, &[("identity", 1000)]),
    ),
    reading(
        "negotiation/encoding-unknown",
        "an Accept-Encoding header with a coding that nobody knows",
        SERVED,
        |draft, _, _| line(draft, "Accept-Encoding", "x-tenantcheck, identity;q=0.5"),
        |sent, _, _| is_coding(*sent, &[("x-tenantcheck", 1000), ("identity", 500)]),
    ),
    reading(
        "negotiation/query-fields",
        "a query of fields that nobody reads",
        SERVED,
        |draft, _, _| query(draft, b"_=a&_=b&_empty=&_flag&_text=%C3%A9+1"),
        |sent, _, _| {
            let fields = sent.fields();
            fields.iter().filter(|(name, _)| name == b"_").count() == 2
                && fields.iter().any(|(_, text)| text == "\u{e9} 1".as_bytes())
        },
    ),
    reading(
        "negotiation/query-empty",
        "a question mark and no query behind it",
        SERVED,
        |draft, _, _| query(draft, b""),
        |sent, _, _| sent.query().is_some_and(<[u8]>::is_empty),
    ),
    reading(
        "negotiation/query-brackets",
        "a query of escaped brackets",
        SERVED,
        |draft, _, _| query(draft, b"_%5B%5D=a&_%5B0%5D%5Bb%5D=c"),
        |sent, _, _| sent.fields().iter().filter(|(name, _)| name.ends_with(b"]")).count() == 2,
    ),
    reading(
        "negotiation/forwarded",
        "the headers of a proxy that tells whom it asks for",
        SERVED,
        |draft, _, _| {
            line(draft, "X-Forwarded-For", "192.0.2.7, 198.51.100.9") && line(draft, "Via", "1.1 tenantcheck")
        },
        |sent, _, _| {
            let listed = sent.list("x-forwarded-for");
            listed.len() == 2 && sent.header("via").next().is_some()
        },
    ),
    reading(
        "negotiation/traced",
        "the headers of a trace",
        SERVED,
        |draft, _, _| line(draft, "traceparent", TRACE) && line(draft, "tracestate", "tenantcheck=1"),
        |sent, _, _| {
            let fields = |text: &str| text.split('-').map(str::len).collect::<Vec<_>>() == [2, 32, 16, 2];
            sent.header("traceparent").any(|value| fields(&value.text()))
        },
    ),
    reading(
        "negotiation/cookie",
        "a cookie that nobody set",
        SERVED,
        |draft, _, _| line(draft, "Cookie", "tenantcheck=1; theme=\"dark\""),
        |sent, _, _| sent.header("cookie").any(|value| value.text().contains('=')),
    ),
    reading(
        "negotiation/blanks-around-a-value",
        "blanks around the value of a header",
        SERVED,
        |draft, _, _| line(draft, "X-Tenantcheck-Blanks", "  a \t"),
        |sent, _, _| sent.headers().iter().any(|(_, value)| value.0.starts_with(b" ") && value.0.ends_with(b"\t")),
    ),
    reading(
        "negotiation/scheme-in-odd-letters",
        "the scheme of the credential as `bEaReR`",
        SERVED,
        |draft, _, _| {
            draft.authorization.first_mut().is_some_and(|value| {
                let rest = value.strip_prefix(b"Bearer".as_slice()).map(|rest| [b"bEaReR", rest].concat());
                rest.is_some_and(|changed| {
                    *value = changed;
                    true
                })
            })
        },
        |sent, _, _| sent.header("authorization").any(|value| value.0.starts_with(b"bEaReR ")),
    ),
    reading(
        "negotiation/names-in-small-letters",
        "header names in small letters",
        SERVED,
        |draft, _, _| rename(draft, str::to_ascii_lowercase),
        |sent, _, _| is_spelled(*sent, |letter| !letter.is_ascii_uppercase()),
    ),
    reading(
        "negotiation/names-in-capital-letters",
        "header names in capital letters",
        SERVED,
        |draft, _, _| rename(draft, str::to_ascii_uppercase),
        |sent, _, _| is_spelled(*sent, |letter| !letter.is_ascii_lowercase()),
    ),
    reading(
        "negotiation/drawn-names",
        "header names in letter case that the root seed draws",
        SERVED,
        |draft, _, aid| rename(draft, |name| letter_case(name, aid.draw).unwrap_or_default()),
        |sent, _, aid| {
            let is_drawn = |name: &String| Some(name) == letter_case(name, aid.draw).as_ref();
            !sent.headers().is_empty() && sent.headers().iter().all(|(name, _)| is_drawn(name))
        },
    ),
];

/// Adds an Accept header made from the first media type that the operation offers; false where it offers none.
fn accept(draft: &mut Draft, aid: &Aid, written: impl FnOnce(&str) -> String) -> bool {
    aid.offered.first().is_some_and(|kind| line(draft, "Accept", written(kind)))
}

fn is_offered(aid: &Aid, value: &str) -> bool {
    aid.offered.iter().any(|kind| kind.eq_ignore_ascii_case(value))
}

fn query(draft: &mut Draft, text: &[u8]) -> bool {
    draft.query.replace(text.to_vec()).is_none()
}

/// Writes every header name in another letter case, that of the credential among them.
fn rename(draft: &mut Draft, written: impl Fn(&str) -> String) -> bool {
    let credentials = std::mem::take(&mut draft.authorization);
    let named = credentials.into_iter().map(|value| ("Authorization".to_owned(), value));
    draft.headers =
        named.chain(std::mem::take(&mut draft.headers)).map(|(name, value)| (written(&name), value)).collect();
    !draft.headers.is_empty()
}

fn is_spelled(sent: Sent<'_>, holds: fn(&char) -> bool) -> bool {
    let names = sent.headers().iter().flat_map(|(name, _)| name.chars());
    !sent.headers().is_empty() && names.into_iter().all(|letter| holds(&letter))
}

/// Whether a language that is asked for is a well-formed tag of that kind.
fn tagged(sent: Sent<'_>, holds: impl Fn(&LanguageTag<&str>) -> bool) -> bool {
    sent.list("accept-language")
        .iter()
        .any(|element| LanguageTag::parse(element.value.as_str()).is_ok_and(|tag| holds(&tag)))
}

fn is_coding(sent: Sent<'_>, wanted: &[(&str, u16)]) -> bool {
    let listed = sent.list("accept-encoding");
    listed.len() == wanted.len()
        && listed
            .iter()
            .zip(wanted)
            .all(|(element, (value, weight))| element.value == *value && element.weight == *weight)
}
