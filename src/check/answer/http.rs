//! `answer.http`: what comes is HTTP.

use super::owed::is_owed;
use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::check::show;
use crate::exchange::{Failure, FailureKind};
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "answer.http",
    level: Level::Must,
    reach: Reach::Any,
    title: "A complete request is answered, and the answer is HTTP",
    why: "A client that gets a closed connection or bytes that are no HTTP cannot tell what became of its request. \
          A request that is not complete by its own framing is owed nothing. Where HTTP itself may refuse the request, \
          a connection that is closed without an answer is only a should: servers may close on a malformed message.",
    clause: "HTTP (RFC 9110, 3.4): a server answers each request that it receives with one or more HTTP responses.",
    example: "The connection is closed after the request, before any byte of an answer.",
};

/// Judges an answer that never began.
pub fn failed(scene: &Scene<'_>, failure: &Failure) -> Option<Fault> {
    let expected = "an HTTP answer";
    match failure.kind {
        FailureKind::NotHttp => {
            let head = show::text(&format!("{}: {}", failure.detail, show::bytes(&failure.head.0)));
            Some(RULE.broken(expected, head))
        }
        FailureKind::Reset | FailureKind::Closed if is_owed(scene.probe()) => {
            let how = if failure.kind == FailureKind::Reset { "reset" } else { "closed" };
            let fault = RULE.broken(expected, format!("the connection was {how} before an answer"));
            let level = if scene.case.expect.http { RULE.level.min(Level::Should) } else { RULE.level };
            Some(Fault { level, ..fault })
        }
        _ => None,
    }
}
