//! What of the contract was not seen, by the reason.

use crate::event::Unseen;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The reasons with what each kept from being seen, in its order; the reason of the most things first.
pub fn by_reason<'a>(missing: impl IntoIterator<Item = &'a Unseen>) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Unseen { item, why } in missing {
        reasons.entry(why).or_default().push(item);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, items)| Reverse(items.len()));
    reasons
}

#[cfg(test)]
mod tests {
    use super::{Unseen, by_reason};

    #[test]
    fn the_reason_of_the_most_things_comes_first() {
        let unseen = |item: &str, why: &str| Unseen { item: item.into(), why: why.into() };
        let missing = [unseen("1", "a"), unseen("2", "b"), unseen("3", "b")];
        assert_eq!(by_reason(&missing), [("b", vec!["2", "3"]), ("a", vec!["1"])]);
    }
}
