//! `answer.in-time`: an answer comes, and ends, within the deadlines.

use super::owed::is_owed;
use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::exchange::{Answer, End, Failure, FailureKind, Timing};
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "answer.in-time",
    level: Level::Must,
    reach: Reach::Any,
    title: "The answer begins and ends within the deadlines",
    why: "A request that hangs holds a connection and a caller. The first byte is waited for 5 s, the whole answer \
          10 s. A request that is not complete by its own framing is owed no answer.",
    clause: "HTTP (RFC 9110, 15.6.5 and 3.4): a server answers the requests that it receives, if only to say that it \
             cannot in time.",
    example: "No byte of an answer within 5 s.",
};

/// Judges an answer that never began.
pub fn failed(scene: &Scene<'_>, failure: &Failure) -> Option<Fault> {
    let silent = failure.kind == FailureKind::Silence && is_owed(scene.probe());
    silent.then(|| {
        RULE.broken("the first byte of an answer within the deadline", waited("nothing", scene.exchange.timing))
    })
}

/// Judges how an answer ended.
pub fn ended(scene: &Scene<'_>, answer: &Answer) -> Option<Fault> {
    let late = answer.end == End::TimedOut;
    let part = format!("{} bytes of the body and no end", answer.body.0.len());
    late.then(|| RULE.broken("the end of the answer within the deadline", waited(&part, scene.exchange.timing)))
}

fn waited(what: &str, timing: Timing) -> String {
    format!("{what} in {} ms", timing.total_us / 1_000)
}
