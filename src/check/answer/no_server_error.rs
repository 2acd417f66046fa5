//! `answer.no-server-error`: no input makes the tenant fail.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::exchange::Answer;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "answer.no-server-error",
    level: Level::Must,
    reach: Reach::Any,
    title: "No request makes the tenant answer with a server error",
    why: "A 5xx on a certain input is a crash that a caller can cause. Where HTTP itself refuses a method or version, \
          501 and 505 are right. An error body that has not the page's form at all is not told besides.",
    clause: "Internal Server Error - Returned if there is an unexpected error.",
    example: "500 for an upload whose last quote is not closed.",
};

/// Tells of a server error.
pub fn broken(answer: &Answer) -> Fault {
    RULE.broken("no server error", show::answer(answer))
}
