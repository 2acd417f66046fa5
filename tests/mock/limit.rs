//! The rate limit is a promise: it comes, it says how long, and it keeps to that.

use crate::client::{full, request};
use serde_json::json;
use std::time::Duration;
use tenantcheck::mock::{Options, Rate, Tenant};

fn limited_to(requests: u32, seconds: u32) -> Tenant {
    Tenant::start(Options { rate: Rate { requests, seconds }, ..Options::default() }).unwrap()
}

#[test]
fn after_the_announced_wait_the_tenant_serves() {
    let tenant = limited_to(3, 2);
    let line = "GET /v3/search/identities/none";
    for _ in 0..3 {
        full(&tenant, line, &[], b"").envelope(404);
    }
    let reply = full(&tenant, line, &[], b"");
    assert_eq!(reply.status, 429);
    assert_eq!(reply.json(), json!({ "message": " Rate Limit Exceeded " }));
    let wait: u64 = reply.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=2).contains(&wait));
    std::thread::sleep(Duration::from_secs(wait));
    full(&tenant, line, &[], b"").envelope(404);
}

#[test]
fn clients_and_versions_are_counted_apart_and_strangers_not_at_all() {
    let tenant = limited_to(1, 60);
    full(&tenant, "GET /v3/search/x/1", &[], b"").envelope(400);
    assert_eq!(full(&tenant, "GET /v3/search/x/1", &[], b"").status, 429);
    full(&tenant, "GET /v2025/search/x/1", &[], b"").envelope(400);
    let limited = format!("Authorization: Bearer {}", tenant.token("limited"));
    request(&tenant, "GET /v3/search/x/1", &[&limited], b"").envelope(403);
    assert_eq!(request(&tenant, "GET /v3/search/x/1", &[&limited], b"").status, 429);
    for _ in 0..3 {
        assert_eq!(request(&tenant, "GET /v3/search/x/1", &[], b"").status, 401);
    }
}

#[test]
fn a_limit_of_nothing_is_refused_at_the_start() {
    for (requests, seconds) in [(0, 1), (1, 0)] {
        let error = Tenant::start(Options { rate: Rate { requests, seconds }, ..Options::default() }).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    }
}
