//! One clock for each stage, and what passed is data.

use crate::server::Server;
use crate::{BOTH, answer, body, failure, limits, probe, send, wire};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use tenantcheck::exchange::{End, FailureKind, Probe, Secrets, Target};
use tenantcheck::wire::{Limits, Proxies, Wire};

fn pause(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}

/// A wire whose clock of the whole is far behind the others.
fn patient(target: &str) -> Wire {
    let limits = Limits { whole: Duration::from_secs(8), ..limits() };
    let target = Target::parse(target).unwrap();
    Wire::with_proxies(target, Secrets::default(), limits, None, &Proxies::all("", "")).unwrap()
}

#[tokio::test]
async fn a_port_where_nobody_listens_refuses() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for way in BOTH {
        assert_eq!(failure(send(port, &probe(way)).await).kind, FailureKind::Refused, "{way:?}");
    }
    assert_eq!(wire(port, Secrets::default()).reach().await.unwrap_err().kind, FailureKind::Refused);
}

#[tokio::test]
async fn somebody_who_accepts_is_reached_without_a_request() {
    let server = Server::answering("", false);
    assert_eq!(wire(server.port, Secrets::default()).reach().await, Ok(()));
    assert_eq!(server.heard(|heard| heard.requests.len()), 0);
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_unreachable() {
    for way in BOTH {
        let target = Target::parse("http://nobody.invalid").unwrap();
        let wire =
            Wire::with_proxies(target, Secrets::default(), Limits::default(), None, &Proxies::all("", "")).unwrap();
        assert_eq!(failure(wire.send(&probe(way)).await.0).kind, FailureKind::Unreachable, "{way:?}");
    }
}

#[tokio::test]
async fn silence_ends_with_the_first_byte_clock() {
    for way in BOTH {
        let server = Server::start(|mut guest| {
            guest.request();
            pause(1500);
        });
        let start = Instant::now();
        let (outcome, timing) = patient(&format!("http://127.0.0.1:{}", server.port)).send(&probe(way)).await;
        assert_eq!(failure(outcome).kind, FailureKind::Silence, "{way:?}");
        assert!((400..1400).contains(&start.elapsed().as_millis()), "{way:?} {:?}", start.elapsed());
        assert_eq!(timing.first_byte_us, None);
        assert!(timing.connect_us.is_some() && timing.total_us >= 400_000, "{timing:?}");
        assert_eq!(server.heard(|heard| heard.requests.len()), 1, "silence is never asked twice");
    }
}

#[tokio::test]
async fn a_slow_answer_ends_with_the_clock_of_the_whole_and_keeps_what_came() {
    for way in BOTH {
        for framing in ["Content-Length: 99\r\n", "", "Transfer-Encoding: chunked\r\n"] {
            let server = Server::start(move |mut guest| {
                guest.request();
                guest.say(format!("HTTP/1.1 200 OK\r\n{framing}\r\n"));
                let piece = if framing.starts_with('T') { "1\r\nx\r\n" } else { "x" };
                while guest.say(piece) {
                    pause(100);
                }
            });
            let start = Instant::now();
            let got = answer(send(server.port, &probe(way)).await);
            assert_eq!((got.status, &got.end), (200, &End::TimedOut), "{way:?} {framing:?}");
            assert!(got.body.0.starts_with(b"xxxx"), "{:?}", got.body);
            assert!((800..2000).contains(&start.elapsed().as_millis()), "{way:?} {:?}", start.elapsed());
        }
    }
}

#[tokio::test]
async fn a_head_that_never_ends_is_silence() {
    for way in BOTH {
        let server = Server::start(move |mut guest| {
            guest.request();
            guest.say("HTTP/1.1 200 OK\r\n");
            while guest.say("A: b\r\n") {
                pause(100);
            }
        });
        assert_eq!(failure(send(server.port, &probe(way)).await).kind, FailureKind::Silence, "{way:?}");
    }
}

#[tokio::test]
async fn a_connection_that_does_not_stand_in_time_is_told_apart_from_silence() {
    // TLS that nobody answers: the connection is accepted, the handshake hangs.
    for way in BOTH {
        let server = Server::start(|_guest| pause(2000));
        let wire = patient(&format!("https://127.0.0.1:{}", server.port));
        let start = Instant::now();
        let (outcome, timing) = wire.send(&probe(way)).await;
        assert_eq!(failure(outcome).kind, FailureKind::ConnectTimeout, "{way:?}");
        assert!((500..1900).contains(&start.elapsed().as_millis()), "{way:?} {:?}", start.elapsed());
        assert!(timing.connect_us.is_some_and(|micros| micros >= 490_000), "{timing:?}");
    }
}

#[tokio::test]
async fn the_first_byte_is_counted_from_the_connection() {
    let server = Server::start(|mut guest| {
        guest.request();
        pause(200);
        guest.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        pause(100);
        guest.say("ok");
    });
    for way in BOTH {
        let target = Target::parse(&format!("http://127.0.0.1:{}", server.port)).unwrap();
        let wire =
            Wire::with_proxies(target, Secrets::default(), Limits::default(), None, &Proxies::all("", "")).unwrap();
        let (outcome, timing) = wire.send(&probe(way)).await;
        assert_eq!(answer(outcome).body, body("ok"));
        let first = timing.first_byte_us.unwrap();
        assert!((190_000..2_000_000).contains(&first), "{way:?} {timing:?}");
        assert!(timing.total_us >= first + 90_000, "{way:?} {timing:?}");
    }
}

#[tokio::test]
async fn a_request_that_is_not_complete_is_listened_for_half_a_second_only() {
    let server = Server::start(|mut guest| {
        guest.listen();
        pause(3000);
    });
    let mut probe = Probe { method: "POST".into(), target: "/".into(), body: "abc".into(), ..Probe::default() };
    probe.headers.push(("Content-Length".into(), "9".into()));
    let target = Target::parse(&format!("http://127.0.0.1:{}", server.port)).unwrap();
    let wire = Wire::with_proxies(target, Secrets::default(), Limits::default(), None, &Proxies::all("", "")).unwrap();
    let start = Instant::now();
    assert_eq!(failure(wire.send(&probe).await.0).kind, FailureKind::Silence);
    assert!((480..1500).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
}
