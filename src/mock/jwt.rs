//! Tokens: JWTs signed by HS256 with a secret of this process.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde::{Deserialize, Serialize};

/// What a token says of its bearer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The client, which the rate limit counts by.
    pub client_id: String,
    /// Whether the bearer may do everything; else nothing.
    pub authority: bool,
    /// When the token ends, in seconds since 1970.
    pub exp: u64,
    /// The token's own id.
    pub jti: String,
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadToken {
    /// It is no JWT.
    Malformed,
    /// It names another way to be signed, such as none.
    Unsigned,
    /// Somebody else signed it.
    Signature,
    /// Its time is over.
    Expired,
}

/// Signs tokens and knows its own again.
#[derive(Debug)]
pub struct Signer(hmac::Key);

#[derive(Deserialize)]
struct Header {
    alg: String,
}

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

impl Signer {
    /// Signs with the given secret.
    pub fn new(key: hmac::Key) -> Self {
        Self(key)
    }

    /// Makes a token.
    pub fn sign(&self, claims: &Claims) -> String {
        let claims = serde_json::json!(claims).to_string();
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(claims));
        let tag = hmac::sign(&self.0, signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag))
    }

    /// Tells what a token says, if it is one of ours and still good at an instant (seconds since 1970).
    pub fn verify(&self, token: &str, now: u64) -> Result<Claims, BadToken> {
        let (signed, tag) = token.rsplit_once('.').ok_or(BadToken::Malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(BadToken::Malformed)?;
        if claims.contains('.') {
            return Err(BadToken::Malformed);
        }
        let header: Header = part(header)?;
        if header.alg != "HS256" {
            return Err(BadToken::Unsigned);
        }
        let tag = URL_SAFE_NO_PAD.decode(tag).map_err(|_| BadToken::Malformed)?;
        hmac::verify(&self.0, signed.as_bytes(), &tag).map_err(|_| BadToken::Signature)?;
        let claims: Claims = part(claims)?;
        if claims.exp > now { Ok(claims) } else { Err(BadToken::Expired) }
    }
}

/// Whether a text has the form of a token that some mock has made: its header and exactly its claims. A real tenant has
/// others.
pub fn is_own_token(text: &str) -> bool {
    let claims = text.trim().strip_prefix(&format!("{}.", URL_SAFE_NO_PAD.encode(HEADER)));
    let Some((claims, _)) = claims.and_then(|rest| rest.split_once('.')) else { return false };
    let Ok(told) = part::<serde_json::Value>(claims) else { return false };
    part::<Claims>(claims).is_ok_and(|known| serde_json::json!(known) == told)
}

fn part<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, BadToken> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadToken::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| BadToken::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(secret: &[u8]) -> Signer {
        Signer::new(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    fn claims() -> Claims {
        Claims { client_id: "c".into(), authority: true, exp: 1000, jti: "j".into() }
    }

    #[test]
    fn a_token_is_good_until_its_end() {
        let token = signer(b"ours").sign(&claims());
        assert_eq!(signer(b"ours").verify(&token, 999), Ok(claims()));
        assert_eq!(signer(b"ours").verify(&token, 1000), Err(BadToken::Expired));
    }

    #[test]
    fn a_token_of_another_secret_is_refused_even_if_it_is_expired_too() {
        let token = signer(b"theirs").sign(&claims());
        assert_eq!(signer(b"ours").verify(&token, 2000), Err(BadToken::Signature));
    }

    #[test]
    fn a_token_of_any_mock_is_told_by_its_form() {
        let ours = signer(b"of some process").sign(&claims());
        assert!(is_own_token(&ours) && is_own_token(&format!("{ours}\n")));
        let other = |claims: &str| format!("{}.{}.tag", URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(claims));
        let more = r#"{"authority":true,"client_id":"c","exp":1000,"jti":"j","tenant_id":"t"}"#;
        for token in ["", "opaque", "a.b.c", &other("{}"), &other(more), ours.trim_start_matches("ey")] {
            assert!(!is_own_token(token), "{token}");
        }
        assert!(is_own_token(&other(&more.replace(",\"tenant_id\":\"t\"", ""))));
    }

    #[test]
    fn changed_claims_are_refused() {
        let token = signer(b"ours").sign(&claims());
        let other = URL_SAFE_NO_PAD.encode(serde_json::json!(Claims { exp: 9999, ..claims() }).to_string());
        let parts: Vec<&str> = token.split('.').collect();
        let forged = format!("{}.{other}.{}", parts[0], parts[2]);
        assert_eq!(signer(b"ours").verify(&forged, 0), Err(BadToken::Signature));
    }

    #[test]
    fn an_unsigned_token_is_refused() {
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        let body = URL_SAFE_NO_PAD.encode(serde_json::json!(claims()).to_string());
        assert_eq!(signer(b"ours").verify(&format!("{header}.{body}."), 0), Err(BadToken::Unsigned));
    }

    #[test]
    fn what_is_no_jwt_is_malformed() {
        let good = signer(b"ours").sign(&claims());
        for token in
            ["", ".", "..", "a.b", "abc", "a.b.c.d", "é.é.é", "{}.{}.{}", &format!("{good}="), &format!("{good}.")]
        {
            let refused = signer(b"ours").verify(token, 0);
            assert_eq!(refused, Err(BadToken::Malformed), "{token}");
        }
    }
}
