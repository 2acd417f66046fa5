//! The layer `credential`: credentials that nobody may be let in with. Bad ones never lie in the request target, and a
//! good one does only where URLs are logged for nobody but the user.

use crate::exchange::{Secrets, jwt};
use crate::generate::defect::{Aid, Apply, Defect, Owed, Place, Shows};
use crate::generate::draft::Draft;
use crate::generate::proof::{Sent, SentToken};

const MALFORMED: Owed = Owed::unauthorized("credential.malformed");
/// A firewall in front may refuse such a header with 403 before anybody asks who sent it.
const STRANGE: Owed = Owed { statuses: &[401, 403], ..MALFORMED.or_http() };
/// The page speaks of a JWT that a bearer shows: the good token under any other word, or none, is no such credential.
const OTHER_SCHEME: Owed = Owed::unauthorized("credential.other-scheme");
const WRONGLY_SIGNED: Owed = Owed::unauthorized("credential.wrongly-signed");

/// Times from here on lie ahead: 2090-01-01T00:00:00Z, in seconds since 1970.
const AHEAD: u64 = 3_786_912_000;
/// 8 KiB and one more.
const LONG: usize = 8193;
/// Where a token is looked for by servers that do not keep to the Authorization header, beside the query.
const ELSEWHERE: [&str; 4] = ["Cookie", "X-Auth-Token", "X-Access-Token", "X-Api-Key"];
/// How a query carries it (RFC 6750, 2.3). A form could as well, but two ways at once are a malformed request.
const QUERY: &[u8] = b"access_token=";

/// The defects of this layer.
pub const ALL: &[Defect] = &[
    credential(
        "credential/long-token",
        "a token of 8 KiB",
        STRANGE,
        |draft, _, _| bearer(draft, &[b'a'; LONG]),
        |sent, _, _| sent.credentials().iter().any(|(_, rest)| rest.len() >= LONG),
    ),
    credential(
        "credential/control-characters",
        "control characters in the token",
        STRANGE,
        |draft, _, _| bearer(draft, b"not\x01a\x7ftoken"),
        |sent, _, _| sent.header("authorization").any(|value| value.0.iter().any(u8::is_ascii_control)),
    ),
    credential(
        "credential/several-schemes",
        "credentials of two schemes in one Authorization header",
        Owed::unauthorized("credential.duplicated").or_http(),
        |draft, _, aid| {
            draft.authorization = vec![[b"Basic dXNlcjpwYXNz, ", aid.good.as_bytes()].concat()];
            true
        },
        |sent, _, _| {
            let credentials = sent.credentials();
            let schemes: Vec<&str> = credentials.iter().map(|(scheme, _)| scheme.as_str()).collect();
            schemes == ["basic", "bearer"] && sent.header("authorization").count() == 1
        },
    ),
    credential(
        "credential/no-scheme",
        "the good token without a scheme",
        OTHER_SCHEME,
        |draft, _, aid| alone(draft, aid),
        |sent, _, aid| {
            let token = aid.good.trim_start_matches("Bearer ");
            sent.header("authorization").map(|value| value.text().into_owned()).eq([token.to_owned()])
        },
    ),
    credential(
        "credential/token-in-other-headers",
        "the token in a cookie, in other headers and, on loopback, in the query, and no Authorization",
        Owed::unauthorized("credential.missing"),
        |draft, _, aid| {
            let token = aid.good.rsplit_once("Bearer ").map_or("", |(_, token)| token);
            draft.authorization.clear();
            draft.headers.extend(ELSEWHERE.iter().map(|name| {
                let before = if *name == "Cookie" { "access_token=" } else { "" };
                ((*name).to_owned(), format!("{before}{token}").into_bytes())
            }));
            if aid.urls {
                let before = draft.query.take().map(|query| [query.as_slice(), b"&"].concat());
                draft.query = Some([before.unwrap_or_default().as_slice(), QUERY, token.as_bytes()].concat());
            }
            !token.is_empty()
        },
        |sent, _, aid| {
            let token = aid.good.trim_start_matches("Bearer ");
            let carries = |name| sent.header(name).any(|value| value.text().ends_with(token));
            let asks = sent.query().is_some_and(|query| query.ends_with(&[QUERY, token.as_bytes()].concat()));
            sent.header("authorization").next().is_none() && ELSEWHERE.into_iter().all(carries) && asks == aid.urls
        },
    ),
    credential(
        "credential/jwt-of-another-issuer",
        "a token that another issuer made, and that is not valid before the year 2099",
        WRONGLY_SIGNED,
        |draft, _, _| forged(draft, "of-another-issuer"),
        |sent, _, _| {
            token(*sent, |token| {
                token.issuer().is_some_and(|issuer| issuer.ends_with(".invalid"))
                    && token.time("nbf").is_some_and(|from| from > AHEAD)
            })
        },
    ),
    credential(
        "credential/jwt-unsigned-in-odd-letters",
        "an unsigned token whose `alg` is `nOnE`",
        Owed::unauthorized("credential.unsigned"),
        |draft, _, aid| own(draft, "unsigned-in-odd-letters", aid),
        |sent, _, _| {
            let odd = |alg: &str| alg != "none" && alg.eq_ignore_ascii_case("none");
            token(*sent, |token| odd(token.algorithm()) && token.signature == 0)
        },
    ),
    credential(
        "credential/jwt-truncated-signature",
        "a token whose signature is cut off",
        WRONGLY_SIGNED,
        |draft, _, aid| own(draft, "truncated-signature", aid),
        |sent, _, _| token(*sent, |token| token.algorithm() == "HS256" && (1..32).contains(&token.signature)),
    ),
    credential(
        "credential/jwt-empty-parts",
        "a token of three empty parts",
        MALFORMED,
        |draft, _, _| forged(draft, "empty-parts"),
        |sent, _, _| token(*sent, |token| token.header.is_null() && token.claims.is_null() && token.signature == 0),
    ),
];

const fn credential(id: &'static str, title: &'static str, owed: Owed, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::Credential, owed, apply, shows }
}

fn bearer(draft: &mut Draft, token: &[u8]) -> bool {
    draft.authorization = vec![[b"Bearer ", token].concat()];
    true
}

/// The good token and nothing before it.
fn alone(draft: &mut Draft, aid: &Aid) -> bool {
    let token = aid.good.strip_prefix("Bearer ").filter(|token| !token.is_empty());
    draft.authorization = token.map(|token| token.as_bytes().to_vec()).into_iter().collect();
    token.is_some()
}

fn forged(draft: &mut Draft, kind: &str) -> bool {
    jwt(kind).is_some_and(|token| bearer(draft, token.as_bytes()))
}

/// A bad token with the caller's own claims, where the caller has a JWT.
fn own(draft: &mut Draft, kind: &str, aid: &Aid) -> bool {
    bearer(draft, Secrets::forged_marker(&aid.caller, kind).as_bytes())
}

fn token(sent: Sent<'_>, says: impl FnOnce(&SentToken) -> bool) -> bool {
    sent.token().is_some_and(|token| says(&token))
}

#[cfg(test)]
mod tests {
    use super::{ALL, Sent, jwt};
    use crate::contract::JWT_KINDS;
    use crate::exchange::{FORGED, Probe, Secrets};
    use crate::generate::defect::{Aid, Spot};
    use crate::generate::defects::sample::{aid, draft, proven};
    use crate::generate::render::render;
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    #[test]
    fn every_bad_credential_shows_in_the_bytes() {
        proven(ALL, "");
    }

    #[test]
    fn a_token_of_the_callers_own_shows_the_same_when_it_goes_out() {
        let signed = ["{\"alg\":\"HS256\",\"kid\":\"k\"}", "{\"sub\":\"somebody\"}", "a signature of some length"];
        let token = signed.map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
        let mut secrets = Secrets::default();
        secrets.insert("full", token.clone());
        for (id, kind) in [("jwt-unsigned-in-odd-letters", "odd"), ("jwt-truncated-signature", "cut")] {
            let defect = ALL.iter().find(|defect| defect.id.ends_with(id)).unwrap();
            let mut broken = draft();
            assert!((defect.apply)(&mut broken, &Spot::Request, &aid("")));
            let mut probe = render(&broken, Probe::default());
            probe.headers.iter_mut().for_each(|(_, value)| *value = secrets.fill(&value.0).into());
            let sent = Sent::of(&probe);
            assert!((defect.shows)(&sent, &Spot::Request, &aid("")), "{kind}: {probe:?}");
            assert!(sent.token().is_some_and(|token| token.claims["sub"] == "somebody"), "{kind}: {probe:?}");
            assert!(!format!("{probe:?}").contains(&token), "{kind}");
        }
    }

    #[test]
    fn every_bad_token_that_a_case_may_ask_for_can_be_made() {
        for kind in JWT_KINDS {
            assert!(jwt(kind).is_some(), "{kind}");
        }
        assert!(FORGED.iter().all(|kind| JWT_KINDS.contains(kind)));
    }

    #[test]
    fn a_credential_lies_in_the_request_target_only_where_it_may() {
        for defect in ALL {
            for urls in [false, true] {
                let mut broken = draft();
                assert!((defect.apply)(&mut broken, &Spot::Request, &Aid { urls, ..aid("") }));
                let good = urls && defect.id == "credential/token-in-other-headers";
                let query = good.then(|| b"access_token={{secret full}}".to_vec());
                assert_eq!((broken.path, broken.query), (draft().path, query), "{}", defect.id);
            }
        }
    }
}
