//! The place in the user's file, with a caret.

use super::lines::columns;
use super::look::Tone;
use super::sheet::Sheet;
use crate::contract::Place;
use crate::report::visible::visible;

/// Writes `--> path:line:column` and the line with a caret under what is meant; nothing where the place is not known.
pub fn write(sheet: &mut Sheet, place: &Place) {
    if place.path.is_empty() {
        return;
    }
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    sheet.folded(2, Tone::Quiet, &format!("{gutter}--> {}:{}:{}", place.path, place.line, place.column), 4);
    if place.text.trim().is_empty() {
        return;
    }
    let room = sheet.look().room(number.len() + 5);
    let window = Window::around(place, room);
    sheet.line(2, Tone::Quiet, &format!("{gutter} |"));
    sheet.pieces(2, &[(Tone::Quiet, &format!("{number} | ")), (Tone::Plain, &window.text)]);
    let caret = format!("{}{}", " ".repeat(window.before), "^".repeat(window.under));
    sheet.pieces(2, &[(Tone::Quiet, &format!("{gutter} | ")), (Tone::Bad, &caret)]);
}

struct Window {
    text: String,
    before: usize,
    under: usize,
}

impl Window {
    /// The part of the line that fits, moved so far that the caret is in it.
    fn around(place: &Place, room: usize) -> Self {
        let line = place.text.trim_end().replace('\t', " ");
        let start = place.column.saturating_sub(1);
        let part = |from: usize, length: usize| -> String { line.chars().skip(from).take(length).collect() };
        let meant = columns(&visible(&part(start, place.width.max(1)))).max(1);
        let mut skipped = start.saturating_sub(room);
        let lead = |skipped: usize| columns(&visible(&part(skipped, start - skipped))) + usize::from(skipped > 0);
        while lead(skipped) + meant.min(room / 2) >= room && skipped < start {
            skipped += 1;
        }
        let mark = if skipped > 0 { "…" } else { "" };
        let text = format!("{mark}{}", visible(&part(skipped, line.chars().count())));
        let before = lead(skipped);
        Self { text, before, under: meant.min(room.saturating_sub(before)).max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, Sheet, write};
    use crate::report::page::look::Look;

    fn written(text: &str, column: usize, width: usize, columns: usize) -> String {
        let place = Place { path: "cases/w/a.toml".into(), line: 12, column, text: text.into(), width };
        let mut sheet = Sheet::new(Look { color: false, width: columns });
        write(&mut sheet, &place);
        sheet.into_text()
    }

    #[test]
    fn the_caret_stands_under_what_is_meant() {
        let wanted = "    --> cases/w/a.toml:12:9\n     |\n  12 | title = \"An \u{e4}\"\n     |         ^^^^^^\n";
        assert_eq!(written("title = \"An \u{e4}\"", 9, 6, 80), wanted);
    }

    #[test]
    fn a_place_far_to_the_right_is_moved_into_sight() {
        let shown = written(&format!("{}HERE and on and on and on", "x".repeat(5_000)), 5_001, 4, 40);
        let lines: Vec<&str> = shown.lines().collect();
        let (text, caret) = (lines[2].chars(), lines[3].chars());
        let under: String = text.zip(caret).filter(|(_, caret)| *caret == '^').map(|(text, _)| text).collect();
        assert_eq!(under, "HERE", "{shown}");
    }
}
