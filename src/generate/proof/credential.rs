//! Reads credentials: schemes, and what a JSON Web Token says.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

/// A JSON Web Token as its three parts say it. A part that cannot be read is null.
#[derive(Debug, Clone, PartialEq)]
pub struct SentToken {
    /// The first part.
    pub header: Value,
    /// The second part.
    pub claims: Value,
    /// How many octets the signature has.
    pub signature: usize,
}

impl SentToken {
    /// Reads a token that has three parts.
    pub fn read(token: &str) -> Option<Self> {
        let [header, claims, signature] = <[&str; 3]>::try_from(token.split('.').collect::<Vec<_>>()).ok()?;
        let octets = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
        let read = |part: &str| octets(part).and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
        Some(Self { header: read(header), claims: read(claims), signature: octets(signature)?.len() })
    }

    /// The algorithm that it claims to be signed by.
    pub fn algorithm(&self) -> &str {
        self.header.get("alg").and_then(Value::as_str).unwrap_or_default()
    }

    /// A time among its claims, in seconds since 1970.
    pub fn time(&self, claim: &str) -> Option<u64> {
        self.claims.get(claim)?.as_u64()
    }

    /// Who issued it, by its own word.
    pub fn issuer(&self) -> Option<&str> {
        self.claims.get("iss")?.as_str()
    }
}

/// The credentials of one line: a scheme each, in lower case, and what follows it.
pub fn credentials(line: &str) -> Vec<(String, String)> {
    let credential = |text: &str| {
        let (scheme, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        (scheme.to_ascii_lowercase(), rest.trim().to_owned())
    };
    line.split(", ").map(credential).collect()
}

#[cfg(test)]
mod tests {
    use super::{SentToken, credentials};

    #[test]
    fn a_token_says_what_its_parts_hold() {
        let token = SentToken::read("eyJhbGciOiJub25lIn0.eyJleHAiOjd9.AAAA").unwrap();
        assert_eq!((token.algorithm(), token.time("exp"), token.issuer(), token.signature), ("none", Some(7), None, 3));
        assert_eq!(SentToken::read("..").map(|token| token.header.is_null()), Some(true));
        assert_eq!(SentToken::read("a.b"), None);
    }

    #[test]
    fn every_scheme_of_a_line_is_seen() {
        let pair = |scheme: &str, rest: &str| (scheme.to_owned(), rest.to_owned());
        assert_eq!(credentials("Basic dTpw, BEARER a"), [pair("basic", "dTpw"), pair("bearer", "a")]);
        assert_eq!(credentials(""), [pair("", "")]);
    }
}
