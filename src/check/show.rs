//! How values and texts of a tenant are shown to people: short, on one line, and inert.

use crate::exchange::Answer;
use serde_json::{Map, Value};
use std::fmt::Write as _;

const LONGEST: usize = 400;
const NAMES_SHOWN: usize = 8;

/// A text on one line with control and direction characters escaped, at most 400 characters.
pub fn text(text: &str) -> String {
    clip(text, LONGEST)
}

/// The beginning of bytes that need not be text, as [`text`] shows it.
pub fn bytes(bytes: &[u8]) -> String {
    let head = bytes.get(..4 * LONGEST).unwrap_or(bytes);
    let shown = String::from_utf8_lossy(head);
    let shown = if head.len() < bytes.len() { shown.trim_end_matches('\u{fffd}') } else { &shown };
    text(shown)
}

/// The status line of an answer and the beginning of its body, unless that is coded.
pub fn answer(answer: &Answer) -> String {
    remarked(answer, "")
}

/// The same with a remark behind it, for which there is always room.
pub fn remarked(answer: &Answer, remark: &str) -> String {
    let room = LONGEST.saturating_sub(remark.chars().count());
    format!("{}{remark}", clip(&plain(answer), room))
}

fn plain(answer: &Answer) -> String {
    let blank = if answer.reason.is_empty() { "" } else { " " };
    let status = format!("status {}{blank}{}", answer.status, answer.reason);
    let coded = answer.header("content-encoding").next().is_some();
    if answer.body.0.is_empty() || coded {
        return status;
    }
    format!("{status}: {}", bytes(&answer.body.0))
}

/// A value in words: `the string "true"`, `an array of 3 items`.
pub fn value(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(bool) => format!("the boolean {bool}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(string) => format!("the string \"{}\"", clip(string, LONGEST - 20)),
        Value::Array(items) if items.len() == 1 => "an array of 1 item".into(),
        Value::Array(items) => format!("an array of {} items", items.len()),
        Value::Object(members) => object(members),
    }
}

/// The JSON type of a value, as errata name it.
pub fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Texts as a choice: `a`, `a or b`, `a, b or c`.
pub fn choice(texts: &[String]) -> String {
    match texts {
        [] => "nothing".into(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} or {last}", all.join(", ")),
    }
}

/// A JSON pointer with one step added.
pub fn step(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}

/// A pointer's shape: the same for every index of an array.
pub fn shape(pointer: &str) -> String {
    let index = |step: &str| !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    pointer.split('/').map(|step| if index(step) { "*" } else { step }).collect::<Vec<_>>().join("/")
}

fn object(members: &Map<String, Value>) -> String {
    if members.is_empty() {
        return "an empty object".into();
    }
    let names: Vec<String> = members.keys().take(NAMES_SHOWN).map(|name| format!("`{}`", clip(name, 40))).collect();
    let more = members.len() - names.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("an object with {}{rest}", names.join(", "))
}

fn clip(text: &str, longest: usize) -> String {
    let mut shown = String::new();
    let mut length = 0;
    for char in text.chars() {
        let piece = escape(char);
        let width = piece.chars().count();
        if length + width > longest - 1 {
            shown.push('…');
            break;
        }
        length += width;
        shown.push_str(&piece);
    }
    shown
}

fn escape(char: char) -> String {
    let mut shown = String::new();
    match char {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        char if char.is_control() || steers(char) => {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(char));
        }
        char => shown.push(char),
    }
    shown
}

/// Characters that show nothing but change how their neighbours are shown.
fn steers(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{bytes, choice, shape, text, type_of, value};
    use serde_json::json;

    #[test]
    fn what_a_tenant_sends_is_shown_on_one_line_and_inert() {
        assert_eq!(text("a\r\n\x1b[31mb\u{202e}c\0"), "a\\r\\n\\u{1b}[31mb\\u{202e}c\\u{0}");
    }

    #[test]
    fn nothing_shown_is_longer_than_400_characters() {
        for long in ["x".repeat(500), "\u{1f331}".repeat(500), "\x1b".repeat(500)] {
            assert!(text(&long).chars().count() <= 400);
            assert!(value(&json!(long.clone())).chars().count() <= 400);
            assert!(value(&json!({ long.clone(): 1 })).chars().count() <= 400);
            assert!(bytes(long.as_bytes()).chars().count() <= 400);
        }
        assert_eq!(text(&"x".repeat(399)).chars().count(), 399);
    }

    #[test]
    fn values_are_named_with_their_type() {
        for (received, shown) in [
            (json!("true"), "the string \"true\""),
            (json!(true), "the boolean true"),
            (json!([1]), "an array of 1 item"),
            (json!({}), "an empty object"),
            (json!({"a": 1, "b": 2}), "an object with `a`, `b`"),
            (json!(null), "null"),
        ] {
            assert_eq!(value(&received), shown);
        }
        assert_eq!((type_of(&json!(1)), type_of(&json!(1.5))), ("integer", "number"));
        assert_eq!(choice(&["a".into(), "b".into(), "c".into()]), "a, b or c");
        assert_eq!(shape("/a/0/b/17"), "/a/*/b/*");
    }
}
