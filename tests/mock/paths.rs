//! Hostile paths and methods: always an answer, never a 5xx, and JSON wherever HTTP's own parser lets them through.

use crate::client::{connect, exchange, full, reply};
use crate::tenant;
use std::io::{Read, Write};
use std::net::Shutdown;

#[test]
fn what_is_no_endpoint_is_not_found() {
    let tenant = tenant();
    let long = format!("/{}", "a/".repeat(5000));
    for path in [
        "/",
        "//",
        "/v3",
        "/v3/search",
        "/v3/search/identities",
        "/v3/search/identities/",
        "/v3/search/identities/1/2",
        "/v9/search/identities/1",
        "/%zz",
        "/%00",
        "/%ff%fe",
        "/../../etc/passwd",
        "/v3/%73earch/identities/1",
        "*",
        "/{id}",
        "/é",
        &long,
    ] {
        full(&tenant, &format!("GET {path}"), &[], b"").envelope(404);
    }
}

#[test]
fn an_empty_segment_is_refused() {
    let tenant = tenant();
    for line in
        ["GET /v3/search//1", "GET /v3/search/identities/", "GET /v3/search//", "POST /beta/sources//load-accounts"]
    {
        let status = full(&tenant, line, &[], b"").status;
        assert!(status == 400 || status == 404, "{status} for {line}");
    }
}

#[test]
fn a_method_that_is_not_offered_is_told_which_are() {
    let tenant = tenant();
    for (line, allowed) in [
        ("POST /v3/search/identities/1", "GET, HEAD"),
        ("DELETE /v3/search/identities/1", "GET, HEAD"),
        ("OPTIONS /v3/search/identities/1", "GET, HEAD"),
        ("BREW /v3/search/identities/1", "GET, HEAD"),
        ("GET /beta/sources/1/load-accounts", "POST"),
        ("PUT /sources/v1/1/load-accounts", "POST"),
    ] {
        let reply = full(&tenant, line, &[], b"");
        reply.envelope(405);
        assert_eq!(reply.header("allow"), Some(allowed), "{line}");
    }
}

#[test]
fn malformed_messages_are_answered_with_4xx() {
    let tenant = tenant();
    let nul = b"GET /v3/search/identities/\0 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    let bytes = b"GET /v3/search/identities/\xff\xfe HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    let header = b"GET / HTTP/1.1\r\nHost: t\r\nA: \0\r\n\r\n";
    let lengths = b"POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab";
    let connect = b"CONNECT example.invalid:1 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    let absolute = b"GET http://other.invalid/v3/search/x/1 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
    for message in [&nul[..], bytes, header, lengths, connect, absolute, b"nonsense\r\n\r\n"] {
        let status = exchange(&tenant, message).status;
        assert!((400..500).contains(&status), "{status} for {}", String::from_utf8_lossy(message));
    }
}

#[test]
fn a_connection_serves_one_request_after_another() {
    let tenant = tenant();
    let mut stream = connect(&tenant);
    for _ in 0..3 {
        stream.write_all(b"GET /nowhere HTTP/1.1\r\nHost: t\r\n\r\n").unwrap();
        let mut bytes = vec![0; 4096];
        let read = stream.read(&mut bytes).unwrap();
        reply(&bytes[..read]).envelope(404);
    }
}

#[test]
fn a_client_that_closes_its_sending_half_is_answered() {
    let tenant = tenant();
    for _ in 0..200 {
        let mut stream = connect(&tenant);
        stream.write_all(b"POST /nowhere HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nab").unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        reply(&bytes).envelope(404);
    }
}

#[test]
fn an_early_refusal_does_not_cut_off_an_upload() {
    let tenant = tenant();
    let body = vec![b'x'; 8 << 20];
    for line in ["POST /nowhere", "POST /v3/search/identities/1"] {
        assert!((400..500).contains(&full(&tenant, line, &[], &body).status));
    }
    let unauthorized = crate::client::request(&tenant, "POST /beta/sources/1/load-accounts", &[], &body);
    assert_eq!(unauthorized.status, 401);
}
