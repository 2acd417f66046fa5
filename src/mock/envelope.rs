//! The error envelope.

use super::detail::Detail;
use super::language::{Choice, Language};
use serde_json::{Value, json};

/// What an envelope tells beyond its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum More {
    /// Nothing: `causes` is left out.
    Nothing,
    /// A cause. These exist in English alone, and say so.
    Cause(String),
    /// A second message in no language (`und`), with an empty list of causes, as tenants were recorded to answer.
    Undetermined(String),
}

/// Builds the envelope's body.
pub fn body(detail: &Detail, more: &More, choice: Choice, tracking_id: &str) -> Value {
    let message = entry(choice.language.tag(), choice.origin(), detail.text(choice.language));
    let (code, id) = (detail.code, tracking_id);
    match more {
        More::Nothing => json!({ "detailCode": code, "trackingId": id, "messages": [message] }),
        More::Cause(text) => {
            let cause = entry(Language::English.tag(), Choice::DEFAULT.origin(), text);
            json!({ "detailCode": code, "trackingId": id, "messages": [message], "causes": [cause] })
        }
        More::Undetermined(text) => {
            let second = entry("und", "REQUEST", text);
            json!({ "detailCode": code, "trackingId": id, "messages": [message, second], "causes": [] })
        }
    }
}

fn entry(locale: &str, origin: &str, text: &str) -> Value {
    json!({ "locale": locale, "localeOrigin": origin, "text": text })
}
