//! Tokens for client credentials, asked for as the official clients do.

use crate::client::{Reply, request};
use crate::tenant;
use serde_json::json;
use tenantcheck::mock::Tenant;

const URLENCODED: &str = "Content-Type: application/x-www-form-urlencoded";

fn pairs(tenant: &Tenant) -> String {
    let (id, secret) = (tenant.client_id(), tenant.client_secret());
    format!("grant_type=client_credentials&client_id={id}&client_secret={secret}")
}

fn multipart(pairs: &str) -> Vec<u8> {
    let part = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap();
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    format!("{}--b--\r\n", pairs.split('&').map(part).collect::<String>()).into_bytes()
}

fn works(tenant: &Tenant, reply: &Reply) {
    assert_eq!(reply.status, 200, "{reply:?}");
    let body = reply.json();
    assert_eq!(body["token_type"], "bearer");
    assert_eq!(body["expires_in"], 749);
    let header = format!("Authorization: Bearer {}", body["access_token"].as_str().unwrap());
    request(tenant, "GET /v3/search/identities/none", &[&header], b"").envelope(404);
}

#[test]
fn a_token_is_given_for_query_form_and_multipart() {
    let tenant = tenant();
    let pairs = pairs(&tenant);
    let query = format!("POST /oauth/token?{pairs}");
    let kind = "Content-Type: multipart/form-data; boundary=b";
    works(&tenant, &request(&tenant, &query, &[], b""));
    works(&tenant, &request(&tenant, &query, &["Content-Type: application/json"], b"{}"));
    works(&tenant, &request(&tenant, &query, &[URLENCODED], pairs.as_bytes()));
    works(&tenant, &request(&tenant, "POST /oauth/token", &[URLENCODED], pairs.as_bytes()));
    works(&tenant, &request(&tenant, "POST /oauth/token", &[kind], &multipart(&pairs)));
    works(&tenant, &request(&tenant, &query, &[kind], b""));
}

#[test]
fn a_wrong_client_is_told_so() {
    let tenant = tenant();
    for pairs in [
        pairs(&tenant).replace(tenant.client_secret(), "guess"),
        pairs(&tenant).replace(tenant.client_id(), "guess"),
        "grant_type=client_credentials".to_owned(),
    ] {
        let reply = request(&tenant, "POST /oauth/token", &[URLENCODED], pairs.as_bytes());
        assert_eq!(reply.status, 401);
        let expected = json!({ "error": "invalid_client", "error_description": "Bad client credentials" });
        assert_eq!(reply.json(), expected);
    }
}

#[test]
fn other_requests_for_a_token_are_refused() {
    let tenant = tenant();
    let good = pairs(&tenant);
    for (pairs, error) in [
        (String::new(), "invalid_request"),
        (good.replace("grant_type=", "x="), "invalid_request"),
        (format!("{good}&client_id=other"), "invalid_request"),
        (format!("{good}%zz"), "invalid_request"),
        (good.replace("client_credentials", "password"), "unsupported_grant_type"),
    ] {
        let reply = request(&tenant, "POST /oauth/token", &[URLENCODED], pairs.as_bytes());
        assert_eq!((reply.status, reply.json()["error"].as_str()), (400, Some(error)), "{pairs}");
    }
    let reply = request(&tenant, "GET /oauth/token", &[], b"");
    reply.envelope(405);
    assert_eq!(reply.header("allow"), Some("POST"));
}
