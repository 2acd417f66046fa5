//! The text of one file, with the places in it.

use super::problem::Problem;
use crate::contract::{Place, harmless, line};
use std::cell::RefCell;
use std::ops::Range;

/// The text of one file, without a byte order mark.
#[derive(Debug)]
pub struct Text {
    /// The path as the user knows it.
    pub path: String,
    /// The text.
    pub content: String,
    veiled: RefCell<Vec<Range<usize>>>,
}

impl Text {
    /// Reads bytes as UTF-8; other bytes are a problem at the first of them.
    pub fn decode(path: &str, bytes: &[u8]) -> Result<Self, Box<Problem>> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let whole = |content: String| Self { path: path.to_owned(), content, veiled: RefCell::default() };
        match std::str::from_utf8(bytes) {
            Ok(content) => Ok(whole(content.to_owned())),
            Err(error) => {
                let at = error.valid_up_to();
                let place = whole(String::from_utf8_lossy(bytes).into_owned()).place(at..at + 1);
                let advice = "save the file as UTF-8; other bytes go into `base64`";
                Err(Box::new(Problem::at(place, "this is not UTF-8", advice)))
            }
        }
    }

    /// Keeps a range out of every place: it may hold a secret.
    pub fn veil(&self, span: Range<usize>) {
        self.veiled.borrow_mut().push(span);
    }

    /// The place of a byte range: its first line, with the part of the range that lies in it.
    pub fn place(&self, span: Range<usize>) -> Place {
        let text = self.shown(line(&self.content, span.start));
        Place { text, ..Place::within(&self.path, &self.content, span) }
    }

    /// A line as it may be shown: no control characters, nothing veiled.
    fn shown(&self, line: Range<usize>) -> String {
        let veiled = self.veiled.borrow();
        let text = self.content.get(line.clone()).unwrap_or_default();
        let text = text.strip_suffix('\r').unwrap_or(text);
        let show = |(at, character): (usize, char)| {
            let hidden = veiled.iter().any(|range| range.contains(&(line.start + at)));
            if hidden { '*' } else { harmless(character) }
        };
        text.char_indices().map(show).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    fn text(content: &str) -> Text {
        Text::decode("a.toml", content.as_bytes()).unwrap()
    }

    #[test]
    fn columns_are_characters_and_a_carriage_return_is_no_part_of_the_line() {
        let place = text("ä = 1\r\nöö = 2\r\n").place(13..14);
        assert_eq!((place.line, place.column, place.text.as_str(), place.width), (2, 4, "öö = 2", 1));
    }

    #[test]
    fn a_byte_order_mark_does_not_move_the_column() {
        assert_eq!(text("\u{feff}abc").place(0..3).column, 1);
    }

    #[test]
    fn a_range_of_many_lines_is_shown_by_its_first() {
        let place = text("a\nbcd\nef\n").place(3..8);
        assert_eq!((place.line, place.column, place.width), (2, 2, 2));
    }

    #[test]
    fn every_range_has_a_place() {
        let text = text("ä\n\tx");
        for start in 0..9 {
            assert!(text.place(start..start + 1).line >= 1);
        }
        assert_eq!(text.place(400..500).line, 2);
    }

    #[test]
    fn what_is_not_utf_8_is_shown_where_it_stands() {
        let problem = Text::decode("a.toml", b"a\nb = \"\xff\xfe\"").unwrap_err();
        assert_eq!((problem.place.line, problem.place.column), (2, 6));
    }

    #[test]
    fn a_veiled_range_is_not_shown() {
        let text = text("token = \"hunter2\"");
        text.veil(8..17);
        assert_eq!(text.place(0..5).text, "token = *********");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(text("a\u{1b}[2Jb\u{202e}c").place(0..1).text, "a\u{fffd}[2Jb\u{fffd}c");
    }
}
