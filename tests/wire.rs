//! The wire over real sockets: both ways give one outcome, whatever the other side does.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "wire/answers.rs"]
mod answers;
#[path = "support/authority.rs"]
mod authority;
#[path = "wire/deadlines.rs"]
mod deadlines;
#[path = "wire/kept.rs"]
mod kept;
#[path = "wire/proxied.rs"]
mod proxied;
#[path = "wire/refusals.rs"]
mod refusals;
#[path = "wire/requests.rs"]
mod requests;
#[path = "wire/server.rs"]
mod server;

use std::time::Duration;
use tenantcheck::exchange::{Answer, Failure, Octets, Outcome, Probe, Secrets, Target, Way};
use tenantcheck::wire::{Limits, Proxies, Wire};

const BOTH: [Way; 2] = [Way::Ordinary, Way::Exact];

/// A probe that goes the way that is asked for, and is otherwise the same.
fn probe(way: Way) -> Probe {
    let probe = Probe {
        method: "GET".into(),
        target: "/widgets/1?a=b".into(),
        headers: vec![("Accept".into(), "application/json".into())],
        omit: if way == Way::Exact { vec!["x-nothing".into()] } else { Vec::new() },
        ..Probe::default()
    };
    assert_eq!(probe.way(), way);
    probe
}

fn limits() -> Limits {
    Limits {
        connect: Duration::from_millis(500),
        first_byte: Duration::from_millis(400),
        whole: Duration::from_millis(800),
        max_body: 1 << 20,
    }
}

/// A wire to a server of the test, past whatever proxy this machine has.
fn wire(port: u16, secrets: Secrets) -> Wire {
    wire_within(limits(), port, secrets)
}

fn wire_within(limits: Limits, port: u16, secrets: Secrets) -> Wire {
    let target = Target::parse(&format!("http://127.0.0.1:{port}")).unwrap();
    Wire::with_proxies(target, secrets, limits, None, &Proxies::all("http://127.0.0.1:9", "")).unwrap()
}

async fn send(port: u16, probe: &Probe) -> Outcome {
    wire(port, Secrets::default()).send(probe).await.0
}

fn answer(outcome: Outcome) -> Answer {
    match outcome {
        Outcome::Answered(answer) => answer,
        Outcome::Failed(failure) => panic!("no answer: {failure:?}"),
    }
}

fn failure(outcome: Outcome) -> Failure {
    match outcome {
        Outcome::Failed(failure) => failure,
        Outcome::Answered(answer) => panic!("an answer: {answer:?}"),
    }
}

/// An answer with the letter case of its header names left out of account.
fn leveled(mut answer: Answer) -> Answer {
    for (name, _) in &mut answer.headers {
        name.make_ascii_lowercase();
    }
    answer
}

fn body(text: &str) -> Octets {
    text.into()
}
