//! Counts the answers of a campaign by status and code, in little memory.

use crate::check::Behaviour;
use crate::event::Answers;
use std::collections::BTreeMap;

/// Answers by status and code.
#[derive(Default)]
pub(super) struct Table(BTreeMap<(Option<u16>, String), u64>);

/// Further codes are counted together.
const MOST: usize = 64;

impl Table {
    pub(super) fn add(&mut self, behaviour: Behaviour) {
        let plain = || if behaviour.status.is_some() { String::new() } else { behaviour.shape };
        let mut key = (behaviour.status, behaviour.code.unwrap_or_else(plain));
        if self.0.len() >= MOST && !self.0.contains_key(&key) {
            key = (None, "or answers of other kinds".to_owned());
        }
        *self.0.entry(key).or_default() += 1;
    }

    /// The most frequent first.
    pub(super) fn rows(self) -> Vec<Answers> {
        let of = |((status, code), count)| Answers { status, code, count };
        let mut rows: Vec<Answers> = self.0.into_iter().map(of).collect();
        rows.sort_by_key(|answers| std::cmp::Reverse(answers.count));
        rows
    }
}
