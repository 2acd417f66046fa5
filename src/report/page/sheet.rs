//! A sheet of text that grows line by line: the one door through which text gets onto a page.

use super::lines::{columns, cut, fold, split_at, start, wrap};
use super::look::{Look, Tone};
use crate::report::visible::visible;
use std::borrow::Cow;

/// Text that grows line by line. Everything that is put on it is made visible and fitted into its width.
#[derive(Debug, Clone)]
pub struct Sheet {
    look: Look,
    text: String,
}

const LABEL: usize = 12;
/// A text of more lines is cut, whoever wrote it.
const MOST_LINES: usize = 40;

/// A line that no CI system takes for a command of its own, such as `::error::` at its beginning or `##[` anywhere.
fn idle(line: &str) -> Cow<'_, str> {
    let begins = line.trim_start().starts_with("::");
    if !begins && !line.contains("##[") {
        return Cow::Borrowed(line);
    }
    let mark = if begins { "\\" } else { "" };
    Cow::Owned(format!("{mark}{}", line.replace("##[", "##\\[")))
}

impl Sheet {
    /// An empty sheet.
    pub fn new(look: Look) -> Self {
        Self { look, text: String::new() }
    }

    /// How it looks.
    pub fn look(&self) -> Look {
        self.look
    }

    /// The text so far, each line with its end.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Adds an empty line, unless there is one or nothing is there yet.
    pub fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Adds the text of another sheet.
    pub fn append(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds one line; what does not fit is cut.
    pub fn line(&mut self, indent: usize, tone: Tone, text: &str) {
        let fitted = cut(&visible(text), self.look.room(indent));
        self.push(indent, &self.look.paint(tone, &fitted));
    }

    /// Adds text that must be kept to the letter, such as a command; it may run over the width.
    pub fn verbatim(&mut self, indent: usize, text: &str) {
        self.push(indent, &visible(text));
    }

    /// Adds a text, broken at blanks.
    pub fn wrapped(&mut self, indent: usize, tone: Tone, text: &str) {
        for line in self.wrap(indent, text) {
            self.push(indent, &self.look.paint(tone, &line));
        }
    }

    /// Adds a text, broken where the line ends, at most `most` lines.
    pub fn folded(&mut self, indent: usize, tone: Tone, text: &str, most: usize) {
        let shown = visible(text);
        let pieces = fold(start(&shown, (most + 1) * self.look.room(indent)), self.look.room(indent));
        for (index, piece) in pieces.iter().take(most).enumerate() {
            let last = index + 1 == most && pieces.len() > most;
            let piece = if last { cut(&format!("{piece} "), self.look.room(indent)) } else { (*piece).to_owned() };
            self.push(indent, &self.look.paint(tone, &piece));
        }
    }

    /// Adds a label and, beside it, a text that is broken at blanks.
    pub fn labelled(&mut self, label: &str, tone: Tone, text: &str) {
        let width = if self.look.width < 60 { label.len() + 1 } else { LABEL };
        let indent = 2 + width;
        let mut label = self.look.paint(Tone::Quiet, &format!("{label:width$}"));
        for line in self.wrap(indent, text) {
            let line = format!("{label}{}", self.look.paint(tone, &line));
            self.push(2, &line);
            label = " ".repeat(width);
        }
    }

    /// Adds one line of pieces, each with its own tone; what does not fit is cut.
    pub fn pieces(&mut self, indent: usize, pieces: &[(Tone, &str)]) {
        let mut room = self.look.room(indent);
        let mut line = String::new();
        for (tone, text) in pieces {
            let text = visible(text);
            if columns(&text) > room {
                let (head, _) = split_at(&text, room.saturating_sub(1));
                line.push_str(&self.look.paint(*tone, head));
                line.push('…');
                break;
            }
            room -= columns(&text);
            line.push_str(&self.look.paint(*tone, &text));
        }
        self.push(indent, &line);
    }

    fn wrap(&self, indent: usize, text: &str) -> Vec<String> {
        let room = self.look.room(indent);
        let shown = visible(start(text, room * MOST_LINES));
        let mut lines = wrap(start(&shown, room * MOST_LINES), room);
        if lines.len() > MOST_LINES || start(text, room * MOST_LINES).len() < text.len() {
            lines.truncate(MOST_LINES);
            lines.push("…".to_owned());
        }
        lines
    }

    fn push(&mut self, indent: usize, line: &str) {
        if !line.is_empty() {
            self.text.extend(std::iter::repeat_n(' ', indent));
            self.text.push_str(&idle(line.trim_end_matches(' ')));
        }
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::idle;

    #[test]
    fn no_line_is_a_command_of_a_ci_system() {
        for (line, told) in [
            ("::error::x", "\\::error::x"),
            ("  ::stop-commands::x", "\\  ::stop-commands::x"),
            ("a ##[add-mask]b", "a ##\\[add-mask]b"),
            ("a::b #[c]", "a::b #[c]"),
        ] {
            assert_eq!(idle(line), told);
        }
    }
}
