//! The form of an answer in few words: what its body is made of, or why none came.

use super::no_collapse::failed;
use crate::check::headers::content_encoding;
use crate::check::show;
use crate::exchange::{Answer, End, Exchange, Outcome, Probe};
use serde_json::Value;

/// More names of an object are counted only.
const NAMES: usize = 4;
const LONGEST: usize = 24;
/// A larger body is told by its media type.
const LARGEST: usize = 1 << 20;

/// The form of what came back.
pub fn form(exchange: &Exchange) -> String {
    match &exchange.outcome {
        Outcome::Answered(answer) => answered(&exchange.probe, answer),
        Outcome::Failed(failure) => failed(failure).unwrap_or_else(|| "no connection".to_owned()),
    }
}

fn answered(probe: &Probe, answer: &Answer) -> String {
    if answer.end != End::Complete {
        return "not whole".to_owned();
    }
    if answer.body.0.is_empty() {
        return "no body".to_owned();
    }
    let content = content_encoding::read(probe, answer, true);
    let json =
        content.bytes.filter(|bytes| bytes.len() <= LARGEST).and_then(|bytes| serde_json::from_slice(&bytes).ok());
    json.map_or_else(|| media_type(answer), |value| of_json(&value))
}

fn of_json(value: &Value) -> String {
    let Value::Object(members) = value else { return format!("JSON {}", show::type_of(value)) };
    let mut names: Vec<String> = members.keys().map(|name| short(name)).collect();
    names.sort_unstable();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{{{}{more}}}", names.join(", "))
}

fn media_type(answer: &Answer) -> String {
    let value = answer.header("content-type").next().map(|value| value.text().to_ascii_lowercase());
    let essence = value.as_deref().and_then(|value| value.split(';').next()).map(str::trim);
    essence.filter(|essence| !essence.is_empty()).map_or_else(|| "no media type".to_owned(), short)
}

fn short(text: &str) -> String {
    show::text(&text.chars().take(LONGEST).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::answered;
    use crate::exchange::{Answer, End, Probe};

    fn of(media_type: &str, body: &str) -> String {
        let answer = Answer {
            version: String::new(),
            status: 200,
            reason: String::new(),
            headers: vec![("content-type".into(), media_type.into())],
            body: body.into(),
            end: End::Complete,
        };
        answered(&Probe::default(), &answer)
    }

    #[test]
    fn bodies_of_the_same_names_have_the_same_form() {
        assert_eq!(of("application/json", r#"{"b":1,"a":"x"}"#), of("application/json", r#"{"a":null,"b":[]}"#));
        assert_eq!(of("application/json", r#"{"b":1,"a":2}"#), "{a, b}");
        let many = r#"{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1}"#;
        assert_eq!(of("application/json", many), "{a, b, c, d and 4 more}");
    }

    #[test]
    fn what_is_no_json_is_told_by_its_media_type() {
        assert_eq!(of("Text/HTML; charset=utf-8", "<html>"), "text/html");
        assert_eq!(of("application/json", "[]"), "JSON array");
        assert_eq!(of("", "\u{1b}[2J"), "no media type");
        assert_eq!(of("application/json", ""), "no body");
    }
}
