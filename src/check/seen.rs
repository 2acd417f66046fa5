//! What of the schemas the bodies of a run showed. Holds no more than the schemas have places.

use super::outline::Sight;
use std::collections::{BTreeMap, BTreeSet};

/// No more values of one body are looked at, and no more places of one schema are remembered.
pub const MOST: usize = 20_000;
/// Values deeper in a body are not looked at.
const DEEPEST: usize = 32;
/// What stands behind the place of a schema that a branch leads to.
const LEADS: [&str; 2] = ["/then", "/else"];

/// What a schema has that a body may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trait {
    /// A property.
    Property,
    /// A listed value.
    Value,
    /// A branch that is taken.
    Branch,
}

/// What bodies of one schema showed: which trait, where, and which of them.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    marks: BTreeSet<(Trait, String)>,
    looked: usize,
}

/// What bodies showed, by operation and schema file.
#[derive(Debug, Clone, Default)]
pub struct Seen(BTreeMap<(String, String), Marks>);

impl Marks {
    /// Marks one value of a body. What is null shows nothing.
    pub fn mark(&mut self, sight: &Sight<'_, '_>) {
        self.looked += 1;
        if self.looked > MOST || sight.depth() > DEEPEST || self.marks.len() >= MOST || sight.value.is_null() {
            return;
        }
        let pattern = sight.pattern();
        for shape in sight.shapes {
            if shape.values.contains(sight.value) {
                self.marks.insert((Trait::Value, value(&shape.place, sight.value)));
            }
            if leads(&shape.place) {
                self.marks.insert((Trait::Branch, branch(&pattern, &shape.place)));
            }
        }
        self.marks.insert((Trait::Property, pattern));
    }

    /// Whether it was shown.
    pub fn has(&self, mark: &(Trait, String)) -> bool {
        self.marks.contains(mark)
    }
}

impl Seen {
    /// Adds what one body showed.
    pub fn add(&mut self, operation: &str, file: &str, marks: Marks) {
        let known = self.0.entry((operation.to_owned(), file.to_owned())).or_default();
        let room = MOST.saturating_sub(known.marks.len());
        known.marks.extend(marks.marks.into_iter().take(room));
    }

    /// What bodies of a schema file showed.
    pub fn of(&self, operation: &str, file: &str) -> Option<&Marks> {
        self.0.get(&(operation.to_owned(), file.to_owned()))
    }
}

/// Whether a branch leads to the schema at a place.
pub fn leads(place: &str) -> bool {
    LEADS.iter().any(|end| place.ends_with(end))
}

/// How a value is marked: by the list that has it, wherever a body refers to that list.
pub fn value(place: &str, value: &serde_json::Value) -> String {
    format!("{place} {value}")
}

/// How a branch is marked.
pub fn branch(pattern: &str, place: &str) -> String {
    format!("{pattern} {place}")
}
