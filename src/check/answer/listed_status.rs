//! `answer.listed-status`: the status is one that the page lists.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::check::show;
use crate::exchange::Answer;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "answer.listed-status",
    level: Level::Must,
    reach: Reach::Any,
    title: "The status is one that the page lists",
    why: "Clients are written against the statuses on the page; another one has no meaning and no body to them. What \
          HTTP itself refuses may be refused with HTTP's own status, such as 405, 413 or 431; 402, 409, 410 or 422 are \
          not among them.",
    clause: "HTTP (RFC 9110, 15): a status says what became of the request; the page lists the statuses of the operation.",
    example: "204 where the page lists 200.",
};

/// Tells of a status that the page does not list.
pub fn broken(scene: &Scene<'_>, answer: &Answer) -> Fault {
    let listed: Vec<String> = scene.operation.answers.iter().map(|answer| answer.status.to_string()).collect();
    RULE.broken(format!("a status that the page lists: {}", show::choice(&listed)), show::answer(answer))
}
