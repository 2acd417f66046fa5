//! One key of a TOML table and its value, as what a reader expects it to be.

use super::phrase::Phrase;
use super::reader::Reader;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// One key of a table and its value.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The key.
    pub key: &'a str,
    /// Where the key stands.
    pub key_span: Range<usize>,
    /// The value.
    pub value: &'a DeValue<'a>,
    /// Where the value stands.
    pub span: Range<usize>,
    /// Whether it is one item of the list that stands under the key.
    pub item: bool,
}

/// What a value should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number from 100 to 599.
    Status,
    /// An array.
    List,
    /// A table, inline or not.
    Table,
}

impl<'a> Entry<'a> {
    /// Takes a key and its value.
    pub fn new(key: &'a Spanned<DeString<'a>>, value: &'a Spanned<DeValue<'a>>) -> Self {
        Self { key: key.get_ref(), key_span: key.span(), value: value.get_ref(), span: value.span(), item: false }
    }

    /// The value as a text, with the values of the row put in.
    pub fn text(&self, reader: &Reader<'a>) -> Option<Phrase> {
        match self.value {
            DeValue::String(text) => Some(reader.phrase(text, self.span.clone())),
            _ => self.wrong(reader, Kind::Text),
        }
    }

    /// The value as a text that stands as it is.
    pub fn raw_text(&self, reader: &Reader<'a>) -> Option<Phrase> {
        match self.value {
            DeValue::String(text) => Some(reader.raw(text, self.span.clone())),
            _ => self.wrong(reader, Kind::Text),
        }
    }

    /// The value as a list.
    pub fn items(&self, reader: &Reader<'a>) -> Option<Vec<Entry<'a>>> {
        let DeValue::Array(array) = self.value else { return self.wrong(reader, Kind::List) };
        let item = |value: &'a Spanned<DeValue<'a>>| Entry {
            key: self.key,
            key_span: self.key_span.clone(),
            value: value.get_ref(),
            span: value.span(),
            item: true,
        };
        Some(array.iter().map(item).collect())
    }

    /// The value as a table, with the place where it begins.
    pub fn table(&self, reader: &Reader<'a>) -> Option<(&'a DeTable<'a>, Range<usize>)> {
        match self.value {
            DeValue::Table(table) => Some((table, self.span.clone())),
            _ => self.wrong(reader, Kind::Table),
        }
    }

    /// The value as an HTTP status.
    pub fn status(&self, reader: &Reader<'a>) -> Option<u16> {
        let DeValue::Integer(number) = self.value else { return self.wrong(reader, Kind::Status) };
        let status = u16::from_str_radix(number.as_str(), number.radix()).ok().filter(|code| (100..600).contains(code));
        if status.is_none() {
            reader.problem(self.span.clone(), "this is no HTTP status", "write a number from 100 to 599");
        }
        status
    }

    /// The value as it is written, if it is short and stands in one line.
    pub fn source<'t>(&self, reader: &Reader<'t>) -> Option<&'t str> {
        let source = reader.text.content.get(self.span.clone())?;
        (source.len() < 40 && !source.contains('\n')).then_some(source)
    }

    /// Reports that the value is not what it should be.
    pub fn wrong<T>(&self, reader: &Reader<'a>, wanted: Kind) -> Option<T> {
        let Self { key, item, .. } = self;
        let holder = if *item { format!("an item of `{key}`") } else { format!("`{key}`") };
        let what = format!("{holder} is {}, but should be {}", seen(self.value), wanted.word());
        let example = wanted.example();
        let advice = match (wanted, self.source(reader)) {
            _ if *item => format!("write `{key} = [{example}, …]`"),
            (Kind::List, Some(source)) if !self.value.is_table() => format!("write `{key} = [{source}]`"),
            _ => format!("write `{key} = {example}`"),
        };
        reader.problem(self.span.clone(), what, advice);
        None
    }
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Flag => "true or false",
            Self::Status => "an HTTP status",
            Self::List => "a list",
            Self::Table => "a table",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Text => "\"…\"",
            Self::Flag => "true",
            Self::Status => "400",
            Self::List => "[…]",
            Self::Table => "{ … }",
        }
    }
}

fn seen(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
