//! Keeps out of every message what may be a secret in the settings.

use crate::load::text::Text;
use toml::de::{DeTable, DeValue};

/// How long a word may be that is shown although it is not known to be harmless.
const WORD: usize = 24;
/// What holds no secrets: these tables as a whole, and these keys of them.
const HARMLESS: [(&str, &[&str]); 2] = [("target", &["url", "ca-file", "versions"]), ("world", &[])];

/// Veils the values of credentials and of tables that nobody knows; where the text is no TOML, every value.
pub fn veil(text: &Text) {
    match DeTable::parse(&text.content) {
        Ok(table) => {
            for (key, value) in table.get_ref() {
                match HARMLESS.iter().find(|(name, _)| name == key.get_ref()) {
                    Some((_, known)) if !known.is_empty() => strangers(text, value.get_ref(), known),
                    Some(_) => {}
                    None => values(text, value.get_ref(), value.span(), key.span()),
                }
            }
        }
        Err(_) => lines(text),
    }
}

type Span = std::ops::Range<usize>;

fn values(text: &Text, value: &DeValue<'_>, span: Span, key: Span) {
    let headed = span.start <= key.start && key.end <= span.end;
    match value {
        DeValue::Table(table) => {
            for (key, value) in table {
                values(text, value.get_ref(), value.span(), key.span());
            }
        }
        DeValue::Array(items) if headed => {
            for item in items {
                values(text, item.get_ref(), item.span(), item.span());
            }
        }
        _ => text.veil(span),
    }
}

fn strangers(text: &Text, value: &DeValue<'_>, known: &[&str]) {
    for (key, value) in value.as_table().into_iter().flatten() {
        if !known.contains(&key.get_ref().as_ref()) {
            values(text, value.get_ref(), value.span(), key.span());
        }
    }
}

fn lines(text: &Text) {
    let mut start = 0;
    for line in text.content.split_inclusive('\n') {
        let shown = line.split_once('=').map_or(0, |(key, _)| if word(key.trim()) { key.len() + 1 } else { 0 });
        let shown = if line.trim_start().starts_with('[') && !line.contains('=') { line.len() } else { shown };
        text.veil(start + shown..start + line.trim_end().len());
        start += line.len();
    }
}

fn word(key: &str) -> bool {
    key.len() <= WORD && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}
