//! The rows of a family of cases, and the places of a text where their values go.

use super::phrase::Phrase;
use std::ops::Range;

/// One row: a name and further texts.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The row's name.
    pub name: String,
    /// Its texts by key, the name among them, in the order of the file, with the place of each key.
    pub texts: Vec<(String, Range<usize>, Phrase)>,
    /// Where the row's name stands, else the row.
    pub span: Range<usize>,
}

/// The rows of one file.
#[derive(Debug, Default)]
pub struct Rows {
    /// The rows, in the order of the file.
    pub rows: Vec<Row>,
}

impl Row {
    /// Finds a text of the row.
    pub fn text(&self, key: &str) -> Option<&Phrase> {
        self.texts.iter().find(|(known, ..)| known == key).map(|(.., phrase)| phrase)
    }
}

impl Rows {
    /// Every key that any row has, once, in the order of the file.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys = Vec::new();
        for (key, ..) in self.rows.iter().flat_map(|row| &row.texts) {
            if !keys.contains(&key.as_str()) {
                keys.push(key.as_str());
            }
        }
        keys
    }
}

/// The next `{{row KEY}}` of a text from a byte on: its range, and the key as it stands.
pub fn marker(text: &str, from: usize) -> Option<(Range<usize>, &str)> {
    let mut from = from;
    loop {
        let start = from + text.get(from..)?.find("{{row")?;
        let rest = text.get(start + 5..)?;
        if rest.starts_with(' ') || rest.starts_with("}}") {
            let end = rest.find("}}")?;
            return Some((start..start + 5 + end + 2, rest.get(..end)?.trim()));
        }
        from = start + 5;
    }
}

#[cfg(test)]
mod tests {
    use super::marker;

    #[test]
    fn markers_of_rows_are_found_one_after_the_other() {
        let text = "{{rowing}} {{row a}}{{row b-c}}{{row";
        assert_eq!(marker(text, 0), Some((11..20, "a")));
        assert_eq!(marker(text, 20), Some((20..31, "b-c")));
        assert_eq!(marker(text, 31), None);
    }
}
