//! Findings that do not fail the run: one line for each rule.

use crate::report::page::{Distinct, Look, Sheet, Tone, count};
use crate::verdict::{Finding, Level, Stability};
use std::collections::BTreeMap;

const PLACES: usize = 4;
const PLACE: usize = 80;

/// Findings that do not fail, counted by rule.
#[derive(Debug, Default)]
pub struct Quiet(BTreeMap<Key, Group>);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    level: std::cmp::Reverse<Level>,
    flaky: bool,
    rule: String,
    erratum: Option<String>,
}

#[derive(Debug, Default)]
struct Group {
    fingerprints: Distinct<10_000>,
    places: Vec<(String, String)>,
    more: bool,
}

impl Quiet {
    /// Counts a finding, once for each fingerprint.
    pub fn add(&mut self, finding: &Finding) {
        let key = Key {
            level: std::cmp::Reverse(finding.level),
            flaky: finding.stability == Stability::Flaky,
            rule: finding.rule.clone(),
            erratum: finding.erratum.clone(),
        };
        let group = self.0.entry(key).or_default();
        group.fingerprints.insert(&finding.fingerprint);
        let pointer = finding.pointer.clone().filter(|pointer| !pointer.is_empty());
        let place = match pointer {
            Some(pointer) => (finding.operation.clone(), pointer.chars().take(PLACE).collect()),
            None => (String::new(), finding.case.clone()),
        };
        if !group.places.contains(&place) {
            group.more = group.places.len() == PLACES;
            group.places.extend((!group.more).then_some(place));
        }
    }

    /// One line for each rule, the graver first; empty where there is none.
    pub fn render(&self, look: Look) -> String {
        let mut sheet = Sheet::new(look);
        for (key, group) in &self.0 {
            sheet.wrapped(0, Tone::Quiet, &line(key, group));
        }
        sheet.into_text()
    }
}

fn line(key: &Key, group: &Group) -> String {
    let flaky = if key.flaky { "flaky " } else { "" };
    let counted = count(group.fingerprints.count(), &format!("{flaky}{}", key.level.0));
    let erratum = key.erratum.as_ref().map(|id| format!(", erratum {id}")).unwrap_or_default();
    let more = if group.more { " …" } else { "" };
    format!("{counted}: {}{erratum} ({}{more})", key.rule, places(&group.places))
}

fn places(places: &[(String, String)]) -> String {
    let mut told = String::new();
    let mut last = "";
    for (index, (operation, place)) in places.iter().enumerate() {
        let between = if index == 0 { "" } else { ", " };
        let named = if operation.is_empty() || operation == last { String::new() } else { format!("{operation}: ") };
        last = operation;
        told = format!("{told}{between}{named}{place}");
    }
    told
}
