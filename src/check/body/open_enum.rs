//! `body.open-enum`: a value that an open list does not know yet (`x-extensible-enum`).

use crate::check::fault::Fault;
use crate::check::outline::{LISTED, Sight};
use crate::check::rule::{Class, Reach, Rule};
use crate::check::show;
use crate::verdict::Level;

/// The note.
pub const RULE: Rule = Rule {
    id: "body.open-enum",
    level: Level::Note,
    reach: Reach::Mark(LISTED, Class::Any),
    title: "A value is one that its open list knows",
    why: "The list may grow without notice, so a new value breaks nothing; but clients that switch over the known ones \
          should hear of it.",
    clause: "Additional values may be added in the future without notice.",
    example: "\"localeOrigin\": \"TENANT\"",
};

/// Looks at a value that is annotated so.
pub fn judge(sight: &Sight<'_, '_>) -> Option<Fault> {
    let received = sight.value.as_str()?;
    let listed = sight.shapes.iter().find_map(|shape| shape.marks.listed.as_ref())?;
    if listed.iter().any(|known| known == received) {
        return None;
    }
    let known: Vec<String> = listed.iter().filter_map(|known| known.as_str().map(ToOwned::to_owned)).collect();
    let fault = RULE.broken(format!("a known value: {}", show::choice(&known)), show::value(sight.value));
    Some(fault.at(sight.pointer()).seen("string"))
}
