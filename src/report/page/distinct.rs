//! Counts names, each once, in bounded room.

use std::collections::BTreeSet;

/// Names that were met. The first `MOST` are held; beyond them, one that comes twice in a row is counted once.
#[derive(Debug, Default)]
pub struct Distinct<const MOST: usize> {
    known: BTreeSet<String>,
    last: String,
    more: u64,
}

impl<const MOST: usize> Distinct<MOST> {
    /// Takes a name; false where it was met before.
    pub fn insert(&mut self, name: &str) -> bool {
        if self.known.contains(name) || self.last == name {
            return false;
        }
        if self.known.len() < MOST {
            return self.known.insert(name.to_owned());
        }
        name.clone_into(&mut self.last);
        self.more += 1;
        true
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.known.len() as u64 + self.more
    }
}

#[cfg(test)]
mod tests {
    use super::Distinct;

    #[test]
    fn names_are_counted_once_and_few_are_held() {
        let mut names = Distinct::<10>::default();
        for number in 0..1_000 {
            assert!(names.insert(&format!("{number}")));
            assert!(!names.insert(&format!("{number}")), "twice in a row");
            assert!(number < 3 || !names.insert("3"), "one of the first");
        }
        assert_eq!((names.count(), names.known.len()), (1_000, 10));
        assert_eq!(Distinct::<10>::default().count(), 0);
    }
}
