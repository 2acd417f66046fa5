//! `identity.same-id`: the thing that comes back is the one that was asked for (`x-equals: path.NAME`).

use crate::check::fault::Fault;
use crate::check::outline::{EQUALS, Sight};
use crate::check::rule::{Class, Reach, Rule};
use crate::check::scene::Scene;
use crate::check::show;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "identity.same-id",
    level: Level::Must,
    reach: Reach::Mark(EQUALS, Class::Success),
    title: "The returned thing is the one that was asked for",
    why: "Another thing under the asked id is the worst answer there is: nobody notices. Ids are opaque and compared as \
          they are. Where the answer should have been a refusal, this is not told besides.",
    clause: "ID of the requested document.",
    example: "A request for the id 2c91a0 is answered with \"id\": \"2c91a1\".",
};

/// Judges a value that is annotated so.
pub fn judge(sight: &Sight<'_, '_>, scene: &Scene<'_>) -> Option<Fault> {
    let received = sight.value.as_str()?;
    let parameter = sight.shapes.iter().find_map(|shape| shape.marks.equals.as_deref())?;
    let asked = scene.probe().parameters.get(parameter)?;
    let other = received != asked;
    let fault = || RULE.broken(format!("the asked one, \"{}\"", show::text(asked)), show::value(sight.value));
    other.then(|| fault().at(sight.pointer()).seen("string").mended_by(asked.as_str()))
}
