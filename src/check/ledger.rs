//! What rules over several exchanges remember.

use super::history::History;
use super::seen::Seen;
use ring::digest::{SHA256, digest};
use std::collections::HashMap;

/// What rules over several exchanges of one run remember.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// By the first 16 bytes of a digest of place and value: a long campaign meets many.
    met: HashMap<u128, u64>,
    pub(super) history: History,
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
}

#[cfg(test)]
mod tests {
    use super::Ledger;

    #[test]
    fn a_value_is_a_repeat_in_another_exchange_at_the_same_place_only() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.meet("a", "x", 1), None);
        assert_eq!(ledger.meet("a", "x", 1), None);
        assert_eq!(ledger.meet("b", "x", 2), None);
        assert_eq!(ledger.meet("a", "x", 3), Some(1));
    }
}
