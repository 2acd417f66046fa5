//! Bad JSON Web Tokens, made from nothing: no good token is ever needed to make one.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;

/// 2001-01-01T00:00:00Z, in seconds since 1970.
const PAST: u64 = 978_307_200;
/// 2100-01-01T00:00:00Z, in seconds since 1970.
const FUTURE: u64 = 4_102_444_800;
const HOUR: u64 = 3600;
const KEY: &[u8] = b"tenantcheck signs with a key that no tenant knows";
/// How many characters of a signature a truncated one keeps.
const KEPT: usize = 8;

/// Makes a bad token of a kind such as `expired`; `None` for an unknown kind. Times are constant, so the bytes are too.
pub fn jwt(kind: &str) -> Option<String> {
    let good = &claims("tenantcheck", PAST, FUTURE);
    match kind {
        "expired" => Some(signed(&claims("tenantcheck", PAST - HOUR, PAST))),
        "not-yet-valid" => Some(signed(&format!(r#"{good},"nbf":{}"#, FUTURE - HOUR))),
        "of-another-issuer" => {
            let claims = claims("https://issuer.invalid", PAST, FUTURE);
            Some(signed(&format!(r#"{claims},"nbf":{}"#, FUTURE - HOUR)))
        }
        "unsigned" => Some(format!("{}.", body("none", good))),
        "unsigned-in-odd-letters" => Some(format!("{}.", body("nOnE", good))),
        "wrongly-signed" => Some(signed(good)),
        "truncated-signature" => {
            let whole = signed(good);
            let (body, signature) = whole.rsplit_once('.')?;
            Some(format!("{body}.{}", signature.get(..KEPT)?))
        }
        "empty-parts" => Some("..".to_owned()),
        _ => None,
    }
}

/// The members of the claims, without their braces.
fn claims(issuer: &str, from: u64, until: u64) -> String {
    format!(r#""sub":"tenantcheck","iss":"{issuer}","iat":{from},"exp":{until}"#)
}

fn body(algorithm: &str, claims: &str) -> String {
    let header = format!(r#"{{"alg":"{algorithm}","typ":"JWT"}}"#);
    [header, format!("{{{claims}}}")].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
}

fn signed(claims: &str) -> String {
    let body = body("HS256", claims);
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, KEY), body.as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[cfg(test)]
mod tests {
    use super::jwt;
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    const KINDS: [&str; 8] = [
        "expired",
        "not-yet-valid",
        "of-another-issuer",
        "unsigned",
        "unsigned-in-odd-letters",
        "wrongly-signed",
        "truncated-signature",
        "empty-parts",
    ];

    #[test]
    fn every_kind_has_three_parts_and_all_but_the_empty_ones_decode() {
        for kind in KINDS {
            let token = jwt(kind).unwrap();
            let parts: Vec<_> = token.split('.').collect();
            assert_eq!(parts.len(), 3, "{token}");
            for part in parts[..2].iter().filter(|_| kind != "empty-parts") {
                let json = URL_SAFE_NO_PAD.decode(part).unwrap();
                assert!(serde_json::from_slice::<serde_json::Value>(&json).is_ok(), "{kind}");
            }
            assert!(URL_SAFE_NO_PAD.decode(parts[2]).is_ok(), "{kind}");
        }
        assert_eq!(jwt("good"), None);
    }

    #[test]
    fn every_kind_is_another_token() {
        let tokens: std::collections::BTreeSet<String> = KINDS.iter().map(|kind| jwt(kind).unwrap()).collect();
        assert_eq!(tokens.len(), KINDS.len());
        assert!(jwt("unsigned").unwrap().ends_with('.') && !jwt("truncated-signature").unwrap().ends_with('.'));
    }
}
