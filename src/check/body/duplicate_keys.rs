//! `body.duplicate-keys`: no object has a key twice.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "body.duplicate-keys",
    level: Level::Must,
    reach: Reach::Body,
    title: "No object has a key twice",
    why: "Readers differ in which of the two they take, so two clients see two answers. The last one is judged further.",
    clause: "JSON (RFC 8259, 4): the names within an object are unique, for readers to agree on what it holds.",
    example: "{\"id\": \"a\", \"id\": \"b\"}",
};

/// Tells of each key that stands twice.
pub fn judge(duplicates: &[String]) -> impl Iterator<Item = Fault> + '_ {
    duplicates
        .iter()
        .map(|pointer| RULE.broken("the key once", "the key again in the same object").at(pointer.as_str()))
}
