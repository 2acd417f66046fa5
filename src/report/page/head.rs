//! The head of a failure page: what is broken, in the page's own words, where it is asked, what was expected.

use super::look::Tone;
use super::place;
use super::sheet::Sheet;
use crate::event::Judged;
use crate::verdict::{Finding, Stability};

/// Writes verdict, rule, clause and place, what is asked where the place does not say it, then expected against received.
pub fn write(sheet: &mut Sheet, finding: &Finding, judged: Option<&Judged>) {
    let named = if finding.case.is_empty() { &finding.operation } else { &finding.case };
    headline(sheet, named);
    sheet.wrapped(2, Tone::Strong, &rule(finding));
    sheet.wrapped(2, Tone::Plain, &finding.title);
    if let Some(takes) = finding.takes() {
        sheet.wrapped(2, Tone::Plain, &format!("It takes {takes}"));
    }
    let clause = [Some(&finding.clause), judged.map(|judged| &judged.clause)];
    quote(sheet, clause.into_iter().flatten().find(|clause| !clause.trim().is_empty()));
    if let Some(judged) = judged {
        sheet.blank();
        place::write(sheet, &judged.place);
    }
    sheet.blank();
    if let Some(judged) = judged.filter(|judged| !judged.place.text.contains(&judged.title)) {
        sheet.labelled("case", Tone::Plain, &judged.title);
    }
    if let Some(pointer) = &finding.pointer {
        sheet.labelled("at", Tone::Strong, if pointer.is_empty() { "the whole body" } else { pointer });
    }
    sheet.labelled("expected", Tone::Wanted, &finding.expected);
    sheet.labelled("received", Tone::Came, &finding.received);
}

/// Writes the page of a case that is broken by findings that are not known here.
pub fn write_bare(sheet: &mut Sheet, judged: &Judged) {
    headline(sheet, &judged.case);
    sheet.wrapped(2, Tone::Plain, &judged.title);
    quote(sheet, Some(&judged.clause));
    sheet.blank();
    place::write(sheet, &judged.place);
}

fn headline(sheet: &mut Sheet, case: &str) {
    let look = sheet.look();
    if "BROKEN ".len() + super::lines::columns(&crate::report::visible::visible(case)) <= look.width {
        sheet.pieces(0, &[(Tone::Bad, "BROKEN"), (Tone::Strong, " "), (Tone::Strong, case)]);
    } else {
        sheet.line(0, Tone::Bad, "BROKEN");
        sheet.folded(2, Tone::Strong, case, 8);
    }
}

fn rule(finding: &Finding) -> String {
    let flaky = if finding.stability == Stability::Flaky { ", flaky" } else { "" };
    let erratum = finding.erratum.as_ref().map(|id| format!(", erratum {id}")).unwrap_or_default();
    format!("{} ({}{flaky}{erratum})", finding.rule, finding.level)
}

fn quote(sheet: &mut Sheet, clause: Option<&String>) {
    let words: Vec<&str> = clause.iter().flat_map(|clause| clause.split_whitespace()).collect();
    if !words.is_empty() {
        sheet.wrapped(2, Tone::Quiet, &format!("“{}”", words.join(" ")));
    }
}
