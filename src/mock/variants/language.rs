//! Errors in other languages.

use super::Variant;
use crate::mock::answer::Answer;
use crate::mock::at::At;
use crate::mock::deed::Deed;
use serde_json::{Value, json};

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "language/arabic",
        "Every error is told in Arabic, whatever was asked for",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| tell(answer, &["ar-EG"], "تعذّر تنفيذ الطلب.")))],
    ),
    Variant::new(
        "language/three",
        "Every error is told in three languages with scripts and variants",
        &[(
            At::ANYWHERE,
            Deed::Alter(|_, answer| tell(answer, &["zh-Hant-TW", "de-CH-1996", "sr-Latn"], "無法處理 – nešto 🛑")),
        )],
    ),
    Variant::new(
        "language/odd-text",
        "The texts of errors are empty, or hold line ends, markup and control characters",
        &[(
            At::ANYWHERE,
            Deed::Alter(|_, answer| tell(answer, &["en", "und"], "\u{0}\u{1b}[31m\r\n<b>no</b>\u{2028}")),
        )],
    ),
    Variant::new(
        "language/no-text",
        "The texts of errors are empty",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| tell(answer, &["x-none"], "")))],
    ),
];

/// Says the same in each of the languages; what has no language just says it.
fn tell(answer: &mut Answer, locales: &[&str], text: &str) {
    let entry = |locale: &&str| json!({ "locale": locale, "localeOrigin": null, "text": text });
    for list in ["messages", "causes"] {
        if let Some(Value::Array(entries)) = answer.body.get_mut(list) {
            *entries = locales.iter().map(entry).collect();
        }
    }
    for name in ["error", "message"] {
        if let Some(said @ Value::String(_)) = answer.body.get_mut(name)
            && answer.status.is_client_error()
        {
            *said = text.into();
        }
    }
}
