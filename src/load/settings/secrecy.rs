//! Keeps out of every message what may be a secret in the settings.

use crate::contract::Contract;
use crate::load::nearest;
use crate::load::text::Text;
use toml::de::{DeTable, DeValue};

/// How long a word may be that is shown although it is not known to be harmless.
const WORD: usize = 24;
/// The keys of `[target]`.
const TARGET: [&str; 3] = ["url", "ca-file", "versions"];

/// Veils the values of credentials and of what nobody knows; where the text is no TOML, every value.
pub fn veil(text: &Text, contract: &Contract) {
    let Ok(table) = DeTable::parse(&text.content) else { return lines(text) };
    for (key, value) in table.get_ref() {
        let known = match key.get_ref().as_ref() {
            "target" => TARGET.to_vec(),
            "world" => contract.world.iter().map(|key| key.name.as_str()).collect(),
            _ => {
                values(text, value.get_ref(), value.span(), key.span());
                continue;
            }
        };
        strangers(text, value.get_ref(), &known);
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

/// Veils the values of unknown keys, but not those of a known key that is only misspelled.
fn strangers(text: &Text, value: &DeValue<'_>, known: &[&str]) {
    for (key, value) in value.as_table().into_iter().flatten() {
        let strange = nearest::nearest(key.get_ref(), known.iter().copied()).is_none();
        let telling = value.get_ref().as_str().is_some_and(|text| text.contains(['@', '?']));
        if !known.contains(&key.get_ref().as_ref()) && (strange || telling) {
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
