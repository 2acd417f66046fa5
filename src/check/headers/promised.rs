//! `headers.promised`: a header that the page promises with a status is there.

use super::retry_after;
use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::contract::Answer as Promise;
use crate::exchange::Answer;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "headers.promised",
    level: Level::Must,
    reach: Reach::Header(None),
    title: "A header that the page promises with a status is there",
    why: "Clients rely on it. The name's letter case is free and so is the value; Retry-After has a rule of its own.",
    clause: "HTTP (RFC 9110, 5): a header field tells what the status alone does not; the contract document lists those \
             that come with a status.",
    example: "201 without the Location that the contract document requires.",
};

/// Judges that the promised headers are there.
pub fn judge(promise: &Promise, answer: &Answer) -> Vec<Fault> {
    let others = promise.headers.iter().filter(|name| !name.eq_ignore_ascii_case(retry_after::NAME));
    let missing = others.filter(|name| answer.header(name).next().is_none());
    missing.map(|name| RULE.broken(format!("a header {name}"), "no such header")).collect()
}
