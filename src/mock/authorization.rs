//! Who calls: the reading of the `Authorization` header.

use super::jwt::{BadToken, Claims, Signer};
use super::refusal::Refusal;
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// Tells the caller from the headers of a request, at an instant in seconds since 1970.
pub fn caller(headers: &HeaderMap, signer: &Signer, now: u64) -> Result<Claims, Refusal> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = match (values.next(), values.next()) {
        (None, _) => return Err(Refusal::Unauthorized("There is no Authorization header")),
        (Some(_), Some(_)) => return Err(Refusal::Unauthorized("There is more than one Authorization header")),
        (Some(value), None) => value.to_str().map_err(|_| MALFORMED)?,
    };
    let (scheme, token) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
    match token.trim() {
        _ if scheme.is_empty() => Err(Refusal::Unauthorized("The Authorization header is empty")),
        _ if !scheme.eq_ignore_ascii_case("bearer") => {
            Err(Refusal::Unauthorized("The Authorization header's scheme is not Bearer"))
        }
        "" => Err(Refusal::Unauthorized("The Authorization header holds no token")),
        token => signer.verify(token, now).map_err(refusal),
    }
}

const MALFORMED: Refusal = Refusal::Unauthorized("JWT validation failed: JWT is malformed");

fn refusal(bad: BadToken) -> Refusal {
    match bad {
        BadToken::Malformed => MALFORMED,
        BadToken::Unsigned => Refusal::Unauthorized("JWT validation failed: JWT is not signed by HS256"),
        BadToken::Signature => Refusal::Unauthorized("JWT validation failed: JWT signature does not match"),
        BadToken::Expired => Refusal::Unauthorized("JWT validation failed: JWT is expired"),
    }
}
