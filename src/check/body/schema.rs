//! `body.schema`: the body conforms to the schema of its status and branch.

use crate::check::rule::{Reach, Rule};
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "body.schema",
    level: Level::Must,
    reach: Reach::Body,
    title: "The body conforms to the schema of its status",
    why: "Clients are generated from it. Owed properties are those without which the answer is worthless; every other \
          may be absent or null. Added properties are a note, and so are new values of open lists.",
    clause: "The requested document.",
    example: "\"success\": \"true\", a text where the page says boolean.",
};
