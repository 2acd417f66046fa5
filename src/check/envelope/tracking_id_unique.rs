//! `envelope.tracking-id-unique`: no two error answers carry the same id (`x-unique: run` in an error body).

use crate::check::outline::UNIQUE;
use crate::check::rule::{Class, Reach, Rule};
use crate::verdict::Level;

/// The rule; how repeats are found is told by the ledger.
pub const RULE: Rule = Rule {
    id: "envelope.tracking-id-unique",
    level: Level::Must,
    reach: Reach::Mark(UNIQUE, Class::Error),
    title: "Each error has a tracking id of its own",
    why: "The id leads support to one error. One that returns leads to the wrong one. The form of the id is free.",
    clause: "Unique tracking id for the error.",
    example: "Two requests, both answered with \"trackingId\": \"00000000000000000000000000000000\".",
};
