//! TLS and proxies: whom we trust, what the proxy hears, and what it never hears.

use crate::authority::Authority;
use crate::server::{Server, request};
use crate::{BOTH, answer, body, failure, limits, probe, wire};
use rustls::{ServerConfig, ServerConnection, Stream};
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use tempfile::TempDir;
use tenantcheck::exchange::{FailureKind, Outcome, Secrets, Target, Way};
use tenantcheck::wire::{Proxies, Wire};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// A proxy that accepts CONNECT and is the tenant behind it.
fn tenant_behind_proxy(server: Arc<ServerConfig>, farewell: bool) -> Server {
    Server::start(move |mut guest| {
        if !guest.request() || !guest.say("HTTP/1.1 200 Connection established\r\n\r\n") {
            return;
        }
        let mut connection = ServerConnection::new(Arc::clone(&server)).unwrap();
        let mut stream = guest.stream.try_clone().unwrap();
        let mut tls = Stream::new(&mut connection, &mut stream);
        let mut answers = 0;
        while request(&mut tls).is_some() && answers < 3 {
            answers += 1;
            if farewell {
                tls.write_all(OK.as_bytes()).unwrap();
            } else {
                tls.write_all(b"HTTP/1.1 200 OK\r\n\r\nok").unwrap();
                return;
            }
        }
    })
}

fn through(proxy: u16, target: &str, ca_file: Option<&std::path::Path>) -> Wire {
    let proxies = Proxies::all(&format!("http://user:hunter2@127.0.0.1:{proxy}"), "");
    let mut limits = limits();
    limits.connect = std::time::Duration::from_secs(2);
    limits.whole = std::time::Duration::from_secs(4);
    Wire::with_proxies(Target::parse(target).unwrap(), Secrets::default(), limits, ca_file, &proxies).unwrap()
}

#[tokio::test]
async fn https_goes_through_a_tunnel_to_a_server_that_ca_file_vouches_for() {
    let authority = Authority::new("tenant.example");
    for way in BOTH {
        let server = tenant_behind_proxy(Arc::clone(&authority.server), true);
        let wire = through(server.port, "https://tenant.example", Some(&authority.ca_file));
        for _ in 0..2 {
            assert_eq!(answer(wire.send(&probe(way)).await.0).body, body("ok"), "{way:?}");
        }
        let heard = server.last();
        assert!(heard.starts_with("CONNECT tenant.example:443 HTTP/1.1\r\n"), "{heard}");
        assert!(heard.contains("Basic dXNlcjpodW50ZXIy\r\n"), "{heard}");
        assert_eq!(server.heard(|heard| heard.connections), 1, "{way:?}");
        assert_eq!(wire.reach().await, Ok(()));
    }
}

#[tokio::test]
async fn tls_that_ends_without_a_farewell_ends_a_body_without_a_length() {
    let authority = Authority::new("tenant.example");
    for way in BOTH {
        let server = tenant_behind_proxy(Arc::clone(&authority.server), false);
        let wire = through(server.port, "https://tenant.example", Some(&authority.ca_file));
        let got = answer(wire.send(&probe(way)).await.0);
        assert_eq!((got.body, got.end), (body("ok"), tenantcheck::exchange::End::Complete), "{way:?}");
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_or_of_another_name_is_refused() {
    let authority = Authority::new("tenant.example");
    for way in BOTH {
        for (target, ca_file) in
            [("https://tenant.example", None), ("https://stranger.example", Some(authority.ca_file.as_path()))]
        {
            let server = tenant_behind_proxy(Arc::clone(&authority.server), true);
            let got = failure(through(server.port, target, ca_file).send(&probe(way)).await.0);
            assert_eq!(got.kind, FailureKind::Tls, "{way:?} {target} {got:?}");
            assert!(got.detail.contains("certificate"), "{}", got.detail);
        }
    }
}

#[tokio::test]
async fn a_server_without_tls_is_a_failure_of_tls() {
    for way in BOTH {
        let server = Server::start(|mut guest| {
            let mut some = [0; 32];
            let _ = guest.stream.read(&mut some);
            guest.say("HTTP/1.1 400 Bad Request\r\n\r\n");
        });
        let target = Target::parse(&format!("https://127.0.0.1:{}", server.port)).unwrap();
        let wire = Wire::with_proxies(target, Secrets::default(), limits(), None, &Proxies::all("", "")).unwrap();
        assert_eq!(failure(wire.send(&probe(way)).await.0).kind, FailureKind::Tls, "{way:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_without_its_credentials() {
    for way in BOTH {
        let server =
            Server::answering("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", false);
        let got = failure(through(server.port, "https://tenant.example", None).send(&probe(way)).await.0);
        assert_eq!(got.kind, FailureKind::Proxy, "{way:?} {got:?}");
        let shown = format!("{got:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("dXNlcjpodW50ZXIy"), "{shown}");
    }
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for way in BOTH {
        let got = failure(through(nobody, "https://tenant.example", None).send(&probe(way)).await.0);
        assert_eq!(got.kind, FailureKind::Proxy, "{way:?} {got:?}");
    }
}

#[tokio::test]
async fn plain_http_goes_to_the_proxy_in_absolute_form() {
    for way in BOTH {
        let server = Server::answering(OK, false);
        let wire = through(server.port, "http://tenant.example:8080", None);
        answer(wire.send(&probe(way)).await.0);
        let heard = server.last().to_ascii_lowercase();
        assert!(heard.starts_with("get http://tenant.example:8080/widgets/1?a=b http/1.1\r\n"), "{way:?} {heard}");
        assert!(heard.contains("\r\nhost: tenant.example:8080\r\n"), "{way:?} {heard}");
        assert!(heard.contains("\r\nproxy-authorization: basic dxnlcjpodw50zxiy\r\n"), "{way:?} {heard}");
    }
}

#[tokio::test]
async fn an_echo_of_the_proxys_credential_is_masked() {
    for way in BOTH {
        let server = Server::start(|mut guest| {
            if let Some(bytes) = request(&mut guest.stream) {
                guest.say(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", bytes.len()));
                guest.say(bytes);
            }
        });
        let (outcome, _) = through(server.port, "http://tenant.example", None).send(&probe(way)).await;
        assert!(
            matches!(&outcome, Outcome::Answered(got) if !got.body.text().contains("dXNlcjpodW50ZXIy")),
            "{outcome:?}"
        );
    }
}

#[tokio::test]
async fn a_target_that_a_proxy_cannot_carry_is_unsendable() {
    let mut odd = probe(Way::Exact);
    odd.target = "*".into();
    let server = Server::answering(OK, false);
    let got = failure(through(server.port, "http://tenant.example", None).send(&odd).await.0);
    assert_eq!(got.kind, FailureKind::Unsendable);
    assert_eq!(server.heard(|heard| heard.connections), 0);
}

#[tokio::test]
async fn loopback_never_goes_through_a_proxy() {
    let proxy = Server::answering(OK, false);
    let server = Server::answering(OK, false);
    for way in BOTH {
        for host in ["127.0.0.1", "localhost"] {
            answer(through(proxy.port, &format!("http://{host}:{}", server.port), None).send(&probe(way)).await.0);
        }
    }
    assert_eq!(proxy.heard(|heard| heard.connections), 0);
    assert_eq!(server.heard(|heard| heard.requests.len()), 4);
    // The wire of the other tests has a proxy that nobody listens at.
    answer(wire(server.port, Secrets::default()).send(&probe(Way::Ordinary)).await.0);
}

#[test]
fn a_ca_file_that_cannot_be_used_is_told() {
    let folder = TempDir::new().unwrap();
    let laid = |path: &std::path::Path| {
        let target = Target::parse("http://127.0.0.1:1").unwrap();
        Wire::new(target, Secrets::default(), limits(), Some(path)).err().map(|error| error.to_string())
    };
    let path = folder.path().join("ca.pem");
    assert!(laid(&path).unwrap().contains("ca.pem"));
    for (text, why) in [
        ("", "holds no certificate"),
        ("words\n", "holds no certificate"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be read"),
        ("-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n", "cannot be read"),
    ] {
        std::fs::write(&path, text).unwrap();
        assert!(laid(&path).is_some_and(|told| told.contains(why)), "{text:?} {:?}", laid(&path));
    }
}
