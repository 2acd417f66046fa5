//! `envelope.locale`: a locale is a BCP 47 language tag (`format: language-tag`).

use crate::check::format::LANGUAGE_TAG;
use crate::check::rule::{Reach, Rule};
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "envelope.locale",
    level: Level::Must,
    reach: Reach::Format(LANGUAGE_TAG.name),
    title: "A locale is a BCP 47 language tag",
    why: "Clients choose fonts, voices and translations by it. Every well-formed tag is right, `und` too, in any letter \
          case; whether its parts are registered is not asked.",
    clause: "The locale for the message text, a BCP 47 language tag.",
    example: "\"locale\": \"en_US\"",
};
