//! `body.json`: the body is one JSON value and nothing more.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "body.json",
    level: Level::Must,
    reach: Reach::Body,
    title: "The body is one JSON value and nothing more",
    why: "Strict readers refuse what lax ones let through, so the strict grammar counts. Blanks around the value, lone \
          surrogate escapes and numbers that no double holds are within the grammar.",
    clause: "JSON (RFC 8259, 2): a text is one value with blanks around it, in the grammar of that document.",
    example: "{\"id\": \"2c91\",}",
};

/// Tells where the body ceases to be JSON.
pub fn broken(bytes: &[u8], at: usize, expected: &str) -> Fault {
    if bytes.is_empty() {
        return RULE.broken("a JSON value", "an empty body").at("");
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let received = if rest.is_empty() {
        format!(
            "the end at offset {at}, after `{}`",
            show::bytes(bytes.get(at.saturating_sub(60)..).unwrap_or_default())
        )
    } else {
        format!("at offset {at}: {}", show::bytes(rest.get(..200).unwrap_or(rest)))
    };
    RULE.broken(expected, show::text(&received)).at("")
}
