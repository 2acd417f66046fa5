//! What rules over several exchanges remember.

use ring::digest::{SHA256, digest};
use std::collections::HashMap;

/// What rules over several exchanges of one run remember.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    met: HashMap<Vec<u8>, u64>,
}

impl Ledger {
    /// Remembers that an exchange carried a value at a place of the schemas; the number of an earlier exchange that
    /// carried it, if another one did.
    pub fn meet(&mut self, place: &str, value: &str, exchange: u64) -> Option<u64> {
        let key = digest(&SHA256, format!("{place}\n{value}").as_bytes()).as_ref().to_vec();
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
