//! A comparison for a person at a terminal: the most important first, the counts last.

use super::words::{Told, cases, log, sentence, side, told};
use super::{Compared, MOST, by_aspect};
use crate::event::Turn;
use crate::report::page::{Look, Sheet, Tone, count};

/// More lines of what was expected or received are cut; the page of the run has all.
const LINES: usize = 3;

/// More differences of one aspect are counted only.
const FEW: usize = 8;

/// The whole text.
pub fn render(compared: &Compared<'_>, look: Look) -> String {
    let (mut sheet, comparison) = (Sheet::new(look), compared.comparison);
    for (label, run) in [("old", &comparison.old), ("new", &comparison.new)] {
        sheet.labelled(label, Tone::Quiet, log(run));
        sheet.labelled("", Tone::Quiet, &side(run));
    }
    for note in &comparison.notes {
        sheet.wrapped(0, Tone::Odd, &format!("note: {note}"));
    }
    let (mut last, all) = (None, told(comparison.changes.iter()));
    for told in all.iter().take(MOST) {
        if last.replace(told.change.turn) != Some(told.change.turn) {
            sheet.blank();
        }
        change(&mut sheet, told);
    }
    more(&mut sheet, all.len().saturating_sub(MOST));
    differences(&mut sheet, compared);
    sheet.blank();
    let tone = if compared.exit == 0 { Tone::Good } else { Tone::Bad };
    sheet.wrapped(0, tone, &format!("{} exit {}", sentence(compared), compared.exit));
    sheet.into_text()
}

fn tone(turn: Turn) -> Tone {
    match turn {
        Turn::New | Turn::Worse => Tone::Bad,
        Turn::Changed | Turn::Flaky | Turn::NotRun => Tone::Odd,
        Turn::Fixed => Tone::Good,
        Turn::Still => Tone::Quiet,
    }
}

fn change(sheet: &mut Sheet, told: &Told<'_>) {
    let change = told.change;
    let level = if change.failing { "" } else { " (does not fail a run)" };
    let head = format!("{:8}", change.turn.words());
    if change.turn == Turn::Still {
        let told = format!("{}{level}", told.place());
        return sheet.pieces(
            0,
            &[(Tone::Quiet, &head), (Tone::Plain, &change.rule), (Tone::Quiet, "  "), (Tone::Quiet, &told)],
        );
    }
    sheet.blank();
    sheet.pieces(
        0,
        &[
            (tone(change.turn), &head),
            (Tone::Strong, &change.rule),
            (Tone::Quiet, &format!("  {}{level}", change.level)),
        ],
    );
    sheet.wrapped(8, Tone::Plain, &change.title);
    sheet.wrapped(8, Tone::Plain, &told.place());
    for how in &change.how {
        sheet.wrapped(8, Tone::Odd, how);
    }
    if told.is_one() && matches!(change.turn, Turn::New | Turn::Worse) {
        sheet.folded(8, Tone::Wanted, &format!("expected {}", change.expected), LINES);
        sheet.folded(8, Tone::Came, &format!("received {}", change.received), LINES);
    }
}

fn differences(sheet: &mut Sheet, compared: &Compared<'_>) {
    if compared.comparison.differences.is_empty() {
        return;
    }
    sheet.blank();
    sheet.line(0, Tone::Strong, "differences that break no rule");
    for (aspect, differences) in by_aspect(&compared.comparison.differences) {
        for difference in differences.iter().take(FEW) {
            let told = format!("{}: {}", difference.operation, difference.told);
            sheet.labelled(aspect.word(), Tone::Plain, &told);
            if !difference.cases.is_empty() {
                sheet.labelled("", Tone::Quiet, &cases(difference));
            }
        }
        more(sheet, differences.len().saturating_sub(FEW));
    }
}

fn more(sheet: &mut Sheet, left: usize) {
    if left > 0 {
        sheet.line(2, Tone::Odd, &format!("and {} more; --report json=PATH has all", count(left as u64, "line")));
    }
}
