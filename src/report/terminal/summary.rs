//! The last line: every odd count by its name.

use crate::event::Summary;
use crate::report::page::{Sheet, Tone, count, duration};

/// Writes why nothing could be judged, the hints and the summary line; without a summary, that the run was cut off.
pub fn write(sheet: &mut Sheet, summary: Option<&Summary>) {
    let Some(summary) = summary else {
        return sheet.line(0, Tone::Bad, "the run ended before its summary");
    };
    if !summary.why.is_empty() {
        sheet.wrapped(0, Tone::Bad, &summary.why);
        sheet.blank();
    }
    for hint in &summary.hints {
        sheet.wrapped(0, Tone::Odd, &format!("hint: {hint}"));
    }
    if !summary.hints.is_empty() {
        sheet.blank();
    }
    line(sheet, &counts(summary));
}

fn counts(summary: &Summary) -> Vec<(Tone, String)> {
    let broken = if summary.broken > summary.known { Tone::Bad } else { Tone::Odd };
    let known = if summary.known > 0 { format!(" ({} known)", summary.known) } else { String::new() };
    let odd = [(broken, "broken", summary.broken, known.as_str()), (Tone::Odd, "skipped", summary.skipped, "")];
    let odd = odd.into_iter().chain([(Tone::Odd, "inconclusive", summary.inconclusive, "")]);
    let odd = odd.filter(|(_, _, number, _)| *number > 0);
    let quiet = [(summary.shoulds, "should"), (summary.mere_notes(), "note")];
    let quiet = quiet.into_iter().filter(|(number, _)| *number > 0);
    let figures = [count(summary.requests, "request"), count(summary.rules, "rule"), duration(summary.ms)];
    let exit = if summary.exit == 0 { Tone::Good } else { Tone::Bad };
    [(if summary.held > 0 { Tone::Good } else { Tone::Plain }, format!("held {}", summary.held))]
        .into_iter()
        .chain(odd.map(|(tone, word, number, more)| (tone, format!("{word} {number}{more}"))))
        .chain(quiet.map(|(number, word)| (Tone::Plain, count(number, word))))
        .chain(figures.map(|figure| (Tone::Plain, figure)))
        .chain([(exit, format!("exit {}", summary.exit))])
        .collect()
}

/// Writes the counts side by side, on as many lines as they need.
fn line(sheet: &mut Sheet, counts: &[(Tone, String)]) {
    let mut row: Vec<(Tone, &str)> = Vec::new();
    let mut taken = 0;
    for (tone, text) in counts {
        let width = text.chars().count() + 3;
        if taken + width > sheet.look().width + 3 && !row.is_empty() {
            sheet.pieces(0, &std::mem::take(&mut row));
            taken = 0;
        }
        if !row.is_empty() {
            row.push((Tone::Quiet, " · "));
        }
        row.push((*tone, text));
        taken += width;
    }
    sheet.pieces(0, &row);
}

#[cfg(test)]
mod tests {
    use super::{Summary, counts};

    #[test]
    fn shoulds_are_told_apart_where_the_log_counts_them() {
        let earlier = r#"{"requests":1,"held":1,"broken":0,"skipped":0,"inconclusive":0,"notes":30,"rules":1,"ms":1,"hints":[],"exit":0}"#;
        let earlier: Summary = serde_json::from_str(earlier).unwrap();
        let told =
            |summary: &Summary| counts(summary).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" · ");
        assert!(told(&earlier).starts_with("held 1 · 30 notes · 1 request"), "{}", told(&earlier));
        let now = Summary { shoulds: 27, ..earlier };
        assert!(told(&now).starts_with("held 1 · 27 shoulds · 3 notes · 1 request"), "{}", told(&now));
    }
}
