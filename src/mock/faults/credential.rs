//! Credentials that are taken for good ones, and a good one that is not.

use super::{Class, Deed, Fault};
use crate::mock::at::At;
use crate::mock::call::Call;
use crate::mock::clock;
use crate::mock::endpoint::Endpoint;
use crate::mock::estate::Estate;
use crate::mock::jwt::{BadToken, Claims};
use crate::mock::rewrite;
use crate::mock::sources::DIRECT;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{AUTHORIZATION, COOKIE, HeaderValue};
use serde_json::Value;

/// The family.
pub const ALL: &[Fault] = &[
    fault("credential/missing", "Who shows no credential is let in", GUARDED, |estate, call| {
        let_in_if(estate, call, !call.head.headers.contains_key(AUTHORIZATION));
    }),
    fault("credential/empty", "An empty credential is let in", GUARDED, |estate, call| {
        let empty = lines(call).as_slice() == [""] || lines(call).as_slice() == ["Bearer"];
        let_in_if(estate, call, empty);
    }),
    fault("credential/malformed", "Any word is taken for a token", GUARDED, |estate, call| {
        let word = token(call).is_some_and(|token| token.split('.').count() != 3);
        let_in_if(estate, call, word);
    }),
    fault("credential/other-scheme", "A password that nobody looks at is let in", GUARDED, |estate, call| {
        let_in_if(estate, call, lines(call).iter().any(|line| line.starts_with("Basic ")));
    }),
    fault("credential/expired", "The end of a token is not looked at", GUARDED, |estate, call| {
        let expired = told(call).is_some_and(|told| told.signed && told.expires <= clock::seconds());
        let_in_if(estate, call, expired);
    }),
    fault("credential/expired-upload", "An expired token may upload", UPLOAD, |estate, call| {
        let expired = told(call).is_some_and(|told| told.signed && told.expires <= clock::seconds());
        let_in_if(estate, call, expired);
    }),
    fault(
        "credential/once-valid",
        "The end of a token that the tenant signed is not looked at",
        GUARDED,
        |estate, call| {
            let over = |token: &str| estate.signer.verify(token, clock::seconds()) == Err(BadToken::Expired);
            let_in_if(estate, call, token(call).is_some_and(over));
        },
    ),
    fault("credential/unsigned", "A token may say that it is not signed", GUARDED, |estate, call| {
        let_in_if(estate, call, told(call).is_some_and(|told| !told.signed));
    }),
    fault("credential/wrongly-signed", "The signature of a token is not looked at", GUARDED, |estate, call| {
        let current = told(call).is_some_and(|told| told.signed && told.expires > clock::seconds());
        let strange = |token: &str| estate.signer.verify(token, clock::seconds()) == Err(BadToken::Signature);
        let_in_if(estate, call, current && token(call).is_some_and(strange));
    }),
    fault("credential/missing-events", "Who shows no credential gets events", EVENTS, |estate, call| {
        let_in_if(estate, call, !call.head.headers.contains_key(AUTHORIZATION));
    }),
    fault("credential/forwarded-loopback", "Who says to come from 127.0.0.1 is let in", GUARDED, |estate, call| {
        let local = call.head.headers.get("x-forwarded-for").is_some_and(|from| from == "127.0.0.1");
        let_in_if(estate, call, local);
    }),
    fault("credential/no-scheme", "A token needs no scheme", GUARDED, |estate, call| {
        let good = |line: &str| estate.signer.verify(line, clock::seconds()).is_ok();
        let_in_if(estate, call, matches!(lines(call).as_slice(), [one] if good(one)));
    }),
    fault("credential/scheme-jwt", "A token may be shown under the scheme JWT", DOCUMENT, |estate, call| {
        let_in_if(estate, call, shown_under(estate, call, "JWT "));
    }),
    fault(
        "credential/scheme-token-upload",
        "Who uploads may show a token under the scheme Token",
        UPLOAD,
        |estate, call| {
            let_in_if(estate, call, shown_under(estate, call, "Token "));
        },
    ),
    fault("credential/no-authority-entitlements", "Everybody who is known gets entitlements", ENTITLEMENTS, lift),
    fault("credential/no-authority-direct", "Everybody who is known may aggregate a direct source", DIRECTLY, lift),
    fault("credential/first-of-two", "Of two credentials the first one counts", GUARDED, |_, call| {
        if let Some(first) = call.head.headers.get(AUTHORIZATION).cloned() {
            call.head.headers.insert(AUTHORIZATION, first);
        }
    }),
    fault("credential/last-of-two", "Of two credentials the last one counts", GUARDED, |_, call| {
        if let Some(last) = call.head.headers.get_all(AUTHORIZATION).iter().next_back().cloned() {
            call.head.headers.insert(AUTHORIZATION, last);
        }
    }),
    fault("credential/no-authority", "Everybody who is known may do everything", GUARDED, lift),
    fault("credential/no-authority-upload", "Everybody who is known may upload", UPLOAD, lift),
    fault("credential/query-token", "A token in the query is as good as one in the header", GUARDED, |_, call| {
        let token = call.head.uri.query().and_then(|query| {
            query.split('&').find_map(|field| field.strip_prefix("access_token=")).map(ToOwned::to_owned)
        });
        show(call, token);
    }),
    fault("credential/cookie-token", "A token in a cookie is as good as one in the header", GUARDED, |_, call| {
        let cookies = call.head.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut cookies = cookies.flat_map(|value| value.split(';'));
        let token = cookies.find_map(|cookie| cookie.trim().strip_prefix("access_token=")).map(ToOwned::to_owned);
        show(call, token);
    }),
    fault("credential/scheme-case", "The scheme must be written Bearer", GUARDED, |_, call| {
        if lines(call).iter().any(|line| !line.starts_with("Bearer")) {
            call.head.headers.remove(AUTHORIZATION);
        }
    }),
    fault("credential/decoded-only", "A token is decoded and its claims are believed", GUARDED, |estate, call| {
        let_in_if(estate, call, believed(call).is_some());
    }),
    fault("credential/decoded-only-upload", "The claims of who uploads are believed", UPLOAD, |estate, call| {
        let_in_if(estate, call, believed(call).is_some());
    }),
    fault("credential/unsigned-claims", "Claims are believed where `alg` is none", GUARDED, |estate, call| {
        let unsigned = |(_, algorithm): (Claims, String)| algorithm.eq_ignore_ascii_case("none");
        let_in_if(estate, call, believed(call).is_some_and(unsigned));
    }),
    fault("credential/beginning-of-signature", "A signature is compared as far as it goes", GUARDED, |estate, call| {
        let begins = |(claims, _): (Claims, String)| {
            // The last letter of a cut signature holds bits of no octet.
            let most = token(call).and_then(|token| token.get(..token.len() - 1)).filter(|most| !most.ends_with('.'));
            most.is_some_and(|most| estate.signer.sign(&claims).starts_with(most))
        };
        let_in_if(estate, call, believed(call).is_some_and(begins));
    }),
];

const DOCUMENT: At = At::ANYWHERE.of(Endpoint::GetDocument);
const EVENTS: At = DOCUMENT.under("/events/");
const ENTITLEMENTS: At = DOCUMENT.under("/entitlements/");
const DIRECTLY: At = UPLOAD.under(DIRECT.id);
const UPLOAD: At = At::ANYWHERE.of(Endpoint::LoadAccounts);
const GUARDED: At = At::ANYWHERE;

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(&Estate, &mut Call)) -> Fault {
    Fault { id, report: None, class: Class::Credential, title, at, deed: Deed::Misread(deed) }
}

/// What a token says of itself, whoever made it.
struct Told {
    signed: bool,
    expires: u64,
}

fn let_in_if(estate: &Estate, call: &mut Call, fooled: bool) {
    if fooled {
        rewrite::let_in(estate, call);
    }
}

/// Takes a token from elsewhere, where there is no Authorization.
fn show(call: &mut Call, token: Option<String>) {
    let value = token.and_then(|token| HeaderValue::try_from(format!("Bearer {token}")).ok());
    if let Some(value) = value.filter(|_| !call.head.headers.contains_key(AUTHORIZATION)) {
        call.head.headers.insert(AUTHORIZATION, value);
    }
}

/// Gives a caller without authority all of it.
fn lift(estate: &Estate, call: &mut Call) {
    let claims = token(call).and_then(|token| estate.signer.verify(token, clock::seconds()).ok());
    let_in_if(estate, call, claims.is_some_and(|claims| !claims.authority));
}

/// Whether a good token is shown under a scheme.
fn shown_under(estate: &Estate, call: &Call, scheme: &str) -> bool {
    let good = |token: &str| estate.signer.verify(token, clock::seconds()).is_ok();
    lines(call).iter().any(|line| line.strip_prefix(scheme).is_some_and(good))
}

fn lines(call: &Call) -> Vec<&str> {
    let values = call.head.headers.get_all(AUTHORIZATION).iter();
    values.map(|value| value.to_str().unwrap_or_default().trim()).collect()
}

/// The token, where there is just one credential and it is a bearer's.
fn token(call: &Call) -> Option<&str> {
    match lines(call).as_slice() {
        [one] => one.strip_prefix("Bearer ").map(str::trim).filter(|token| !token.is_empty()),
        _ => None,
    }
}

fn told(call: &Call) -> Option<Told> {
    let mut parts = token(call)?.split('.').map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
        serde_json::from_slice::<Value>(&bytes).ok()
    });
    let (header, claims) = (parts.next()??, parts.next()??);
    Some(Told { signed: header.get("alg")?.as_str()? != "none", expires: claims.get("exp")?.as_u64()? })
}

/// What a token says, and by which algorithm it claims to be signed, where its bearer may still do everything by it.
fn believed(call: &Call) -> Option<(Claims, String)> {
    let mut parts = token(call)?.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let header: Value = serde_json::from_slice(&parts.next()??).ok()?;
    let claims: Claims = serde_json::from_slice(&parts.next()??).ok()?;
    let algorithm = header.get("alg")?.as_str()?.to_owned();
    (claims.authority && claims.exp > clock::seconds()).then_some((claims, algorithm))
}
