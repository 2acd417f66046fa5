//! A place in a file that a person wrote.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A place in a file: the path as the user knows it, line and column from 1 (columns in characters).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The path, relative to the contract's or the working directory.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The text of that line, for a caret to stand under.
    #[serde(default)]
    pub text: String,
    /// How many characters the caret underlines, at least 1.
    #[serde(default)]
    pub width: usize,
}

impl Place {
    /// The place of a byte range of a file: its first line, with the part of the range that lies in it.
    pub fn within(path: &str, content: &str, span: Range<usize>) -> Self {
        let line = line(content, span.start);
        let start = content.floor_char_boundary(span.start).max(line.start);
        let end = content.floor_char_boundary(span.end).clamp(start, line.end.max(start));
        let count = |range: Range<usize>| content.get(range).unwrap_or_default().chars().count();
        let text = content.get(line.clone()).unwrap_or_default();
        Self {
            path: path.to_owned(),
            line: content.get(..line.start).unwrap_or_default().matches('\n').count() + 1,
            column: count(line.start..start) + 1,
            text: text.strip_suffix('\r').unwrap_or(text).chars().map(harmless).collect(),
            width: count(start..end).max(1),
        }
    }
}

/// The line in which a byte lies, without its line feed.
pub fn line(content: &str, at: usize) -> Range<usize> {
    let at = content.floor_char_boundary(at);
    let (before, after) = content.split_at_checked(at).unwrap_or((content, ""));
    before.rfind('\n').map_or(0, |line| line + 1)..at + after.find('\n').unwrap_or(after.len())
}

/// Replaces what would steer a terminal or turn the direction of text.
pub fn harmless(character: char) -> char {
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if turns || (character.is_control() && character != '\t') { char::REPLACEMENT_CHARACTER } else { character }
}
