//! `identity.type`: the type that a thing tells is that of the branch that was asked (`x-branch-value`).

use crate::check::fault::Fault;
use crate::check::outline::{BRANCH_VALUE, Sight};
use crate::check::rule::{Class, Reach, Rule};
use crate::check::show;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "identity.type",
    level: Level::Must,
    reach: Reach::Mark(BRANCH_VALUE, Class::Success),
    title: "A thing tells the type that belongs to where it was asked for",
    why: "Clients choose their reader by the type. Recorded tenants leave it out, and new types may come: neither is \
          held against a tenant, only the listed type of something else.",
    clause: "Enum representing the currently supported document types.",
    example: "A thing of one kind whose `_type` names another listed kind.",
};

/// Judges a value that is annotated so.
pub fn judge(sight: &Sight<'_, '_>) -> Option<Fault> {
    let received = sight.value.as_str()?;
    let own = sight.shapes.iter().find_map(|shape| shape.marks.branch_value.as_deref())?;
    let listed = sight.shapes.iter().find_map(|shape| shape.marks.listed.as_ref());
    let known = listed.is_none_or(|listed| listed.contains(sight.value));
    let fault = || RULE.broken(format!("\"{own}\""), show::value(sight.value));
    (known && received != own).then(|| fault().at(sight.pointer()).seen("string").mended_by(own))
}
