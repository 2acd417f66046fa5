//! The request for a token and what its answer says. Knows of no state.

use super::token_error::{Wrong, shown};
use crate::exchange::{Answer, Client, End, Outcome, Probe, Secrets, Target};
use serde_json::Value;
use std::time::Duration;
use url::form_urlencoded::Serializer;

/// Where a tenant gives tokens, below its base.
pub(super) const PATH: &str = "/oauth/token";

/// A token as the tenant gave it. Has no `Debug`.
pub(super) struct Token {
    pub(super) value: String,
    /// How long it is good, where the tenant says so.
    pub(super) life: Option<Duration>,
}

/// The request for a token, its secret in it: never shown, and no part of the log.
pub(super) fn probe(target: &Target, client: &Client, secret: &str) -> Probe {
    let pairs = [("grant_type", "client_credentials"), ("client_id", &client.id), ("client_secret", secret)];
    let header = |name: &str, value: &str| (name.to_owned(), value.into());
    Probe {
        method: "POST".to_owned(),
        target: format!("{}{PATH}", target.base_path()).into(),
        headers: vec![
            header("Accept", "application/json"),
            header("Content-Type", "application/x-www-form-urlencoded"),
        ],
        body: Serializer::new(String::new()).extend_pairs(pairs).finish().into(),
        ..Probe::default()
    }
}

/// A text as it stands in a urlencoded form.
pub(super) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Reads the answer to a request for a token. A tenant may say secrets back: they are masked in what is told.
pub(super) fn read(outcome: Outcome, client: &Client, secrets: &Secrets) -> Result<Token, Wrong> {
    let answer = match outcome {
        Outcome::Answered(answer) => answer,
        Outcome::Failed(failure) => return Err(Wrong::Lost(secrets.mask_text(&failure.detail))),
    };
    match answer.status {
        200..300 if answer.end != End::Complete => Err(Wrong::Incomplete),
        200..300 => token(&answer, secrets),
        300..400 => Err(Wrong::Redirect(answer.status)),
        404 | 405 | 410 => Err(Wrong::Nowhere(answer.status)),
        429 | 502..=504 => Err(Wrong::Busy { status: answer.status, wait: retry_after(&answer) }),
        400..500 => Err(Wrong::Refused { said: refusal(&answer, secrets), origin: client.source.clone() }),
        status => Err(Wrong::Status(status)),
    }
}

fn token(answer: &Answer, secrets: &Secrets) -> Result<Token, Wrong> {
    let body: Value = serde_json::from_slice(&answer.body.0).map_err(|_| Wrong::NotJson)?;
    let value = body.get("access_token").and_then(Value::as_str).filter(|value| !value.is_empty());
    let value = value.ok_or(Wrong::NoToken)?.to_owned();
    if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Wrong::Unsendable);
    }
    match body.get("token_type") {
        None | Some(Value::Null) => {}
        Some(Value::String(kind)) if kind.eq_ignore_ascii_case("bearer") => {}
        Some(Value::String(kind)) => return Err(Wrong::Kind(shown(&secrets.mask_text(kind)))),
        Some(_) => return Err(Wrong::Kind("no text".to_owned())),
    }
    Ok(Token { value, life: body.get("expires_in").and_then(life) })
}

/// A lifetime in seconds, as a number or as a text; zero and nonsense say nothing.
fn life(value: &Value) -> Option<Duration> {
    let seconds = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    Duration::try_from_secs_f64(seconds).ok().filter(|life| !life.is_zero())
}

/// The status, and what the error body says.
fn refusal(answer: &Answer, secrets: &Secrets) -> String {
    let body: Value = serde_json::from_slice(&answer.body.0).unwrap_or_default();
    let text = |key| Some(shown(&secrets.mask_text(body.get(key)?.as_str()?)));
    let texts = ["error", "error_description"].map(text);
    match texts {
        [Some(error), Some(description)] => format!("{}, {error}: {description}", answer.status),
        [Some(text), None] | [None, Some(text)] => format!("{}, {text}", answer.status),
        [None, None] => answer.status.to_string(),
    }
}

fn retry_after(answer: &Answer) -> Option<Duration> {
    answer.header("retry-after").next()?.text().trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::{Wrong, probe, read};
    use crate::exchange::{Answer, Client, End, Outcome, Secrets, Target};
    use std::time::Duration;

    fn client() -> Client {
        Client { caller: "full".into(), id: "id & more".into(), source: "a file".into() }
    }

    fn answered(status: u16, body: &str) -> Result<(String, Option<Duration>), Wrong> {
        let answer = Answer {
            version: "HTTP/1.1".into(),
            status,
            reason: String::new(),
            headers: vec![("Retry-After".into(), "7".into())],
            body: body.into(),
            end: End::Complete,
        };
        let mut secrets = Secrets::default();
        secrets.insert(Client::secret("full"), "hunter2");
        read(Outcome::Answered(answer), &client(), &secrets).map(|token| (token.value, token.life))
    }

    #[test]
    fn what_a_form_would_take_apart_is_encoded() {
        let target = Target::parse("https://a.example/base/").unwrap();
        let probe = probe(&target, &client(), "s+=%&\u{e4}");
        let body = "grant_type=client_credentials&client_id=id+%26+more&client_secret=s%2B%3D%25%26%C3%A4";
        assert_eq!((probe.target.text().as_ref(), probe.body.text().as_ref()), ("/base/oauth/token", body));
    }

    #[test]
    fn a_lifetime_is_a_number_or_a_text_and_may_be_absent() {
        for (expires, life) in [
            ("749", Some(749.0)),
            ("\"60\"", Some(60.0)),
            ("0.5", Some(0.5)),
            ("0", None),
            ("-1", None),
            ("null", None),
            ("1e999", None),
            ("\"soon\"", None),
        ] {
            let body = format!(r#"{{"access_token":"t","token_type":"Bearer","expires_in":{expires}}}"#);
            let expected = Ok(("t".to_owned(), life.map(Duration::from_secs_f64)));
            let expected = if expires == "1e999" { Err(Wrong::NotJson) } else { expected };
            assert_eq!(answered(200, &body), expected, "{expires}");
        }
    }

    #[test]
    fn every_wrong_answer_has_its_name() {
        for (status, body, wrong) in [
            (200, "<html>", Wrong::NotJson),
            (200, "[]", Wrong::NoToken),
            (200, r#"{"access_token":""}"#, Wrong::NoToken),
            (200, r#"{"access_token":"a\nb"}"#, Wrong::Unsendable),
            (200, r#"{"access_token":"a","token_type":"mac"}"#, Wrong::Kind("mac".into())),
            (302, "", Wrong::Redirect(302)),
            (404, "", Wrong::Nowhere(404)),
            (500, "", Wrong::Status(500)),
            (503, "", Wrong::Busy { status: 503, wait: Some(Duration::from_secs(7)) }),
        ] {
            assert_eq!(answered(status, body), Err(wrong), "{status} {body}");
        }
    }

    #[test]
    fn a_refusal_says_what_the_tenant_says_without_control_characters() {
        let said = |body: &str| match answered(401, body) {
            Err(Wrong::Refused { said, .. }) => said,
            other => format!("{other:?}"),
        };
        assert_eq!(said(r#"{"error":"invalid_client","error_description":"Bad"}"#), "401, invalid_client: Bad");
        assert_eq!(said(r#"{"error":"a\u001b[2Jb"}"#), "401, a\u{fffd}[2Jb");
        assert_eq!(said("nonsense"), "401");
        let long = format!(r#"{{"error":"{} hunter2"}}"#, "x".repeat(115));
        assert!(!said(&long).contains("hunt"), "{}", said(&long));
    }
}
