//! Connections that are kept, and several requests at once.

use crate::server::Server;
use crate::{BOTH, answer, body, failure, probe, wire};
use std::time::Duration;
use tenantcheck::exchange::{FailureKind, Outcome, Secrets, Way};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

#[tokio::test]
async fn a_connection_is_kept_where_the_answer_allows_it() {
    for way in BOTH {
        for (framed, connections) in [
            (OK, 1),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 1),
            ("HTTP/1.1 204 No Content\r\n\r\n", 1),
            ("HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nok", 3),
            ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 3),
        ] {
            let server = Server::answering(framed, false);
            let wire = wire(server.port, Secrets::default());
            let mut kept = Vec::new();
            for _ in 0..3 {
                let (outcome, timing) = wire.send(&probe(way)).await;
                answer(outcome);
                kept.push(timing.connect_us.is_none());
            }
            assert_eq!(server.heard(|heard| heard.connections), connections, "{way:?} {framed:?}");
            assert_eq!(kept, [false, connections == 1, connections == 1], "{way:?} {framed:?}");
        }
    }
}

#[tokio::test]
async fn an_idle_connection_that_was_closed_costs_nothing() {
    for way in BOTH {
        let server = Server::answering(OK, true);
        let wire = wire(server.port, Secrets::default());
        for _ in 0..3 {
            assert_eq!(answer(wire.send(&probe(way)).await.0).body, body("ok"), "{way:?}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        assert_eq!(server.heard(|heard| heard.requests.len()), 3, "{way:?}");
    }
}

#[tokio::test]
async fn a_kept_connection_that_ends_without_a_byte_is_tried_once_on_a_fresh_one() {
    for way in BOTH {
        // The second request of each connection is read and never answered.
        let server = Server::start(|mut guest| {
            guest.request();
            guest.say(OK);
            guest.request();
        });
        let wire = wire(server.port, Secrets::default());
        for _ in 0..2 {
            assert_eq!(answer(wire.send(&probe(way)).await.0).body, body("ok"), "{way:?}");
        }
        let (requests, connections) = server.heard(|heard| (heard.requests.len(), heard.connections));
        assert_eq!((requests, connections), (3, 2), "{way:?}");
    }
}

#[tokio::test]
async fn the_second_try_is_the_last() {
    for way in BOTH {
        // Only the very first request is answered.
        let server = Server::start(|mut guest| {
            guest.request();
            if guest.number == 0 {
                guest.say(OK);
                guest.request();
            }
        });
        let wire = wire(server.port, Secrets::default());
        answer(wire.send(&probe(way)).await.0);
        assert_eq!(failure(wire.send(&probe(way)).await.0).kind, FailureKind::Closed, "{way:?}");
        assert_eq!(server.heard(|heard| heard.requests.len()), 3, "{way:?}");
    }
}

#[tokio::test]
async fn what_leaves_a_connection_in_doubt_neither_takes_nor_leaves_one() {
    let server = Server::answering(OK, false);
    let wire = wire(server.port, Secrets::default());
    let mut odd = probe(Way::Exact);
    odd.headers.push(("Content-Length".into(), "0".into()));
    for probe in [probe(Way::Exact), odd, probe(Way::Exact)] {
        answer(wire.send(&probe).await.0);
    }
    assert_eq!(server.heard(|heard| heard.connections), 2);
}

#[tokio::test]
async fn bytes_after_the_answer_are_nobodys() {
    let server = Server::answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 Late\r\n\r\n", false);
    for way in BOTH {
        let wire = wire(server.port, Secrets::default());
        for _ in 0..2 {
            assert_eq!(answer(wire.send(&probe(way)).await.0).status, 200, "{way:?}");
        }
    }
}

#[test]
fn a_request_may_move_between_threads() {
    fn moves<T: Send>(_: &T) {}
    let (wire, probe) = (wire(1, Secrets::default()), probe(Way::Exact));
    moves(&wire.send(&probe));
}

#[tokio::test]
async fn requests_at_once_keep_their_own_answers_and_clocks() {
    for way in BOTH {
        // Each answer names its request; one path is slow.
        let server = Server::start(|mut guest| {
            while let Some(bytes) = super::server::request(&mut guest.stream) {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let path = text.split(' ').nth(1).unwrap().to_owned();
                if path == "/slow" {
                    std::thread::sleep(Duration::from_millis(250));
                }
                guest.say(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{path}", path.len()));
            }
        });
        let wire = wire(server.port, Secrets::default());
        for _ in 0..5 {
            let paths = ["/slow", "/a", "/bc", "/def"];
            let sent = paths.map(|path| {
                let mut probe = probe(way);
                probe.target = path.into();
                let wire = &wire;
                async move { wire.send(&probe).await }
            });
            let came = futures_util::future::join_all(sent).await;
            let slow = came[0].1.first_byte_us;
            for (path, (outcome, timing)) in paths.into_iter().zip(came) {
                let Outcome::Answered(got) = outcome else { panic!("{way:?} {outcome:?}") };
                assert_eq!(got.body.text(), path, "{way:?}");
                assert_eq!(timing.first_byte_us == slow, path == "/slow", "{way:?} {path} {timing:?}");
                assert!(timing.first_byte_us <= slow && slow >= Some(240_000), "{way:?} {path} {timing:?}");
            }
        }
        assert_eq!(server.heard(|heard| heard.connections), 4, "{way:?}");
    }
}
