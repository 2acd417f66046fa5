//! Whether a token says itself that its time is over. Reads JSON Web Tokens without verifying them; knows no others.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

/// How many seconds ago a token expired by its own word; `None` where it is still good, or says nothing.
pub(super) fn expired(token: &str, now: u64) -> Option<u64> {
    now.checked_sub(end(token)?)
}

/// How many seconds a token is still good by its own word; `None` where its time is over, or it says nothing.
pub(super) fn left(token: &str, now: u64) -> Option<u64> {
    end(token)?.checked_sub(now).filter(|left| *left > 0)
}

/// The end of a token by its own word, in seconds since 1970.
fn end(token: &str) -> Option<u64> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let claims = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    // A time between two seconds has its whole second.
    let exp = claims.get("exp")?;
    exp.as_u64().or_else(|| exp.to_string().split('.').next()?.parse().ok())
}

/// A number of seconds, for people.
pub(super) fn span(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..120 => (seconds, "second"),
        120..7_200 => (seconds / 60, "minute"),
        7_200..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::{expired, left, span};
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    fn jwt(claims: &str) -> String {
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn a_token_is_over_from_its_end_on() {
        for (claims, now, over) in [
            (r#"{"exp":1000}"#, 999, None),
            (r#"{"exp":1000}"#, 1_000, Some(0)),
            (r#"{"exp":1000}"#, 1_060, Some(60)),
            (r#"{"exp":1000.5}"#, 1_060, Some(60)),
            (r#"{"exp":"soon"}"#, 1_060, None),
            (r#"{"exp":1e30}"#, 1_060, None),
            (r#"{"sub":"x"}"#, 1_060, None),
        ] {
            assert_eq!(expired(&jwt(claims), now), over, "{claims}");
        }
        assert_eq!([999, 1_000, 1_001].map(|now| left(&jwt(r#"{"exp":1000}"#), now)), [Some(1), None, None]);
    }

    #[test]
    fn a_token_of_another_form_says_nothing() {
        for token in ["", "opaque", "a.b.c", "a.b", &format!("{}.x", jwt(r#"{"exp":1}"#)), "..", "\u{e4}.\u{e4}.\u{e4}"]
        {
            assert_eq!(expired(token, u64::MAX), None, "{token}");
        }
    }

    #[test]
    fn a_time_is_told_in_its_own_measure() {
        assert_eq!(
            [1, 90, 600, 9_000, 200_000].map(span),
            ["1 second", "90 seconds", "10 minutes", "2 hours", "2 days"]
        );
    }
}
