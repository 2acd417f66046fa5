//! What a body is made of: the paths of its values with their types. Ids, times and all other values stay out.

use serde_json::Value;
use std::collections::BTreeSet;

/// More paths than this are not held.
const PATHS: usize = 400;
/// No deeper than this.
const DEPTH: usize = 32;
/// A key as long as this that is made of hex digits is an id.
const ID: usize = 16;

/// What a body is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Shape(BTreeSet<String>);

impl Shape {
    /// The shape of a body; what is no JSON is either empty or something else.
    pub(super) fn of(body: &[u8]) -> Self {
        let mut shape = Self::default();
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => shape.walk("", &value, 0),
            Err(_) if body.is_empty() => {}
            Err(_) => {
                shape.0.insert(": no JSON".to_owned());
            }
        }
        shape
    }

    /// Null is taken for absent.
    fn walk(&mut self, path: &str, value: &Value, depth: usize) {
        if value.is_null() || depth > DEPTH || self.0.len() >= PATHS {
            return;
        }
        self.0.insert(format!("{path}: {}", name(value)));
        match value {
            Value::Array(items) => {
                let below = format!("{path}/*");
                for item in items {
                    self.walk(&below, item, depth + 1);
                }
            }
            Value::Object(members) => members.iter().for_each(|(key, value)| {
                let key = if is_id(key) { "*" } else { key.as_str() };
                self.walk(&format!("{path}/{key}"), value, depth + 1);
            }),
            _ => {}
        }
    }

    /// What only this body has, where the other one could have it: an empty list says nothing of its items.
    pub(super) fn beyond<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a str> {
        let full = self.0.len() >= PATHS || other.0.len() >= PATHS;
        self.0
            .iter()
            .filter(move |path| !full && !other.0.contains(*path) && !other.is_silent(path))
            .map(String::as_str)
    }

    /// Whether a path leads through a list or a map of ids that is empty or absent here.
    fn is_silent(&self, path: &str) -> bool {
        let (place, _) = path.rsplit_once(": ").unwrap_or((path, ""));
        place.match_indices("/*").any(|(at, _)| {
            let items = place.get(..at + 2).unwrap_or_default();
            let within = |own: &String| own.strip_prefix(items).is_some_and(|rest| rest.starts_with(['/', ':']));
            !self.0.iter().any(within)
        })
    }
}

fn is_id(key: &str) -> bool {
    key.len() >= ID && key.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    fn beyond(one: &str, other: &str) -> Vec<String> {
        let (one, other) = (Shape::of(one.as_bytes()), Shape::of(other.as_bytes()));
        one.beyond(&other).map(ToOwned::to_owned).collect()
    }

    #[test]
    fn values_ids_and_empty_lists_are_no_difference() {
        let one = r#"{"id":"1","list":[{"a":1}],"by":{"2c9180056ca3b0333e02261a23090d63":true},"none":null}"#;
        let other = r#"{"id":"2","list":[],"by":{"2c9180a74482f4a86b1052ee88769f62":false}}"#;
        assert!(beyond(one, other).is_empty());
        assert!(beyond(other, one).is_empty());
    }

    #[test]
    fn keys_and_types_are_one() {
        assert_eq!(beyond(r#"{"a":[{"b":"x"}],"c":1}"#, r#"{"a":[{"b":2}]}"#), ["/a/*/b: string", "/c: number"]);
        assert_eq!(beyond("<html>", "{}"), [": no JSON"]);
    }
}
