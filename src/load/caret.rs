//! Draws a caret under a place, whatever tabs, wide characters and long lines stand before it.

use crate::contract::Place;

/// How many characters of a line are shown at most.
const WINDOW: usize = 160;
/// How many characters are kept before the caret of a line that is longer.
const BEFORE: usize = 60;

/// Gives the line, cut to a window where it is long, and the line with the caret.
pub fn drawn(place: &Place) -> (String, String) {
    let column = place.column.saturating_sub(1);
    let long = place.text.chars().count() > WINDOW;
    let start = if long { column.saturating_sub(BEFORE) } else { 0 };
    let mut text: String = place.text.chars().skip(start).take(WINDOW).collect();
    let mut pad: String = text.chars().take(column - start).map(blank).collect();
    let marked: usize = text.chars().skip(column - start).take(place.width).map(width).sum();
    if start > 0 {
        text.insert(0, '…');
        pad.insert(0, ' ');
    }
    if place.text.chars().count() > start + WINDOW {
        text.push('…');
    }
    (text, format!("{pad}{}", "^".repeat(marked.max(1))))
}

fn blank(character: char) -> String {
    if character == '\t' { "\t".to_owned() } else { " ".repeat(width(character)) }
}

/// How many columns of a terminal a character takes, as far as carets need it.
fn width(character: char) -> usize {
    match u32::from(character) {
        0x0300..=0x036f | 0x200b..=0x200f | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f680..=0x1f6ff
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::drawn;
    use crate::contract::Place;

    fn place(text: &str, column: usize, width: usize) -> Place {
        Place { text: text.into(), line: 1, column, width, ..Place::default() }
    }

    #[test]
    fn tabs_and_wide_characters_do_not_move_the_caret() {
        assert_eq!(drawn(&place("\ta = 1", 2, 1)).1, "\t^");
        assert_eq!(drawn(&place("名 = 1", 3, 1)).1, "   ^");
        assert_eq!(drawn(&place("e\u{301} = 1", 4, 1)).1, "  ^");
        assert_eq!(drawn(&place("a = \"名前\"", 6, 2)).1, "     ^^^^");
    }

    #[test]
    fn a_place_behind_the_end_of_its_line_still_gets_a_caret() {
        assert_eq!(drawn(&place("ab", 3, 1)), ("ab".into(), "  ^".into()));
        assert_eq!(drawn(&place("", 1, 0)), (String::new(), "^".into()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let (text, caret) = drawn(&place(&"x".repeat(1_000), 500, 3));
        assert_eq!((text.chars().count(), text.starts_with('…'), text.ends_with('…')), (162, true, true));
        assert_eq!(caret, format!("{}^^^", " ".repeat(61)));
    }
}
