//! Bad JSON Web Tokens, made from nothing: no good token is ever needed to make one.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;

/// The kinds of bad token that can be made.
pub const KINDS: [&str; 3] = ["expired", "unsigned", "wrongly-signed"];

/// 2001-01-01T00:00:00Z, in seconds since 1970.
const PAST: u64 = 978_307_200;
/// 2100-01-01T00:00:00Z, in seconds since 1970.
const FUTURE: u64 = 4_102_444_800;
const KEY: &[u8] = b"tenantcheck signs with a key that no tenant knows";

/// Makes a bad token of one of [`KINDS`]; `None` for another kind. Times are constant, so the bytes are too.
pub fn jwt(kind: &str) -> Option<String> {
    match kind {
        "expired" => Some(signed("HS256", PAST - 3600, PAST)),
        "unsigned" => Some(format!("{}.", unsigned("none", PAST, FUTURE))),
        "wrongly-signed" => Some(signed("HS256", PAST, FUTURE)),
        _ => None,
    }
}

fn unsigned(algorithm: &str, issued: u64, expires: u64) -> String {
    let header = format!(r#"{{"alg":"{algorithm}","typ":"JWT"}}"#);
    let claims = format!(r#"{{"sub":"tenantcheck","iss":"tenantcheck","iat":{issued},"exp":{expires}}}"#);
    [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
}

fn signed(algorithm: &str, issued: u64, expires: u64) -> String {
    let body = unsigned(algorithm, issued, expires);
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, KEY), body.as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[cfg(test)]
mod tests {
    use super::{KINDS, jwt};
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    #[test]
    fn every_kind_has_three_parts_that_decode_and_is_another_token() {
        let tokens: Vec<String> = KINDS.iter().map(|kind| jwt(kind).unwrap()).collect();
        for token in &tokens {
            let parts: Vec<_> = token.split('.').collect();
            assert_eq!(parts.len(), 3, "{token}");
            for part in &parts[..2] {
                let json = URL_SAFE_NO_PAD.decode(part).unwrap();
                assert!(serde_json::from_slice::<serde_json::Value>(&json).is_ok());
            }
        }
        assert!(tokens[0] != tokens[2] && tokens[1].ends_with('.'));
        assert_eq!(jwt("good"), None);
    }
}
