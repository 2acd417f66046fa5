//! `body.utf-8`: the body is UTF-8.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "body.utf-8",
    level: Level::Must,
    reach: Reach::Body,
    title: "The body is UTF-8",
    why: "JSON between systems is UTF-8, whatever a charset parameter says. What is not cannot be read, and is not \
          judged further.",
    clause: "JSON (RFC 8259, 8.1): text that systems exchange is encoded as UTF-8.",
    example: "A name with the single byte E9 for é.",
};

/// Tells where the body ceases to be UTF-8.
pub fn broken(bytes: &[u8], at: usize) -> Fault {
    let near: Vec<String> = bytes.iter().skip(at).take(4).map(|byte| format!("{byte:02X}")).collect();
    let before = String::from_utf8_lossy(bytes.get(at.saturating_sub(30)..at).unwrap_or_default());
    let received = format!("the bytes {} at offset {at}, after `{before}`", near.join(" "));
    RULE.broken("UTF-8", show::text(&received)).at("")
}
