//! `rate.serves-after-wait`: after the wait that a 429 announces the caller is served again.

use super::no_collapse::failed;
use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::check::show;
use crate::exchange::Outcome;
use crate::verdict::Level;
use std::time::Duration;

/// The rule.
pub const RULE: Rule = Rule {
    id: "rate.serves-after-wait",
    level: Level::Must,
    reach: Reach::Limit,
    title: "After the wait that a 429 announces the caller is served again",
    why: "A client that waits as it was told and is refused again can only guess. Retry-After comes in whole seconds, and \
          windows slide: where the first request after the wait is limited again, its own wait is honoured too, at \
          least a second, before the first wait is called untrue. A finding counts when a further wait is untrue too. \
          One request is sent at a time, and none during a wait.",
    clause: "The Retry-After header in the response includes how long to wait before trying again.",
    example: "429 with Retry-After: 1, and 429 again after one, two, three and four seconds.",
};

/// Tells that what came after the second wait serves no more than the first; `None` where that may be the way there.
pub fn broken(scene: &Scene<'_>, announced: Duration) -> Option<Fault> {
    let received = match &scene.exchange.outcome {
        Outcome::Answered(answer) => show::answer(answer),
        Outcome::Failed(failure) => failed(failure)?,
    };
    let statuses: Vec<String> = scene.case.expect.statuses.iter().map(ToString::to_string).collect();
    let seconds = announced.as_secs();
    Some(RULE.broken(format!("status {} after the announced wait ({seconds} s)", show::choice(&statuses)), received))
}
