//! Fits text into columns. Counts as terminals do: East Asian wide characters and emoji take two.

/// How many columns a text takes.
pub fn columns(text: &str) -> usize {
    text.chars().map(wide).sum()
}

/// Cuts a text that is too long, with `…` in place of the rest.
pub fn cut(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let (head, _) = split_at(text, room.saturating_sub(1));
    format!("{head}…")
}

/// The first characters of a text.
pub fn start(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// Breaks a text at blanks; a word that is longer than a line is broken where the line ends.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_inclusive(' ') {
        if columns(&line) + columns(word.trim_end()) > room && !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        line.push_str(word);
        while columns(line.trim_end()) > room {
            let (head, rest) = split_at(&line, room);
            let rest = rest.to_owned();
            lines.push(head.to_owned());
            line = rest;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Breaks a text into pieces that fill the line.
pub fn fold(text: &str, room: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while columns(rest) > room {
        let (head, tail) = split_at(rest, room);
        pieces.push(head);
        rest = tail;
    }
    pieces.push(rest);
    pieces
}

/// Parts a text so that the first part takes at most `room` columns, but at least one character.
pub fn split_at(text: &str, room: usize) -> (&str, &str) {
    let mut taken = 0;
    for (at, character) in text.char_indices() {
        taken += wide(character);
        if taken > room && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

fn wide(character: char) -> usize {
    let code = u32::from(character);
    if code >= 0x1100 && WIDE.iter().any(|range| range.contains(&code)) { 2 } else { 1 }
}

const WIDE: [std::ops::RangeInclusive<u32>; 9] = [
    0x1100..=0x115e,
    0x2e80..=0xa4cf,
    0xac00..=0xd7a3,
    0xf900..=0xfaff,
    0xfe30..=0xfe6f,
    0xff00..=0xff60,
    0xffe0..=0xffe6,
    0x1f300..=0x1faff,
    0x20000..=0x3fffd,
];

#[cfg(test)]
mod tests {
    use super::{columns, cut, fold, wrap};

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn blanks_that_were_received_are_kept() {
        assert_eq!(wrap("\" Rate  Limit \"", 40), ["\" Rate  Limit \""]);
    }

    #[test]
    fn nothing_is_wider_than_its_room() {
        let text = "\u{65e5}\u{672c}\u{8a9e} a\u{1f331}\u{1f331}\u{1f331}b word";
        for room in 3..20 {
            for line in wrap(text, room).iter().map(String::as_str).chain(fold(text, room)).chain([&*cut(text, room)]) {
                assert!(columns(line) <= room, "{line:?} in {room}");
            }
            assert_eq!(fold(text, room).concat(), text);
        }
    }
}
