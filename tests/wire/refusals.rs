//! Refusals by a server that leaves input unread: it closes, and the system sends a reset after the answer.

use crate::server::{Guest, Server};
use crate::{BOTH, answer, probe, wire_within};
use std::io::Read;
use std::time::Duration;
use tenantcheck::exchange::{Answer, End, Octets, Probe, Secrets, Way};
use tenantcheck::wire::Limits;

/// How often each timing is tried.
const TRIES: usize = 6;

/// How a server refuses.
#[derive(Debug, Clone, Copy)]
struct Manner {
    /// How much of the request it reads, in bytes.
    reads: usize,
    /// How many milliseconds it waits between head and body of its answer.
    between: u64,
    /// How many milliseconds it waits between its answer and the end.
    before_the_end: u64,
    /// Whether its system may hold the body back until the head is acknowledged.
    held_back: bool,
    /// How long its body is, in bytes.
    body: usize,
}

/// Each timing of a refusal.
fn manners(held_back: bool, body: usize) -> impl Iterator<Item = Manner> {
    let timings = [(2083, 0, 0), (200, 0, 10), (8192, 5, 0), (8192, 5, 10), (1, 1, 1)];
    let manner = move |(reads, between, before_the_end)| Manner { reads, between, before_the_end, held_back, body };
    timings.into_iter().map(manner)
}

/// Answers short requests, and refuses what goes to `/long`, head and body each in a piece.
fn refusing(manner: Manner) -> Server {
    Server::start(move |mut guest| {
        guest.stream.set_nodelay(!manner.held_back).unwrap();
        while !is_long(&guest) {
            if !guest.request() || !guest.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") {
                return;
            }
        }
        let mut some = vec![0; manner.reads];
        guest.stream.read_exact(&mut some).unwrap();
        guest.say(format!("HTTP/1.1 414 Too Long\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", manner.body));
        std::thread::sleep(Duration::from_millis(manner.between));
        guest.say(vec![b'x'; manner.body]);
        std::thread::sleep(Duration::from_millis(manner.before_the_end));
        guest.reset();
    })
}

fn is_long(guest: &Guest) -> bool {
    let mut line = [0; 9];
    let seen = guest.stream.peek(&mut line).unwrap_or(0);
    line[..seen].ends_with(b"/long")
}

/// Sends some short requests and then the long one over one wire.
async fn refused(port: u16, way: Way, long: &Probe, earlier: usize) -> Answer {
    let wire = wire_within(Limits::default(), port, Secrets::default());
    for _ in 0..earlier {
        assert_eq!(answer(wire.send(&probe(way)).await.0).status, 200, "{way:?}");
    }
    answer(wire.send(long).await.0)
}

/// How many of the tries gave the whole refusal; the rest of it is lost together, or not at all.
async fn whole(way: Way, long: &Probe, earlier: usize, manner: Manner) -> usize {
    let server = refusing(manner);
    let mut whole = 0;
    for _ in 0..TRIES {
        let got = refused(server.port, way, long, earlier).await;
        assert_eq!(got.status, 414, "{way:?} {manner:?}");
        whole += usize::from(got.end == End::Complete && got.body.0.len() == manner.body);
    }
    whole
}

fn long_target(way: Way) -> Probe {
    Probe { target: format!("/long{}", "a".repeat(8192)).as_str().into(), ..probe(way) }
}

fn upload(way: Way, size: usize) -> Probe {
    Probe { method: "PUT".into(), target: "/long".into(), body: Octets(vec![b'y'; size]), ..probe(way) }
}

#[tokio::test]
async fn what_was_sent_before_a_reset_is_read_to_the_last_byte() {
    for way in BOTH {
        for long in [long_target(way), upload(way, 12 * 1024), upload(way, 60 * 1024), upload(way, 1 << 20)] {
            for manner in manners(false, 312).chain(manners(false, 40_000)) {
                let size = long.body.0.len();
                assert_eq!(whole(way, &long, 1, manner).await, TRIES, "{way:?} {size} {manner:?}");
            }
        }
    }
}

/// On a connection that was used before, all of them are lost; on a fresh one, one in thousands, by any client.
#[tokio::test]
async fn what_the_servers_system_holds_back_before_a_reset_is_freed_in_time() {
    for way in BOTH {
        for long in [long_target(way), upload(way, 12 * 1024), upload(way, 1 << 20)] {
            for (manner, earlier) in manners(true, 312).zip([0, 1, 4].into_iter().cycle()) {
                let (size, whole) = (long.body.0.len(), whole(way, &long, earlier, manner).await);
                assert!(whole * 2 > TRIES, "{way:?} {size} {manner:?} {earlier} earlier: {whole} of {TRIES}");
            }
        }
    }
}
