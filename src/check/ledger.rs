//! What rules over several exchanges remember.

use super::seen::Seen;
use ring::digest::{SHA256, digest};
use std::collections::HashMap;

/// What rules over several exchanges of one run remember.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// By the first 16 bytes of a digest of place and value: a long campaign meets many.
    met: HashMap<u128, u64>,
    bodies: HashMap<String, Vec<(u64, u64)>>,
    pub(super) seen: Seen,
}

impl Ledger {
    /// What of the schemas the bodies showed.
    pub(super) fn seen(&self) -> &Seen {
        &self.seen
    }

    /// Remembers that an exchange carried a value at a place of the schemas; the number of an earlier exchange that
    /// carried it, if another one did.
    pub fn meet(&mut self, place: &str, value: &str, exchange: u64) -> Option<u64> {
        let digest = digest(&SHA256, format!("{place}\n{value}").as_bytes());
        let key = digest.as_ref().iter().take(16).fold(0, |key, byte| (key << 8) | u128::from(*byte));
        let first = *self.met.entry(key).or_insert(exchange);
        (first != exchange).then_some(first)
    }

    /// Remembers the digest of a body; the number of the last exchange with another one, if none had this one before.
    pub fn differ(&mut self, place: &str, digest: u64, exchange: u64) -> Option<u64> {
        let seen = self.bodies.entry(place.to_owned()).or_default();
        let place = seen.iter().position(|(other, _)| *other == digest).unwrap_or_else(|| {
            seen.push((digest, exchange));
            seen.len() - 1
        });
        let own = seen.get(place).is_some_and(|(_, first)| *first == exchange);
        let before = place.checked_sub(1).and_then(|place| seen.get(place)).filter(|_| own)?;
        Some(before.1)
    }
}

#[cfg(test)]
mod tests {
    use super::Ledger;

    #[test]
    fn only_a_body_that_none_before_was_like_differs() {
        let mut ledger = Ledger::default();
        let told: Vec<_> = [(7, 1), (7, 2), (8, 3), (8, 3), (7, 4), (8, 5), (9, 6)]
            .map(|(digest, exchange)| ledger.differ("a", digest, exchange))
            .into();
        assert_eq!(told, [None, None, Some(1), Some(1), None, None, Some(3)]);
        assert_eq!(ledger.differ("b", 9, 7), None);
    }

    #[test]
    fn a_value_is_a_repeat_in_another_exchange_at_the_same_place_only() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.meet("a", "x", 1), None);
        assert_eq!(ledger.meet("a", "x", 1), None);
        assert_eq!(ledger.meet("b", "x", 2), None);
        assert_eq!(ledger.meet("a", "x", 3), Some(1));
    }
}
