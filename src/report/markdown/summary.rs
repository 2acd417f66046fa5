//! The first lines of the page, which say it all, and the last ones, which need not be read.

use super::escape::{block, code, prose};
use crate::event::{Start, Summary};
use crate::report::ending::Reason;
use crate::report::page::{count, duration, thousands};
use std::fmt::Write as _;

/// What stands for the last lines where they do not fit.
pub const NO_ROOM: &str = "\nThere was no room for what does not fail the run; the event log has it.\n";

/// The verdict in one sentence, the numbers, and what was asked.
pub fn head(start: &Start, summary: Option<&Summary>, causes: u64, reasons: &[Reason]) -> String {
    let numbers = summary.map(numbers).unwrap_or_default();
    let strict = if start.strict { ", strict" } else { "" };
    let began = if start.started.is_empty() { String::new() } else { format!(", begun {}", code(&start.started)) };
    let asked = if start.target.is_empty() {
        String::new()
    } else {
        let (target, version) = (code(&start.target), code(&start.version));
        format!("\nTarget {target}, seed {}{strict}, tenantcheck {version}{began}\n", start.seed)
    };
    let reasons: Vec<String> = reasons.iter().map(|Reason { text, .. }| format!("\n{}\n", prose(text))).collect();
    format!("## tenantcheck\n\n{}\n{}{numbers}{asked}", sentence(summary, causes), reasons.concat())
}

fn sentence(summary: Option<&Summary>, causes: u64) -> String {
    let Some(summary) = summary else {
        return "**Cut off**: this is what came before.".to_owned();
    };
    let judged = summary.held.saturating_add(summary.broken);
    let broken =
        format!("{} of {} broken, {}", thousands(summary.broken), count(judged, "judged case"), count(causes, "cause"));
    match summary.exit {
        0 if summary.broken > summary.known => {
            format!("**Listed**: {broken}; what fails is listed as known after this.")
        }
        0 => {
            let known = if summary.known > 0 {
                format!(", {} broken in known ways only", thousands(summary.known))
            } else {
                String::new()
            };
            format!("**Held**: {} of {} held{known}.", thousands(summary.held), count(judged, "judged case"))
        }
        1 if summary.broken == 0 => "**Failed**, though no promise was seen broken.".to_owned(),
        1 => format!("**Broken**: {broken}."),
        2 => "**Wrong configuration**.".to_owned(),
        4 => "**Nothing judged**.".to_owned(),
        129 | 130 | 143 => format!("**Interrupted**: {broken} so far."),
        _ => format!("**Undecided**: {broken}."),
    }
}

fn numbers(summary: &Summary) -> String {
    let known = if summary.known > 0 { format!(" ({} known)", thousands(summary.known)) } else { String::new() };
    let cells = [
        thousands(summary.held),
        thousands(summary.broken) + &known,
        thousands(summary.skipped),
        thousands(summary.inconclusive),
        thousands(summary.shoulds),
        thousands(summary.mere_notes()),
        thousands(summary.requests),
        duration(summary.ms),
        summary.exit.to_string(),
    ];
    let head = "| held | broken | skipped | inconclusive | shoulds | notes | requests | time | exit |\n";
    format!("\n{head}|{}\n| {} |\n", "--:|".repeat(cells.len()), cells.join(" | "))
}

/// The known failures, folded away.
pub fn known(lines: &str, number: u64) -> String {
    let mut text = String::new();
    fold(&mut text, &format!("Known failures ({})", thousands(number)), lines);
    text
}

/// What does not fail the run, and what was not judged and why, each folded away.
pub fn rest(quiet: &str, unjudged: &str, summary: Option<&Summary>) -> String {
    let mut text = String::new();
    let counted = summary.map_or_else(String::new, |summary| format!(" ({})", thousands(summary.notes)));
    fold(&mut text, &format!("Findings that do not fail the run{counted}"), quiet);
    let counted = summary.map_or_else(String::new, |summary| {
        format!(" ({} skipped, {} inconclusive)", thousands(summary.skipped), thousands(summary.inconclusive))
    });
    fold(&mut text, &format!("Not judged{counted}"), unjudged);
    for hint in summary.iter().flat_map(|summary| summary.hints.iter().take(10)) {
        let _ = write!(text, "\nHint: {}\n", prose(hint));
    }
    text
}

fn fold(text: &mut String, title: &str, lines: &str) {
    if !lines.is_empty() {
        let lines = block("text", lines.trim_end());
        let _ = write!(text, "\n<details><summary>{title}</summary>\n\n{lines}\n</details>\n");
    }
}
