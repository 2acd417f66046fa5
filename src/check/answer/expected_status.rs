//! `answer.expected-status`: a valid request is accepted; also how a case's own rule is told.

use crate::check::credential;
use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::check::show;
use crate::exchange::Answer;
use crate::verdict::Level;

/// The rule of a case that names no other.
pub const RULE: Rule = Rule {
    id: "answer.expected-status",
    level: Level::Must,
    reach: Reach::Case,
    title: "A request that the page allows is accepted",
    why: "What the page documents as valid has to work. The same request is sent again before this counts, and a \
          control tells whether the operation works at all.",
    clause: "HTTP (RFC 9110, 15.3): the status of a request that was received, understood and accepted is of the 2xx class.",
    example: "400 for an upload in the documented form.",
};

/// Tells of a listed status that the case does not allow, under the rule that the case names.
pub fn broken(rule: &'static Rule, scene: &Scene<'_>, answer: &Answer) -> Fault {
    let allowed: Vec<String> = scene.case.expect.statuses.iter().map(ToString::to_string).collect();
    let received = show::remarked(answer, credential::doubt(rule, answer.status));
    let fault = rule.broken(format!("status {}", show::choice(&allowed)), received);
    Fault { level: scene.case.expect.level, own_promise: true, ..fault }
}
