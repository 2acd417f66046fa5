//! The campaign of seeded combinations: what was sent and answered, what was new, and what it found.

use super::escape::{code, prose};
use crate::event::{Answers, Fuzz};
use crate::report::page::{Campaign, Group, Strand, count, found, other_answers, pace, thousands};
use std::fmt::Write as _;

/// No more answers, findings, and new answers of one case are listed.
const ANSWERS: usize = 10;
const FOUND: usize = 20;
const NEWS: usize = 5;
const CASES: usize = 10;

/// The folded block; nothing where no campaign came to its end.
pub fn block(campaign: &Campaign) -> Option<String> {
    let fuzz = campaign.fuzz()?;
    let mut text = format!("\n<details><summary>Fuzzing: {}</summary>\n", pace(fuzz));
    findings(&mut text, fuzz);
    text.push_str("\n| answers | status | code |\n|--:|---|---|\n");
    for Answers { status, code: own, count } in fuzz.answers.iter().take(ANSWERS) {
        let status = status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        let own = if own.is_empty() { String::new() } else { code(own).replace('|', "\\|") };
        let _ = writeln!(text, "| {} | {status} | {own} |", thousands(*count));
    }
    let more = other_answers(fuzz, ANSWERS);
    if more > 0 {
        let _ = writeln!(text, "| {} | other | |", thousands(more));
    }
    campaign.strands().iter().take(CASES).for_each(|strand| new(&mut text, strand));
    text.push_str("\n</details>\n");
    Some(text)
}

fn findings(text: &mut String, fuzz: &Fuzz) {
    let groups = found(fuzz);
    if !groups.is_empty() {
        text.push_str("\nWhat it found, by fingerprint:\n\n");
    }
    for Group { fingerprint, rule, failing, count: times, cases } in groups.iter().take(FOUND) {
        let fails = if *failing { "fails the run" } else { "does not fail the run" };
        let cases: Vec<String> = cases.iter().map(|case| code(case)).collect();
        let (times, cases) = (count(*times, "candidate"), cases.join(", "));
        let _ = writeln!(text, "- {} {}, {fails}: {times} in {cases}", code(rule), code(fingerprint));
    }
    let more = groups.len().saturating_sub(FOUND) as u64;
    if more > 0 {
        let _ = writeln!(text, "- and {} more; the JSON report has them all", thousands(more));
    }
}

fn new(text: &mut String, strand: &Strand) {
    let total = strand.news.len() as u64 + strand.more;
    let _ = write!(text, "\n{}, {}:\n\n", code(&strand.case), count(total, "new answer"));
    for new in strand.news.iter().take(NEWS) {
        let combined = if new.combined.is_empty() { "nothing".to_owned() } else { code(&new.combined.join(" + ")) };
        let _ = writeln!(text, "- candidate {}, {combined}: {}", new.candidate, prose(&new.answer));
    }
    let more = total.saturating_sub(strand.news.len().min(NEWS) as u64);
    if more > 0 {
        let _ = writeln!(text, "- and {} more; the event log has them all", thousands(more));
    }
}
