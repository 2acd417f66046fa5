//! One table of a TOML file: gives typed values and reports what nobody asked for.

use super::entry::{Entry, Kind};
use super::phrase::Phrase;
use super::reader::Reader;
use crate::load::nearest;
use std::cell::RefCell;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// One table of a TOML file. It remembers which keys were asked for; [`Section::close`] reports the
/// others, and what is missing.
#[derive(Debug)]
#[must_use = "`close` reports the unknown keys"]
pub struct Section<'a> {
    /// Where problems go.
    pub reader: Reader<'a>,
    /// Where the table begins.
    pub span: Range<usize>,
    table: &'a DeTable<'a>,
    asked: RefCell<Vec<&'static str>>,
    told: RefCell<Vec<&'static str>>,
    missing: RefCell<Vec<(&'static str, String)>>,
}

impl<'a> Section<'a> {
    /// Makes a section of a whole file.
    pub fn root(reader: Reader<'a>, table: &'a DeTable<'a>) -> Self {
        Self::new(reader, table, 0..0)
    }

    /// Makes a section of a table with the same reader.
    pub fn inner(&self, (table, span): (&'a DeTable<'a>, Range<usize>)) -> Self {
        Self::new(self.reader, table, span)
    }

    fn new(reader: Reader<'a>, table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { reader, span, table, asked: RefCell::default(), told: RefCell::default(), missing: RefCell::default() }
    }

    /// Every key with its value, in the order of the file.
    pub fn entries(&self) -> Vec<Entry<'a>> {
        let mut entries: Vec<_> = self.table.iter().map(|(key, value)| Entry::new(key, value)).collect();
        entries.sort_by_key(|entry| entry.key_span.start);
        entries
    }

    /// The value of a key, if it is there.
    pub fn get(&self, key: &'static str) -> Option<Entry<'a>> {
        self.asked.borrow_mut().push(key);
        self.table.get_key_value(key).map(|(key, value)| Entry::new(key, value))
    }

    /// Reports a key that must not stand here, with its own advice instead of a guess.
    pub fn refuse(&self, key: &'static str, what: &str, advice: &str) {
        self.told.borrow_mut().push(key);
        if let Some((known, _)) = self.table.get_key_value(key) {
            self.reader.problem(known.span(), what, advice);
        }
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<Phrase> {
        self.get(key).and_then(|entry| entry.text(&self.reader))
    }

    /// A text that must be there.
    pub fn need_text(&self, key: &'static str, advice: &str) -> Option<Phrase> {
        self.need(key, advice)?.text(&self.reader)
    }

    /// A text that must be there and must say something.
    pub fn need_words(&self, key: &'static str, advice: &str) -> Option<Phrase> {
        let phrase = self.need_text(key, advice)?;
        if phrase.text.trim().is_empty() {
            self.reader.problem(phrase.token.clone(), format!("`{key}` is empty"), advice);
        }
        Some(phrase)
    }

    /// `true` or `false`; what is absent is false.
    pub fn flag(&self, key: &'static str) -> bool {
        let Some(entry) = self.get(key) else { return false };
        if let DeValue::Boolean(flag) = entry.value {
            return *flag;
        }
        entry.wrong::<()>(&self.reader, Kind::Flag);
        false
    }

    /// The items of a list, if it is there.
    pub fn items(&self, key: &'static str) -> Option<Vec<Entry<'a>>> {
        self.get(key)?.items(&self.reader)
    }

    /// The items of a list that must be there.
    pub fn need_items(&self, key: &'static str, advice: &str) -> Option<Vec<Entry<'a>>> {
        self.need(key, advice)?.items(&self.reader)
    }

    /// The texts of a list; what is absent is empty.
    pub fn texts(&self, key: &'static str) -> Vec<Phrase> {
        let items = self.items(key).unwrap_or_default();
        items.iter().filter_map(|item| item.text(&self.reader)).collect()
    }

    /// A table, if it is there.
    pub fn section(&self, key: &'static str) -> Option<Section<'a>> {
        self.get(key)?.table(&self.reader).map(|table| self.inner(table))
    }

    /// A table that must be there.
    pub fn need_section(&self, key: &'static str, advice: &str) -> Option<Section<'a>> {
        self.need(key, advice)?.table(&self.reader).map(|table| self.inner(table))
    }

    /// The tables of a list of tables; what is absent is empty.
    pub fn sections(&self, key: &'static str) -> Vec<Section<'a>> {
        let Some(entry) = self.get(key) else { return Vec::new() };
        if entry.value.is_table() {
            let header = entry.source(&self.reader).filter(|source| source.starts_with('['));
            let advice = format!("write `[{}]`", header.unwrap_or(&format!("[{key}]")));
            self.reader.problem(entry.span, format!("`{key}` is one table, but should be a list of tables"), advice);
            return Vec::new();
        }
        let items = entry.items(&self.reader).unwrap_or_default();
        items.iter().filter_map(|item| item.table(&self.reader)).map(|table| self.inner(table)).collect()
    }

    /// Reports every key that nobody asked for, and every missing one unless it seems to be one of those.
    pub fn close(self) {
        let (asked, told, mut missing) = (self.asked.borrow(), self.told.borrow(), self.missing.borrow_mut());
        let known = |entry: &Entry<'_>| asked.contains(&entry.key) || told.contains(&entry.key);
        for entry in self.entries().into_iter().filter(|entry| !known(entry)) {
            let meant = nearest::nearest(entry.key, asked.iter().copied());
            missing.retain(|(key, _)| Some(*key) != meant);
            let advice = nearest::advice(entry.key, asked.iter().copied());
            self.reader.problem(entry.key_span, format!("unknown key `{}`", entry.key), advice);
        }
        for (key, advice) in missing.drain(..) {
            self.reader.problem(self.span.clone(), format!("missing key `{key}`"), advice);
        }
    }

    /// The value of a key that must be there.
    pub fn need(&self, key: &'static str, advice: &str) -> Option<Entry<'a>> {
        let entry = self.get(key);
        if entry.is_none() {
            self.missing.borrow_mut().push((key, advice.to_owned()));
        }
        entry
    }
}
