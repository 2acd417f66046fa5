//! What was exercised, as a picture: a square for each case, by operation and folder.

use super::spelled::short;
use crate::event::Judged;
use serde::Serialize;
use std::collections::BTreeMap;

/// Operations and folders beyond these are told as one.
const OPERATIONS: usize = 40;
const FOLDERS: usize = 200;
const NAME: usize = 60;
/// More cases than this in one folder share squares.
const SQUARES: u64 = 120;
/// The words of the verdicts, in the order of the squares.
const WORDS: [&str; 4] = ["broken", "inconclusive", "skipped", "held"];

type Counts = [u64; 4];

/// The cases of a run, counted.
#[derive(Debug, Default)]
pub struct Exercised(BTreeMap<String, BTreeMap<String, Counts>>);

/// One operation.
#[derive(Debug, Serialize)]
pub struct Operation {
    name: String,
    total: u64,
    folders: Vec<Folder>,
}

/// One folder of cases.
#[derive(Debug, Serialize)]
pub struct Folder {
    name: String,
    /// Broken, inconclusive, skipped, held.
    counts: Counts,
    total: u64,
    squares: Vec<&'static str>,
    /// How many cases one square stands for.
    each: u64,
}

impl Exercised {
    /// Counts a case.
    pub fn add(&mut self, judged: &Judged) {
        let operation = bounded(&self.0, short(&judged.operation, NAME), OPERATIONS);
        let folders = self.0.entry(operation).or_default();
        let folder = bounded(folders, folder(judged), FOLDERS);
        let counts = folders.entry(folder).or_default();
        let slot = WORDS.iter().position(|word| *word == judged.verdict);
        if let Some(slot) = slot.and_then(|at| counts.get_mut(at)) {
            *slot += 1;
        }
    }

    /// How many cases have each verdict: broken, inconclusive, skipped, held.
    pub fn totals(&self) -> Counts {
        let mut totals = Counts::default();
        for counts in self.0.values().flat_map(BTreeMap::values) {
            totals.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
        }
        totals
    }

    /// The picture.
    pub fn operations(&self) -> Vec<Operation> {
        let operation = |(name, folders): (&String, &BTreeMap<String, Counts>)| Operation {
            name: name.clone(),
            total: folders.values().flatten().sum(),
            folders: folders.iter().map(|(name, counts)| drawn(name, *counts)).collect(),
        };
        self.0.iter().map(operation).collect()
    }
}

/// The folder of a case: what stands between its operation and its name, two steps at most.
fn folder(judged: &Judged) -> String {
    let steps: Vec<&str> = judged.case.split('/').skip(1).collect();
    let named = match steps.as_slice() {
        [] => "",
        [only] | [only, _] => only,
        [first, second, ..] => return short(&format!("{first}/{second}"), NAME),
    };
    short(named, NAME)
}

fn bounded<V>(known: &BTreeMap<String, V>, name: String, most: usize) -> String {
    if known.len() >= most && !known.contains_key(&name) { "others".to_owned() } else { name }
}

fn drawn(name: &str, counts: Counts) -> Folder {
    let total: u64 = counts.iter().sum();
    let each = total.div_ceil(SQUARES).max(1);
    let squares = WORDS
        .into_iter()
        .zip(counts)
        .flat_map(|(word, count)| std::iter::repeat_n(word, usize::try_from(count.div_ceil(each)).unwrap_or(0)))
        .collect();
    Folder { name: name.to_owned(), counts, total, squares, each }
}

#[cfg(test)]
mod tests {
    use super::{Exercised, Judged};

    fn judged(case: &str, verdict: &str) -> Judged {
        Judged { case: case.into(), operation: "get-widget".into(), verdict: verdict.into(), ..Judged::default() }
    }

    #[test]
    fn cases_are_counted_by_operation_and_folder() {
        let mut all = Exercised::default();
        for (case, verdict) in [("get-widget/flood", "held"), ("get-widget/a/b", "broken"), ("get-widget/a/c", "held")]
        {
            all.add(&judged(case, verdict));
        }
        all.add(&judged("get-widget/coverage/path/x/y", "skipped"));
        let operations = all.operations();
        let told: Vec<_> = operations[0].folders.iter().map(|folder| (folder.name.as_str(), folder.counts)).collect();
        assert_eq!(told, [("a", [1, 0, 0, 1]), ("coverage/path", [0, 0, 1, 0]), ("flood", [0, 0, 0, 1])]);
        assert_eq!((operations[0].total, all.totals()), (4, [1, 0, 1, 2]));
    }

    #[test]
    fn many_cases_share_squares_and_none_is_lost_from_sight() {
        let mut all = Exercised::default();
        (0..1_000).for_each(|_| all.add(&judged("get-widget/a/b", "held")));
        all.add(&judged("get-widget/a/b", "broken"));
        let operations = all.operations();
        let folder = &operations[0].folders[0];
        assert!(folder.squares.len() <= 122 && folder.squares[0] == "broken" && folder.each == 9);
    }

    #[test]
    fn folders_without_end_are_told_as_one() {
        let mut all = Exercised::default();
        (0..500).for_each(|number| all.add(&judged(&format!("get-widget/{number}/b"), "held")));
        assert_eq!(all.operations()[0].folders.len(), 201);
    }
}
