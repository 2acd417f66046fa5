//! `answer.no-redirect`: the tenant answers itself.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::exchange::Answer;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "answer.no-redirect",
    level: Level::Must,
    reach: Reach::Any,
    title: "The tenant answers itself and does not redirect",
    why: "The page lists no redirect, and a client that follows one may carry its credential elsewhere. It is not \
          followed here.",
    clause: "HTTP (RFC 9110, 15.4): a redirect asks for further action; the page lists every status of the operation, \
             and none of that class.",
    example: "302 with Location: /login.",
};

/// Tells of a redirect.
pub fn broken(answer: &Answer) -> Fault {
    let place = answer.header("location").next().map(|place| format!(" to {}", show::bytes(&place.0)));
    RULE.broken("no redirect", show::text(&format!("{}{}", show::answer(answer), place.unwrap_or_default())))
}
