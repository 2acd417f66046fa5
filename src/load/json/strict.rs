//! Parses a JSON text in which no object has a key twice.

use crate::load::problem::{Problem, Problems};
use crate::load::source::File;
use crate::load::text::Text;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt::{Formatter, Result as Written};

/// Reads a file of JSON; what is wrong with it is a problem at its place.
pub fn read(file: &File, problems: &Problems) -> Option<Value> {
    let parsed = Text::decode(&file.path, &file.bytes).and_then(|text| parse(&text));
    parsed.map_err(|problem| problems.push(*problem)).ok()
}

fn parse(text: &Text) -> Result<Value, Box<Problem>> {
    serde_json::from_str::<Strict>(&text.content).map(|strict| strict.0).map_err(|error| {
        let shown = error.to_string();
        let what = shown.rsplit_once(" at line ").map_or(shown.as_str(), |(what, _)| what);
        let at = offset(&text.content, error.line(), error.column());
        Box::new(Problem::at(text.place(at..at + 1), format!("this is no JSON: {what}"), ""))
    })
}

/// The byte that a line and a column of bytes, both from 1, mean.
fn offset(content: &str, line: usize, column: usize) -> usize {
    let lines = content.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    (start + column.saturating_sub(1)).min(content.len())
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reading).map(Self)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Value;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> Written {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom("a number that is none"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format!("the key `{key}` stands there twice")));
            }
            let Strict(value) = entries.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::load::text::Text;

    fn parsed(content: &str) -> Result<serde_json::Value, (usize, usize, String)> {
        let text = Text::decode("a.json", content.as_bytes()).unwrap();
        parse(&text).map_err(|problem| (problem.place.line, problem.place.column, problem.what))
    }

    #[test]
    fn a_good_text_is_what_any_reader_reads() {
        let content = r#"{"b": [1, -2, 2.5, true, null], "a": {"x": "ä"}}"#;
        assert_eq!(parsed(content).unwrap(), serde_json::from_str::<serde_json::Value>(content).unwrap());
    }

    #[test]
    fn a_wrong_text_says_where() {
        assert_eq!(parsed("{\n  \"ä\" 1}").unwrap_err(), (2, 7, "this is no JSON: expected `:`".into()));
        assert_eq!(parsed("{\"a\": 1} x").unwrap_err(), (1, 10, "this is no JSON: trailing characters".into()));
        let (line, _, what) = parsed("{\"a\": {\n\"b\": 1, \"b\": 2}}").unwrap_err();
        assert_eq!((line, what.as_str()), (2, "this is no JSON: the key `b` stands there twice"));
        assert!(parsed(&"[".repeat(100_000)).is_err());
        assert!(parsed("").is_err());
    }
}
