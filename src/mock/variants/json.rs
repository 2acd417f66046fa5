//! The same JSON, written in another way.

use super::Variant;
use crate::mock::at::{At, DOCUMENTS};
use crate::mock::deed::Deed;
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "json/pretty",
        "Bodies are written for people, with line ends and tabs around them",
        &[(
            At::ANYWHERE,
            Deed::Write(|_, written| {
                let body: Option<Value> = serde_json::from_slice(written.body()).ok();
                if let Some(text) = body.and_then(|body| serde_json::to_string_pretty(&body).ok()) {
                    *written.body_mut() = format!("\r\n\t {text}\n\n").into_bytes();
                }
            }),
        )],
    ),
    Variant::new(
        "json/escaped",
        "Bodies are written in ASCII: everything else, and every slash, is escaped",
        &[(At::ANYWHERE, Deed::Write(|_, written| *written.body_mut() = escaped(written.body())))],
    ),
    Variant::new(
        "json/key-order",
        "The properties of every object come in another order",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| turn(&mut answer.body)))],
    ),
    Variant::new(
        "json/shuffled",
        "The properties of a document come in another order each time",
        &[(
            DOCUMENTS,
            Deed::Alter(|asked, answer| {
                if asked.count.is_multiple_of(2) {
                    turn(&mut answer.body);
                }
            }),
        )],
    ),
    Variant::new(
        "json/large-numbers",
        "Documents have numbers of many digits, and a name with every kind of letter",
        &[(
            DOCUMENTS,
            Deed::Write(|_, written| {
                let numbers = b"\"x-numbers\":[123456789012345678901234567890,-0.0,1E+2,2.5e-7,0.1000000000000000055],\
                                \"x-letters\":\"\\u0000\\ud83d\\ude00\\u202e\xf0\x9f\x91\xa9\",";
                written.body_mut().splice(1..1, numbers.iter().copied());
            }),
        )],
    ),
    Variant::new(
        "json/integers-with-fraction",
        "Counts are written as 3.0",
        &[(DOCUMENTS, Deed::Alter(|_, answer| with_fraction(&mut answer.body)))],
    ),
    Variant::new(
        "json/deep",
        "Documents have a property of a hundred levels",
        &[(
            DOCUMENTS,
            Deed::Write(|_, written| {
                let deep = format!("\"x-deep\":{}{},", "[".repeat(100), "]".repeat(100));
                written.body_mut().splice(1..1, deep.into_bytes());
            }),
        )],
    ),
    Variant::new(
        "json/long-lists",
        "An identity has two thousand accounts more",
        &[(
            DOCUMENTS.under("/identities/"),
            Deed::Alter(|_, answer| {
                if let Some(Value::Array(accounts)) = answer.body.get_mut("accounts")
                    && let Some(first) = accounts.first().cloned()
                {
                    accounts.extend(std::iter::repeat_n(first, 2000));
                }
            }),
        )],
    ),
];

/// Every character outside ASCII as an escape, of two where it needs two.
fn escaped(body: &[u8]) -> Vec<u8> {
    let mut text = String::new();
    for letter in String::from_utf8_lossy(body).chars() {
        match letter {
            '/' => text.push_str("\\/"),
            letter if letter.is_ascii() => text.push(letter),
            letter => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(text, "\\u{unit:04X}");
                }
            }
        }
    }
    text.into_bytes()
}

fn turn(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(turn);
            *members = std::mem::take(members).into_iter().rev().collect::<Map<_, _>>();
        }
        Value::Array(elements) => elements.iter_mut().for_each(turn),
        _ => {}
    }
}

fn with_fraction(value: &mut Value) {
    match value {
        Value::Object(members) => members.values_mut().for_each(with_fraction),
        Value::Array(elements) => elements.iter_mut().for_each(with_fraction),
        Value::Number(number) => {
            if let Some(fraction) = number.as_f64() {
                *value = fraction.into();
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{escaped, turn, with_fraction};
    use serde_json::{Value, json};

    #[test]
    fn what_is_written_in_another_way_reads_the_same() {
        let body = json!({ "a": "é/😀\n", "b": [{ "c": 1, "d": 2 }] });
        let text = escaped(body.to_string().as_bytes());
        assert!(text.is_ascii());
        assert_eq!(serde_json::from_slice::<Value>(&text).unwrap(), body);
        let mut turned = body.clone();
        turn(&mut turned);
        assert_eq!(turned, body);
        assert_ne!(turned.to_string(), body.to_string());
        with_fraction(&mut turned);
        assert_eq!(turned.to_string(), r#"{"b":[{"d":2.0,"c":1.0}],"a":"é/😀\n"}"#);
    }
}
