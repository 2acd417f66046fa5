//! Good tokens are told from every kind of bad one.

use crate::client::{Reply, request};
use crate::tenant;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tenantcheck::mock::Tenant;

fn get(tenant: &Tenant, headers: &[&str]) -> Reply {
    let world = tenant.world();
    let (index, id) = world.pairs("documents")[0];
    request(tenant, &format!("GET /v3/search/{index}/{id}"), headers, b"")
}

fn post(tenant: &Tenant, headers: &[&str]) -> Reply {
    let id = tenant.world().id("direct-source").unwrap().to_owned();
    request(tenant, &format!("POST /beta/sources/{id}/load-accounts"), headers, b"")
}

#[test]
fn the_letter_case_of_the_scheme_is_free() {
    let tenant = tenant();
    for scheme in ["Bearer", "bearer", "BEARER", "bEaReR", "Bearer "] {
        let header = format!("authorization: {scheme} {}", tenant.token("full"));
        assert_eq!(get(&tenant, &[&header]).status, 200, "{scheme}");
        assert_eq!(post(&tenant, &[&header]).status, 202, "{scheme}");
    }
}

#[test]
fn bad_credentials_are_unauthorized() {
    let tenant = tenant();
    let good = format!("Authorization: Bearer {}", tenant.token("full"));
    let token = tenant.token("full");
    let claims = token.split('.').nth(1).unwrap();
    let unsigned = format!("Authorization: Bearer {}.{claims}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#));
    let wrongly = format!("Authorization: Bearer {}", tenant_of_another_secret());
    let padded = format!("{good}=");
    let cut = &good[..good.len() - 2];
    let bare = format!("Authorization: {token}");
    let basic = format!("Authorization: Basic {token}");
    let bad: [&[&str]; 16] = [
        &[],
        &["Authorization:"],
        &["Authorization: Bearer"],
        &["Authorization: Bearer "],
        &["Authorization: Bearer x"],
        &["Authorization: Bearer a.b.c"],
        &["Authorization: Bearer \u{e9}.b.c"],
        &["Authorization: Basic dTpw"],
        &[&basic],
        &[&bare],
        &[&unsigned],
        &[&wrongly],
        &[&padded],
        &[cut],
        &[&good, "Authorization: Bearer x"],
        &["Authorization: Bearer x", &good],
    ];
    for headers in bad {
        for reply in [get(&tenant, headers), post(&tenant, headers)] {
            assert_eq!(reply.status, 401, "{headers:?}");
            assert!(reply.json()["error"].is_string(), "{headers:?}");
            assert!(reply.header("www-authenticate").is_some());
        }
    }
}

fn tenant_of_another_secret() -> String {
    tenant().token("full")
}

#[test]
fn a_caller_without_authority_is_forbidden() {
    let tenant = tenant();
    let header = format!("Authorization: Bearer {}", tenant.token("limited"));
    get(&tenant, &[&header]).envelope(403);
    post(&tenant, &[&header]).envelope(403);
}

#[test]
fn who_lacks_authority_does_not_learn_what_there_is() {
    let tenant = tenant();
    let header = format!("Authorization: Bearer {}", tenant.token("limited"));
    request(&tenant, "GET /v3/search/nonsense/1", &[&header], b"").envelope(403);
    assert_eq!(request(&tenant, "GET /v3/search/nonsense/1", &[], b"").status, 401);
}
