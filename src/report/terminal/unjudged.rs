//! Skipped and inconclusive cases, grouped by reason.

use crate::event::Judged;
use crate::report::page::{Look, Sheet, Tone, count};
use std::collections::BTreeMap;

const NAMED: usize = 5;
/// More reasons than this are told as one.
const REASONS: usize = 30;
const OTHERS: &str = "other reasons; the event log has each (--report ndjson=PATH)";

/// Cases without a verdict, by the word for it and the reason.
#[derive(Debug, Default)]
pub struct Unjudged(BTreeMap<(String, String), Group>);

#[derive(Debug, Default)]
struct Group {
    cases: u64,
    named: Vec<String>,
}

impl Unjudged {
    /// Counts a case.
    pub fn add(&mut self, judged: &Judged) {
        let why = judged.why.clone().unwrap_or_else(|| "no reason was given".to_owned());
        let mut key = (judged.verdict.clone(), why);
        if self.0.len() >= REASONS && !self.0.contains_key(&key) {
            OTHERS.clone_into(&mut key.1);
        }
        let group = self.0.entry(key).or_default();
        group.cases += 1;
        if group.named.len() < NAMED {
            group.named.push(judged.case.clone());
        }
    }

    /// A line for each reason and a line with the cases; empty where every case was judged.
    pub fn render(&self, look: Look) -> String {
        let mut sheet = Sheet::new(look);
        for ((verdict, why), group) in &self.0 {
            let told = format!("{verdict}, {}: {why}", count(group.cases, "case"));
            sheet.wrapped(0, Tone::Odd, &told);
            let more = group.cases - group.named.len() as u64;
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            sheet.wrapped(2, Tone::Quiet, &format!("{}{rest}", group.named.join(", ")));
        }
        sheet.into_text()
    }
}
