//! Bad tokens that are made from a caller's own JSON Web Token: its claims, without its signature. Knows nothing of
//! keys, and never verifies.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

/// The kinds of bad token that can be made from a caller's own.
pub const FORGED: [&str; 4] = ["unsigned", "unsigned-in-odd-letters", "wrongly-signed", "truncated-signature"];

/// What a signature is replaced by, over and over. It begins with a clear bit, so that it is a number which a key of
/// RSA can take.
const OTHER: &[u8] = b"tenantcheck cannot sign this";
/// Payloads that are shorter may stand in a text by chance, in characters.
const TELLING: usize = 16;

/// A JSON Web Token in its parts.
struct Own<'a> {
    header: Map<String, Value>,
    /// Header and payload as they stand in the token.
    signed: &'a str,
    payload: &'a str,
    signature: Vec<u8>,
}

/// Makes a bad token of one of the kinds [`FORGED`] from a caller's own; `None` where that is no JSON Web Token.
pub fn forged(token: &[u8], kind: &str) -> Option<Vec<u8>> {
    let own = Own::read(token)?;
    let bad = match kind {
        "unsigned" => own.unsigned("none"),
        "unsigned-in-odd-letters" => own.unsigned("nOnE"),
        "wrongly-signed" => own.signed_by(&own.other()),
        // A half tells whether only what is there is compared, and leaves no more to guess than any key does.
        "truncated-signature" => own.signed_by(own.signature.get(..own.signature.len() / 2)?),
        _ => return None,
    };
    Some(bad.into_bytes())
}

/// The claims of a JSON Web Token as they stand in it, where they are long enough to tell.
pub fn payload(token: &[u8]) -> Option<&[u8]> {
    Own::read(token).map(|own| own.payload.as_bytes()).filter(|payload| payload.len() >= TELLING)
}

impl<'a> Own<'a> {
    fn read(token: &'a [u8]) -> Option<Self> {
        let (signed, signature) = std::str::from_utf8(token).ok()?.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok().filter(|signature| signature.len() > 1)?;
        let [header, _] = [object(header)?, object(payload)?];
        Some(Self { header, signed, payload, signature })
    }

    /// The header with another algorithm, the payload, and an empty signature.
    fn unsigned(&self, algorithm: &str) -> String {
        let mut header = self.header.clone();
        header.insert("alg".to_owned(), algorithm.into());
        format!("{}.{}.", URL_SAFE_NO_PAD.encode(Value::Object(header).to_string()), self.payload)
    }

    fn signed_by(&self, signature: &[u8]) -> String {
        format!("{}.{}", self.signed, URL_SAFE_NO_PAD.encode(signature))
    }

    /// Another signature of the same length.
    fn other(&self) -> Vec<u8> {
        let mut other: Vec<u8> = OTHER.iter().copied().cycle().take(self.signature.len()).collect();
        if other == self.signature {
            other.reverse();
        }
        other
    }
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{OTHER, forged, payload};
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    const HEADER: &str = r#"{"typ":"JWT","alg":"HS256","kid":"k"}"#;
    const CLAIMS: &str = r#"{"sub":"somebody","scope":["all"]}"#;

    fn token(header: &str, claims: &str, signature: &[u8]) -> String {
        [header.as_bytes(), claims.as_bytes(), signature].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
    }

    fn parts(token: &str, kind: &str) -> [Vec<u8>; 3] {
        let bad = String::from_utf8(forged(token.as_bytes(), kind).unwrap()).unwrap();
        let parts: Vec<Vec<u8>> = bad.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
        parts.try_into().unwrap()
    }

    #[test]
    fn the_claims_stay_and_the_signature_is_never_the_own_one() {
        let signature: Vec<u8> = (0..32).collect();
        let own = token(HEADER, CLAIMS, &signature);
        let [header, claims, other] = parts(&own, "wrongly-signed");
        assert!(header == HEADER.as_bytes() && claims == CLAIMS.as_bytes());
        assert!(other.len() == 32 && other != signature);
        let [header, claims, cut] = parts(&own, "truncated-signature");
        assert!(header == HEADER.as_bytes() && claims == CLAIMS.as_bytes() && cut == signature[..16]);
        for (kind, algorithm) in [("unsigned", "none"), ("unsigned-in-odd-letters", "nOnE")] {
            let [header, claims, nothing] = parts(&own, kind);
            let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
            assert_eq!(header, serde_json::json!({"typ": "JWT", "alg": algorithm, "kid": "k"}));
            assert!(claims == CLAIMS.as_bytes() && nothing.is_empty());
        }
    }

    #[test]
    fn a_signature_that_is_our_other_one_by_chance_is_replaced_all_the_same() {
        for length in [2, OTHER.len(), 32, 256] {
            let chance: Vec<u8> = OTHER.iter().copied().cycle().take(length).collect();
            let [_, _, other] = parts(&token(HEADER, CLAIMS, &chance), "wrongly-signed");
            assert!(other.len() == length && other != chance, "{length}");
        }
    }

    #[test]
    fn what_is_no_signed_jwt_is_left_alone() {
        let good = token(HEADER, CLAIMS, b"signature");
        for token in [
            "opaque",
            "",
            "..",
            "a.b.c",
            &token(HEADER, CLAIMS, b""),
            &token("[]", CLAIMS, b"signature"),
            &token(HEADER, "7", b"signature"),
            &format!("{good}.{good}"),
            &format!("{good}="),
        ] {
            assert_eq!((forged(token.as_bytes(), "unsigned"), payload(token.as_bytes())), (None, None), "{token}");
        }
        assert!(payload(good.as_bytes()).is_some() && forged(good.as_bytes(), "expired").is_none());
        assert_eq!(payload(token("{}", "{}", b"signature").as_bytes()), None);
    }
}
