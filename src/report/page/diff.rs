//! Writes the least that separates the body that came from one that would conform.

use super::difference::{Piece, Row, Side, between, pretty};
use super::figures::count;
use super::lines::{columns, split_at};
use super::look::Tone;
use super::sheet::Sheet;
use crate::report::visible::visible;
use serde_json::Value;

const MOST_LINES: usize = 40;

/// Writes the difference between `nearest` (what would conform) and `received`; answers whether there is one to show.
pub fn write(sheet: &mut Sheet, nearest: &Value, received: &[u8]) -> bool {
    let Some(difference) = between(nearest, received, MOST_LINES) else { return false };
    sheet.pieces(2, &[(Tone::Wanted, "- what would conform"), (Tone::Plain, "   "), (Tone::Came, "+ what came")]);
    for row in &difference.rows {
        match row {
            Row::Gap => sheet.line(2, Tone::Quiet, "…"),
            Row::Line(side, pieces) => line(sheet, *side, pieces),
        }
    }
    if difference.left_out > 0 {
        sheet.line(2, Tone::Quiet, &format!("… {} left out", count(difference.left_out as u64, "line")));
    }
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

fn line(sheet: &mut Sheet, side: Side, pieces: &[Piece]) {
    let (sign, tone, word) = match side {
        Side::Both => ("  ", Tone::Plain, Tone::Plain),
        Side::Wanted => ("- ", Tone::Wanted, Tone::WantedWord),
        Side::Came => ("+ ", Tone::Came, Tone::CameWord),
    };
    let spelled: Vec<(bool, String)> =
        pieces.iter().map(|(apart, text)| (*apart, visible(text).into_owned())).collect();
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
    fn a_comma_that_only_tells_that_more_follows_is_no_difference() {
        let (_, text) = written(&json!({"a": [], "b": 1, "z": "more"}), r#"{"a": [], "b": 2}"#, 80);
        assert!(text.contains("    \"a\": [],\n  -   \"b\": 1,\n") && text.contains("+   \"b\": 2\n"), "{text}");
        let (_, text) = written(&json!({"a": [], "z": "more"}), r#"{"a": []}"#, 80);
        assert!(text.contains("    \"a\": []\n  -   \"z\": \"more\"\n") && !text.contains("  +   "), "{text}");
    }

    #[test]
    fn what_is_not_json_or_the_same_has_no_diff() {
        assert!(!written(&json!({}), "<html>", 80).0);
        assert!(!written(&json!({"a": 1}), "{ \"a\" : 1 }", 80).0);
    }
}
