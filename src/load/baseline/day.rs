//! A day in a list of known failures: a date of TOML, or a text that looks like one.

use crate::load::table::{Entry, Reader};
use toml::de::DeValue;
use toml::value::{Date, Datetime};

const ADVICE: &str = "write the last day on which it holds, in UTC, such as `until = 2026-12-31`";

/// Reads a day as `YYYY-MM-DD`; anything else is a problem.
pub fn read(entry: &Entry<'_>, reader: &Reader<'_>) -> Option<String> {
    let read = match entry.value {
        DeValue::Datetime(day) => Some(*day),
        DeValue::String(text) => text.parse::<Datetime>().ok(),
        _ => None,
    };
    if let Some(Datetime { date: Some(Date { year, month, day }), time: None, offset: None }) = read {
        return Some(format!("{year:04}-{month:02}-{day:02}"));
    }
    let told = entry.source(reader).unwrap_or("this");
    reader.problem(entry.span.clone(), format!("`{told}` is no day"), ADVICE);
    None
}
