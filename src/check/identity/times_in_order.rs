//! `identity.times-in-order`: what comes later has no earlier time (`x-not-before`).

use crate::check::fault::Fault;
use crate::check::instant::Instant;
use crate::check::outline::{NOT_BEFORE, Sight};
use crate::check::rule::{Class, Reach, Rule};
use crate::check::show;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "identity.times-in-order",
    level: Level::Should,
    reach: Reach::Mark(NOT_BEFORE, Class::Any),
    title: "A later time is not before an earlier one",
    why: "Something that ended before it began makes durations and sorting wrong. Moments are compared, not texts; what \
          is absent, null or no date-time is not compared. Only a should: clocks of several machines differ.",
    clause: "The task completion date",
    example: "\"created\": \"2020-01-01T00:00:01Z\", \"completed\": \"2020-01-01T00:00:00Z\"",
};

/// Judges a value that is annotated so.
pub fn judge(sight: &Sight<'_, '_>) -> Option<Fault> {
    let later = Instant::read(sight.value.as_str()?)?;
    let sibling = sight.shapes.iter().find_map(|shape| shape.marks.not_before.as_deref())?;
    let text = sight.holder?.pointer(sibling)?.as_str()?;
    let earlier = Instant::read(text)?;
    let fault = || RULE.broken(format!("not before {text} (`{sibling}`)"), show::value(sight.value));
    (later < earlier).then(|| fault().at(sight.pointer()).seen("string"))
}
