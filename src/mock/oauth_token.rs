//! Tokens for client credentials, which the official clients send in three ways.

use super::answer::Answer;
use super::call::Call;
use super::estate::Estate;
use super::form::{self, Fault, Field, Kind};
use super::refusal::Refusal;
use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderValue};
use serde_json::json;

/// Where it lies: no version has a path of its own.
pub const PATHS: &[(&str, &str)] = &[("none", "/oauth/token")];

/// How long a token is good, in seconds.
const LIFETIME: u64 = 749;

/// Gives a token to the tenant's client.
pub async fn answer(estate: &Estate, call: &Call) -> Result<Answer, Refusal> {
    let fields = fields(call).await.map_err(|_| invalid("The request cannot be read"))?;
    let (grant, id, secret) = (one(&fields, "grant_type")?, one(&fields, "client_id")?, one(&fields, "client_secret")?);
    match grant {
        None => return Err(invalid("The grant type is missing")),
        Some(b"client_credentials") => {}
        Some(_) => return Err(bad("unsupported_grant_type", "The only grant type here is client_credentials")),
    }
    if id != Some(estate.client_id.as_bytes()) || secret != Some(estate.client_secret.as_bytes()) {
        return Err(Refusal::NoToken(StatusCode::UNAUTHORIZED, "invalid_client", "Bad client credentials"));
    }
    let body = json!({
        "access_token": estate.token("full", LIFETIME),
        "token_type": "bearer",
        "expires_in": LIFETIME,
        "scope": "sp:scopes:all",
        "internal": false,
        "jti": estate.ids.next(),
    });
    let mut answer = Answer::new(StatusCode::OK, body);
    answer.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// The fields of the query and of the body; a body that is no form has none.
async fn fields(call: &Call) -> Result<Vec<Field>, Fault> {
    let mut fields = form::urlencoded(call.head.uri.query().unwrap_or_default())?;
    let headers = &call.head.headers;
    match form::kind(headers) {
        Ok(Some(Kind::Multipart)) if call.body.is_empty() => {}
        Ok(Some(kind)) => fields.extend(form::fields(kind, headers, &call.body).await?),
        Ok(None) | Err(_) => {}
    }
    Ok(fields)
}

/// The one value of a field. Clients send the same values in query and body, so only unlike ones are a fault.
fn one<'a>(fields: &'a [Field], name: &str) -> Result<Option<&'a [u8]>, Refusal> {
    let mut values = fields.iter().filter(|field| field.name == name).map(|field| field.bytes.as_ref());
    let first = values.next();
    if values.all(|value| Some(value) == first) { Ok(first) } else { Err(invalid("A parameter has two values")) }
}

fn invalid(description: &'static str) -> Refusal {
    bad("invalid_request", description)
}

fn bad(error: &'static str, description: &'static str) -> Refusal {
    Refusal::NoToken(StatusCode::BAD_REQUEST, error, description)
}
