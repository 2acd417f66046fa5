//! `envelope.detail-code`: a code begins with the status (`x-begins-with: status`).

use crate::check::fault::Fault;
use crate::check::outline::{BEGINS_WITH, Sight};
use crate::check::rule::{Class, Reach, Rule};
use crate::check::show;
use crate::verdict::Level;
use serde_json::Value;

/// The rule.
pub const RULE: Rule = Rule {
    id: "envelope.detail-code",
    level: Level::Must,
    reach: Reach::Mark(BEGINS_WITH, Class::Any),
    title: "The detail code begins with the status of the answer",
    why: "Clients tell errors apart by the code. What follows the status, and its letter case, is free.",
    clause: "Fine-grained error code providing more detail of the error.",
    example: "403 with \"detailCode\": \"400.1 Bad Request Content\".",
};

/// Judges a value that is annotated so.
pub fn judge(sight: &Sight<'_, '_>, status: u16) -> Option<Fault> {
    let code = sight.value.as_str().filter(|_| sight.shapes.iter().any(|shape| shape.marks.begins_with_status))?;
    let status = status.to_string();
    if code.starts_with(&status) {
        return None;
    }
    let rest = code.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let blank = if rest.starts_with(['.', ' ']) || rest.is_empty() { "" } else { " " };
    let mend = Value::String(format!("{status}{blank}{rest}"));
    let fault = RULE.broken(format!("a text that begins with {status}"), show::value(sight.value));
    Some(fault.at(sight.pointer()).seen("string").mended_by(mend))
}
