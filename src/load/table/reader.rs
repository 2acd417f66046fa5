//! Reads one TOML file: where problems go, and how a row's values come into its texts.

use super::phrase::Phrase;
use super::row::{Row, Rows, marker};
use crate::contract::Place;
use crate::load::nearest;
use crate::load::problem::{Problem, Problems};
use crate::load::text::Text;
use std::ops::Range;
use toml::de::DeTable;

/// Reads one TOML file, perhaps for one of its rows.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The file's text.
    pub text: &'a Text,
    /// Where problems go.
    pub problems: &'a Problems,
    /// The rows of the file and the one that is read now.
    pub row: Option<(&'a Rows, &'a Row)>,
}

impl<'a> Reader<'a> {
    /// Makes a reader of a file without rows.
    pub fn new(text: &'a Text, problems: &'a Problems) -> Self {
        Self { text, problems, row: None }
    }

    /// Parses the file; what is no TOML is a problem.
    pub fn table(&self) -> Option<DeTable<'a>> {
        match DeTable::parse(&self.text.content) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let end = self.text.content.len();
                self.problem(error.span().unwrap_or(end..end), format!("this is no TOML: {}", error.message()), "");
                None
            }
        }
    }

    /// Remembers a problem.
    pub fn problem(&self, span: Range<usize>, what: impl Into<String>, advice: impl Into<String>) {
        self.problems.push(Problem::at(self.text.place(span), what, advice));
    }

    /// Remembers a problem of a part of a text.
    pub fn problem_in(&self, phrase: &Phrase, part: Range<usize>, what: impl Into<String>, advice: impl Into<String>) {
        self.problem(phrase.span(part, &self.text.content), what, advice);
    }

    /// The place of a text in the file.
    pub fn place(&self, phrase: &Phrase) -> Place {
        self.text.place(phrase.token.clone())
    }

    /// Takes a string of the file as it stands.
    pub fn raw(&self, text: &str, token: Range<usize>) -> Phrase {
        Phrase::new(text, token, &self.text.content)
    }

    /// Takes a string of the file, with the values of the row put in.
    pub fn phrase(&self, text: &str, token: Range<usize>) -> Phrase {
        let raw = self.raw(text, token);
        if marker(text, 0).is_none() {
            return raw;
        }
        let mut phrase = raw.cut(0..0);
        let mut from = 0;
        while let Some((range, key)) = marker(text, from) {
            phrase.append(&raw, from..range.start);
            if let Some(value) = self.value(&raw, range.clone(), key) {
                phrase.append(value, 0..value.text.len());
            }
            from = range.end;
        }
        phrase.append(&raw, from..text.len());
        phrase
    }

    fn value(&self, phrase: &Phrase, marked: Range<usize>, key: &str) -> Option<&'a Phrase> {
        let Some((rows, row)) = self.row else {
            let advice = "give the file rows: `[[row]]`, then `name = \"…\"` and the row's texts";
            self.problem_in(phrase, marked, format!("`{{{{row {key}}}}}` stands in a file without rows"), advice);
            return None;
        };
        if let Some(value) = row.text(key) {
            return Some(value);
        }
        let known = rows.keys();
        if known.contains(&key) {
            let place = self.text.place(phrase.span(marked, &self.text.content));
            let advice = format!("line {} puts it in as `{{{{row {key}}}}}`", place.line);
            self.problem(row.span.clone(), format!("the row `{}` has no key `{key}`", row.name), advice);
        } else {
            self.problem_in(phrase, marked, format!("no row has a key `{key}`"), nearest::advice(key, known));
        }
        None
    }
}
