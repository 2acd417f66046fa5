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
fn reads(sent: Sent<'_>, aid: &Aid, holds: impl FnOnce(&SentValue<'_>, &[u8]) -> bool) -> bool {
    let own = SentValue::read(&aid.value);
    sent.value(aid.slashes).is_some_and(|value| value.raw != own.raw && holds(&value, &own.plain))
}

/// Whether a value that was read once is the one that works when it is read once more.
fn is_escaped_twice(value: &SentValue<'_>, own: &[u8]) -> bool {
    value.plain != own && SentValue::read(&value.plain).plain == own
}

#[cfg(test)]
mod tests {
    use super::{IDS, LISTED};
    use crate::generate::defect::Spot;
    use crate::generate::defects::sample::{aid, draft, proven};

    #[test]
    fn every_strange_name_and_id_shows_in_the_bytes() {
        proven(LISTED, "kind");
        proven(IDS, "code");
    }

    #[test]
    fn a_strange_id_is_found_beside_a_strange_name() {
        let (kind, code) = (Spot::Parameter("kind".into()), Spot::Parameter("code".into()));
        for (name, id) in LISTED.iter().zip(IDS) {
            let mut broken = draft();
            assert!((name.apply)(&mut broken, &kind, &aid("kind")) && (id.apply)(&mut broken, &code, &aid("code")));
            let probe = crate::generate::render(&broken, crate::exchange::Probe::default());
            let sent = crate::generate::proof::Sent::of(&probe);
            assert!((id.shows)(&sent, &code, &aid("code")), "{} beside {}", id.id, name.id);
        }
    }

    #[test]
    fn a_value_that_cannot_be_folded_takes_no_fold() {
        let mut none = draft();
        *none.parameter("code").unwrap() = Vec::new();
        let folded = IDS.iter().find(|defect| defect.id.ends_with("double-encoded")).unwrap();
        assert!(!(folded.apply)(&mut none, &Spot::Parameter("code".into()), &aid("code")));
    }
}
