//! `identity.date-time`: a date-time is RFC 3339 with a zone (`format: date-time`).

use crate::check::format::DATE_TIME;
use crate::check::rule::{Reach, Rule};
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "identity.date-time",
    level: Level::Must,
    reach: Reach::Format(DATE_TIME.name),
    title: "A date-time is RFC 3339 with a zone",
    why: "A time without a zone, or on a day that does not exist, is no moment. Any offset, any number of fraction \
          digits, a leap second and lower-case letters are right.",
    clause: "A date-time in ISO-8601 format",
    example: "\"created\": \"2020-09-07T42:14:00.364Z\"",
};
