//! A comparison as Markdown, for a pull request or a step of CI.

use super::words::{Told, cases, log, sentence, side, told};
use super::{Compared, by_aspect};
use crate::event::{Change, Turn};
use crate::report::markdown::{code, prose};
use std::fmt::Write as _;

/// The whole text has at most about so many bytes, below what any CI system takes.
const MOST: usize = 55_000;

/// The whole text.
pub fn render(compared: &Compared<'_>) -> String {
    let comparison = compared.comparison;
    let mut text = format!("## {}\n\n", sentence(compared));
    for (label, run) in [("old", &comparison.old), ("new", &comparison.new)] {
        let _ = writeln!(text, "- {label}: {} {}", code(log(run)), code(&side(run)));
    }
    for note in &comparison.notes {
        let _ = writeln!(text, "- note: {}", prose(note));
    }
    let mut left = 0;
    for part in parts(compared) {
        if text.len() + part.len() > MOST {
            left += 1;
        } else {
            text.push_str(&part);
        }
    }
    if left > 0 {
        let _ = writeln!(text, "\nThere are {left} more; the JSON report has all.");
    }
    text
}

fn parts(compared: &Compared<'_>) -> Vec<String> {
    let comparison = compared.comparison;
    let mut parts = Vec::new();
    for turn in Turn::ALL {
        let changes: Vec<&Change> = comparison.changes.iter().filter(|change| change.turn == *turn).collect();
        if !changes.is_empty() {
            parts.push(format!("\n### {} ({})\n\n", turn.words(), changes.len()));
        }
        parts.extend(told(changes.into_iter()).iter().map(change));
    }
    if !comparison.differences.is_empty() {
        parts.push("\n### Differences that break no rule\n\n".to_owned());
    }
    for (aspect, differences) in by_aspect(&comparison.differences) {
        for difference in differences {
            let (operation, told) = (code(&difference.operation), code(&difference.told));
            let cases =
                if difference.cases.is_empty() { String::new() } else { format!(", {}", code(&cases(difference))) };
            parts.push(format!("- {}: {operation} {told}{cases}\n", aspect.word()));
        }
    }
    parts
}

fn change(told: &Told<'_>) -> String {
    let change = told.change;
    let failing = if change.failing { "" } else { ", does not fail a run" };
    let (rule, place) = (code(&change.rule), code(&told.place()));
    let mut text = format!("- {rule} ({}{failing}): {} {place}\n", change.level, prose(&change.title));
    for how in &change.how {
        let _ = writeln!(text, "  - {}", prose(how));
    }
    if told.is_one() && matches!(change.turn, Turn::New | Turn::Worse) {
        let _ = writeln!(text, "  - expected {}\n  - received {}", code(&change.expected), code(&change.received));
    }
    text
}
