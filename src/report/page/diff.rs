//! The least that separates the body that came from one that would conform.

use super::figures::count;
use super::lines::{columns, split_at};
use super::look::Tone;
use super::sheet::Sheet;
use crate::report::visible::visible;
use serde_json::Value;
use similar::{Algorithm, ChangeTag, DiffOp, InlineChangeOptions, TextDiff};
use std::io::Write;
use std::time::{Duration, Instant};

const CONTEXT: usize = 3;
const MOST_LINES: usize = 40;
const MOST_BYTES: usize = 1024 * 1024;
const PATIENCE: Duration = Duration::from_millis(500);
/// Larger replacements are told line by line, without a look at their words.
const MOST_INLINE: usize = 100;

/// Writes the difference between `nearest` (what would conform) and `received`; answers whether there is one to show.
pub fn write(sheet: &mut Sheet, nearest: &Value, received: &[u8]) -> bool {
    let parsed = serde_json::from_slice::<Value>(received).ok();
    let texts = parsed.and_then(|received| Some((pretty(nearest)?, pretty(&received)?)));
    let Some((wanted, came)) = texts.filter(|(wanted, came)| wanted != came) else { return false };
    let (wanted, came): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), came.lines().collect());
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).timeout(PATIENCE).diff_slices(&wanted, &came);
    sheet.pieces(2, &[(Tone::Wanted, "- what would conform"), (Tone::Plain, "   "), (Tone::Came, "+ what came")]);
    hunks(sheet, &diff);
    true
}

/// The nearest body alone, where what came is not JSON at all.
pub fn write_nearest(sheet: &mut Sheet, nearest: &Value, most: usize) {
    let Some(text) = pretty(nearest) else { return };
    sheet.line(2, Tone::Quiet, "what would conform");
    for line in text.lines().take(most) {
        sheet.line(4, Tone::Wanted, line);
    }
    let left = text.lines().skip(most).count() as u64;
    if left > 0 {
        sheet.line(4, Tone::Quiet, &format!("… {} left out", count(left, "line")));
    }
}

fn hunks(sheet: &mut Sheet, diff: &TextDiff<'_, '_, str>) {
    let deadline = Instant::now() + PATIENCE;
    let groups = diff.grouped_ops(CONTEXT);
    let total: usize = groups.iter().flatten().map(rows).sum();
    let mut shown = 0;
    for (index, group) in groups.iter().enumerate() {
        if index > 0 && shown < MOST_LINES {
            sheet.line(2, Tone::Quiet, "…");
        }
        for op in group {
            shown += hunk(sheet, diff, op, MOST_LINES - shown, deadline);
        }
    }
    if total > shown {
        sheet.line(2, Tone::Quiet, &format!("… {} left out", count((total - shown) as u64, "line")));
    }
}

fn hunk(sheet: &mut Sheet, diff: &TextDiff<'_, '_, str>, op: &DiffOp, most: usize, deadline: Instant) -> usize {
    if rows(op) > MOST_INLINE {
        let changes = diff.iter_changes(op).take(most);
        return changes.map(|change| row(sheet, change.tag(), &[(false, change.value())])).sum();
    }
    let options = InlineChangeOptions::new();
    let changes = diff.iter_inline_changes_with_options_deadline(op, options, Some(deadline)).take(most);
    changes.map(|change| row(sheet, change.tag(), change.values())).sum()
}

fn row(sheet: &mut Sheet, tag: ChangeTag, values: &[(bool, &str)]) -> usize {
    let (sign, tone, word) = match tag {
        ChangeTag::Equal => ("  ", Tone::Plain, Tone::Plain),
        ChangeTag::Delete => ("- ", Tone::Wanted, Tone::WantedWord),
        ChangeTag::Insert => ("+ ", Tone::Came, Tone::CameWord),
    };
    let spelled: Vec<(bool, String)> =
        values.iter().map(|(apart, text)| (*apart, visible(text).into_owned())).collect();
    let room = sheet.look().room(4);
    let mut skip = out_of_sight(&spelled, room);
    let mut pieces = vec![(tone, if skip > 0 { format!("{sign}…") } else { sign.to_owned() })];
    for (apart, text) in &spelled {
        let (hidden, seen) = if skip == 0 { ("", text.as_str()) } else { split_columns(text, skip) };
        skip -= columns(hidden).min(skip);
        pieces.push((if *apart { word } else { tone }, seen.to_owned()));
    }
    let pieces: Vec<(Tone, &str)> = pieces.iter().map(|(tone, text)| (*tone, text.as_str())).collect();
    sheet.pieces(2, &pieces);
    1
}

/// How many columns to leave out at the left, so that the first word that differs is in sight.
fn out_of_sight(values: &[(bool, String)], room: usize) -> usize {
    let before: usize = values.iter().take_while(|(apart, _)| !apart).map(|(_, text)| columns(text)).sum();
    let differs = values.iter().any(|(apart, _)| *apart);
    if differs && before + 10 > room { before.saturating_sub(room / 3) } else { 0 }
}

fn split_columns(text: &str, room: usize) -> (&str, &str) {
    if columns(text) <= room { (text, "") } else { split_at(text, room) }
}

fn rows(op: &DiffOp) -> usize {
    if let DiffOp::Equal { len, .. } = op { *len } else { op.old_range().len() + op.new_range().len() }
}

/// JSON over several lines; nothing where that would be too much to look at.
fn pretty(value: &Value) -> Option<String> {
    let mut text = Bounded(Vec::new());
    serde_json::to_writer_pretty(&mut text, value).ok()?;
    String::from_utf8(text.0).ok()
}

struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Sheet, write};
    use crate::report::page::look::Look;
    use serde_json::{Value, json};

    fn written(nearest: &Value, received: &str, width: usize) -> (bool, String) {
        let mut sheet = Sheet::new(Look { color: false, width });
        let differs = write(&mut sheet, nearest, received.as_bytes());
        (differs, sheet.into_text())
    }

    #[test]
    fn only_what_differs_is_shown_with_its_surroundings() {
        let nearest: Value =
            (0..40).map(|index| (format!("k{index}"), json!(index))).collect::<serde_json::Map<_, _>>().into();
        let received = nearest.to_string().replace("\"k20\":20", "\"k20\":\"20\"");
        let (differs, text) = written(&nearest, &received, 80);
        assert!(differs && text.contains("-   \"k20\": 20,\n") && text.contains("+   \"k20\": \"20\",\n"), "{text}");
        assert!(text.contains("\"k17\"") && !text.contains("\"k16\""), "{text}");
    }

    #[test]
    fn a_long_diff_is_cut_and_says_how_much_is_left_out() {
        let nearest = json!((0..80).collect::<Vec<u32>>());
        let (_, text) = written(&nearest, &json!((100..180).collect::<Vec<u32>>()).to_string(), 80);
        assert!(text.lines().count() <= 42 && text.ends_with("lines left out\n"), "{text}");
    }

    #[test]
    fn the_word_that_differs_is_in_sight_however_long_the_line() {
        let long = "a ".repeat(200);
        let (_, text) =
            written(&json!({ "k": format!("{long}wanted") }), &json!({ "k": format!("{long}came") }).to_string(), 60);
        assert!(text.contains("wanted") && text.contains("came\""), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    }

    #[test]
    fn what_is_not_json_or_the_same_has_no_diff() {
        assert!(!written(&json!({}), "<html>", 80).0);
        assert!(!written(&json!({"a": 1}), "{ \"a\" : 1 }", 80).0);
    }
}
