//! `rate.no-collapse`: under a burst the tenant serves or limits, and neither fails nor refuses in another way.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::check::{answer, show};
use crate::exchange::{Failure, FailureKind, Outcome};
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "rate.no-collapse",
    level: Level::Must,
    reach: Reach::Limit,
    title: "Under a burst the tenant serves or limits, and nothing else",
    why: "The limit protects the tenant, so a burst must meet the limit and not a crash. A client that gets 503, 403 or \
          a reset instead of 429 cannot know that it was too fast. A request of the same kind was served just before, \
          and a finding counts only when a second burst shows it too. A tenant that answers one request after another, \
          however slowly, is slow and not broken.",
    clause: "Too Many Requests - Returned in response to too many requests in a given period of time - rate limited.",
    example: "503 from a gateway, or a connection that is reset, for some requests of a burst.",
};

const TOO_MANY_REQUESTS: u16 = 429;

/// The rules that tell of the same cause of one answer.
pub const SAME_CAUSE: [&str; 6] = [
    answer::http::RULE.id,
    answer::in_time::RULE.id,
    answer::no_server_error::RULE.id,
    answer::no_redirect::RULE.id,
    answer::listed_status::RULE.id,
    answer::expected_status::RULE.id,
];

/// Judges one answer of a burst.
pub fn judge(scene: &Scene<'_>) -> Option<Fault> {
    let received = match &scene.exchange.outcome {
        Outcome::Answered(answer) if scene.allows(answer.status) || answer.status == TOO_MANY_REQUESTS => return None,
        Outcome::Answered(answer) => show::answer(answer),
        Outcome::Failed(failure) => failed(failure)?,
    };
    Some(RULE.broken(expected(scene), received))
}

/// What a burst may be answered with.
pub fn expected(scene: &Scene<'_>) -> String {
    let statuses = scene.case.expect.statuses.iter().chain(&[TOO_MANY_REQUESTS]);
    format!("status {}", show::choice(&statuses.map(ToString::to_string).collect::<Vec<_>>()))
}

/// What a failure says of the tenant; `None` where it may be the way there.
pub fn failed(failure: &Failure) -> Option<String> {
    let told = match failure.kind {
        FailureKind::Unreachable | FailureKind::ConnectTimeout | FailureKind::Proxy | FailureKind::Unsendable => {
            return None;
        }
        FailureKind::Refused => "the connection was refused",
        FailureKind::Tls => "the connection ended in its TLS handshake",
        FailureKind::Silence => "no answer in time",
        FailureKind::Reset => "the connection was reset before an answer",
        FailureKind::Closed => "the connection was closed before an answer",
        FailureKind::NotHttp => "bytes that are no HTTP answer",
    };
    Some(told.to_owned())
}
