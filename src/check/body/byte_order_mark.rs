//! `body.byte-order-mark`: no mark stands before the JSON text.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "body.byte-order-mark",
    level: Level::Should,
    reach: Reach::Body,
    title: "The JSON text begins without a byte order mark",
    why: "A sender must not add one, but a reader may skip it, and many do: a should. The rest is judged as if it were \
          not there.",
    clause: "JSON (RFC 8259, 8.1): no byte order mark is put before a text that is sent over a network.",
    example: "The bytes EF BB BF before the first brace.",
};

/// Tells of the mark.
pub fn broken() -> Fault {
    RULE.broken("JSON from the first byte on", "the bytes EF BB BF first").at("")
}
