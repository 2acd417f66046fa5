//! `identity.unique-ids`: no two things carry the same id (`x-unique: run` in a body of the success class).

use crate::check::fault::Fault;
use crate::check::ledger::Ledger;
use crate::check::outline::{Sight, UNIQUE};
use crate::check::rule::{Class, Reach, Rule};
use crate::check::scene::Scene;
use crate::check::show;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "identity.unique-ids",
    level: Level::Must,
    reach: Reach::Mark(UNIQUE, Class::Success),
    title: "Each thing that a request starts has an id of its own",
    why: "A caller follows what it started by that id. The same id for two requests leads one of them to the other's \
          result. The form of the id is free.",
    clause: "System-generated unique ID of the task this taskStatus represents",
    example: "Two uploads, both answered with the same task id.",
};

/// Judges a value that is annotated so under `rule`, and remembers it.
pub fn judge(rule: &'static Rule, sight: &Sight<'_, '_>, scene: &Scene<'_>, ledger: &mut Ledger) -> Option<Fault> {
    let value = sight.value.as_str()?;
    let shape = sight.shapes.iter().find(|shape| shape.marks.unique)?;
    let first = ledger.meet(&shape.place, value, scene.exchange.number)?;
    let expected = format!("a value that no other answer carries (exchange {first} does)");
    Some(rule.broken(expected, show::value(sight.value)).at(sight.pointer()).seen("string").after(first))
}
