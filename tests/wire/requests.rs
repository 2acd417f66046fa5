//! What arrives at the other side.

use crate::server::Server;
use crate::{BOTH, answer, failure, probe, send, wire};
use tenantcheck::exchange::{FailureKind, Octets, Probe, Secrets, Way};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// Sends a probe and gives the bytes that arrived.
async fn arrived(probe: &Probe) -> Vec<u8> {
    let server = Server::start(|mut guest| {
        guest.listen();
        guest.say(OK);
    });
    answer(send(server.port, probe).await);
    server.heard(|heard| heard.requests[0].clone())
}

fn headers(lines: &[(&str, &str)]) -> Vec<(String, Octets)> {
    lines.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect()
}

#[tokio::test]
async fn exact_bytes_arrive_as_they_stand() {
    for target in ["/a/../b//c%2F%2f;x/.", "/a b", "*", "", "/\u{e4}?{{7*7}}", "http://other/x"] {
        let probe = Probe {
            method: "get".into(),
            target: target.into(),
            headers: headers(&[
                ("host", "other"),
                ("AUTHORIZATION", ""),
                ("authorization", "Bearer x"),
                ("Content-Length", "3"),
                ("Odd Name", "\u{1}\t"),
            ]),
            body: Octets(vec![0, 255, b'x']),
            omit: vec!["user-agent".into()],
            ..Probe::default()
        };
        let lines =
            "host: other\r\nAUTHORIZATION: \r\nauthorization: Bearer x\r\nContent-Length: 3\r\nOdd Name: \u{1}\t";
        let mut expected = format!("get {target} HTTP/1.1\r\n{lines}\r\n\r\n").into_bytes();
        expected.extend([0, 255, b'x']);
        assert_eq!(arrived(&probe).await, expected, "{target:?}");
    }
}

#[tokio::test]
async fn a_lying_length_and_unfinished_chunks_arrive_as_they_stand() {
    for (name, value, body) in [("Content-Length", "99", "abc"), ("Transfer-Encoding", "chunked", "5\r\nab")] {
        let mut probe = Probe { method: "POST".into(), target: "/a".into(), body: body.into(), ..Probe::default() };
        probe.headers = headers(&[(name, value)]);
        probe.omit = vec!["host".into(), "user-agent".into()];
        let expected = format!("POST /a HTTP/1.1\r\n{name}: {value}\r\n\r\n{body}");
        assert_eq!(String::from_utf8(arrived(&probe).await).unwrap(), expected);
    }
}

#[tokio::test]
async fn both_ways_say_nothing_that_the_probe_does_not_but_what_http_needs() {
    for way in BOTH {
        for (method, body, length) in
            [("GET", "", None), ("POST", "", Some("0")), ("POST", "a=b", Some("3")), ("DELETE", "", None)]
        {
            let mut probe = probe(way);
            (probe.method, probe.body) = (method.into(), body.into());
            let text = String::from_utf8(arrived(&probe).await).unwrap();
            let (head, sent) = text.split_once("\r\n\r\n").unwrap();
            let mut lines = head.lines();
            assert_eq!(lines.next(), Some(format!("{method} /widgets/1?a=b HTTP/1.1").as_str()), "{way:?}");
            let mut names: Vec<_> = lines.map(|line| line.split(':').next().unwrap().to_ascii_lowercase()).collect();
            names.sort();
            let mut expected = vec!["accept", "host", "user-agent"];
            if length.is_some() {
                expected.insert(1, "content-length");
            }
            assert_eq!((names, sent), (expected.into_iter().map(String::from).collect(), body), "{way:?} {method}");
            if let Some(length) = length {
                assert!(head.to_ascii_lowercase().contains(&format!("content-length: {length}")), "{head}");
            }
            assert!(head.contains(concat!("tenantcheck/", env!("CARGO_PKG_VERSION"))), "{head}");
        }
    }
}

#[tokio::test]
async fn a_probe_without_accept_goes_out_without_accept() {
    let mut probe = probe(Way::Ordinary);
    probe.headers.clear();
    assert_eq!(probe.way(), Way::Ordinary);
    assert!(!String::from_utf8(arrived(&probe).await).unwrap().to_ascii_lowercase().contains("\r\naccept"));
}

#[tokio::test]
async fn the_probes_own_user_agent_is_the_only_one() {
    for way in BOTH {
        let mut probe = probe(way);
        probe.headers.push(("User-Agent".into(), "mine".into()));
        let text = String::from_utf8(arrived(&probe).await).unwrap().to_ascii_lowercase();
        assert_eq!(text.matches("user-agent").count(), 1, "{text}");
        assert!(text.contains("user-agent: mine\r\n"), "{text}");
    }
}

#[tokio::test]
async fn an_answer_before_the_request_ends_is_seen() {
    // Larger than what the system takes in on its own, in both directions.
    let body = vec![b'x'; 24 << 20];
    for way in BOTH {
        let server = Server::start(|mut guest| {
            let mut some = [0; 64];
            std::io::Read::read_exact(&mut guest.stream, &mut some).unwrap();
            // Closing at once, with most of the request unread, is a reset behind the answer.
            guest.say("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig");
        });
        let mut probe = probe(way);
        (probe.method, probe.body) = ("POST".into(), Octets(body.clone()));
        let got = answer(send(server.port, &probe).await);
        assert_eq!((got.status, got.body.text().as_ref()), (413, "big"), "{way:?}");
    }
}

#[tokio::test]
async fn a_secret_that_would_break_a_header_is_never_sent() {
    for way in BOTH {
        let server = Server::answering(OK, false);
        let mut secrets = Secrets::default();
        secrets.insert("full", "canary\r\nX: y");
        let mut probe = probe(way);
        probe.headers.push(("Authorization".into(), "Bearer {{secret full}}".into()));
        let got = failure(wire(server.port, secrets).send(&probe).await.0);
        assert_eq!(got.kind, FailureKind::Unsendable);
        assert!(!got.detail.contains("canary"), "{}", got.detail);
        assert_eq!(server.heard(|heard| heard.connections), 0);
    }
}
