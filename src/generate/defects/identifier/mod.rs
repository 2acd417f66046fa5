//! The layer `identifier`: what can stand in a path where a listed name or an id is expected.

mod ids;
mod listed;

pub use ids::ALL as IDS;
pub use listed::ALL as LISTED;

use crate::generate::defect::{Aid, Spot};
use crate::generate::draft::Draft;
use crate::generate::proof::{Sent, SentValue};

/// Puts another value into the path; false where it would be the same.
fn change(draft: &mut Draft, spot: &Spot, by: impl FnOnce(&[u8]) -> Vec<u8>) -> bool {
    let Some(value) = draft.parameter(spot.name()) else { return false };
    let changed = by(value);
    let differs = changed != *value;
    *value = changed;
    differs
}

/// A value with something before and after it.
fn around(before: &str, value: &[u8], after: &str) -> Vec<u8> {
    [before.as_bytes(), value, after.as_bytes()].concat()
}

/// A value whose first octet is escaped twice.
fn escaped_twice(value: &[u8]) -> Vec<u8> {
    match value.split_first() {
        Some((first, rest)) if *first != b'%' => around(&format!("%25{first:02X}"), rest, ""),
        _ => value.to_vec(),
    }
}

/// Whether the value in the path and the one of the request that works stand as a defect says.
fn reads(sent: &Sent<'_>, aid: &Aid, holds: impl FnOnce(&SentValue<'_>, &[u8]) -> bool) -> bool {
    let own = SentValue::read(&aid.value);
    sent.value(aid.slashes).is_some_and(|value| value.raw != own.raw && holds(&value, &own.plain))
}

/// Whether a value that was read once is the one that works when it is read once more.
fn is_escaped_twice(value: &SentValue<'_>, own: &[u8]) -> bool {
    value.plain != own && SentValue::read(&value.plain).plain == own
}
