//! A value of a JSON document that knows its JSON pointer.

use crate::load::problem::{Problem, Problems};
use serde_json::Value;

/// How many local references may lead to each other.
const STEPS: usize = 16;

/// One JSON document that is read.
#[derive(Debug, Clone, Copy)]
pub struct Json<'a> {
    /// The path as the user knows it.
    pub path: &'a str,
    /// The document.
    pub root: &'a Value,
    /// Where problems go.
    pub problems: &'a Problems,
}

/// A value of a JSON document, with local references followed.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// The value.
    pub value: &'a Value,
    /// Where it stands, as a JSON pointer.
    pub pointer: String,
    json: Json<'a>,
}

impl<'a> Json<'a> {
    /// The whole document.
    pub fn node(self) -> Node<'a> {
        Node { value: self.root, pointer: String::new(), json: self }
    }
}

impl<'a> Node<'a> {
    /// Remembers a problem of this value.
    pub fn problem(&self, what: impl Into<String>, advice: impl Into<String>) {
        self.json.problems.push(Problem::pointed(self.json.path, &self.pointer, what, advice));
    }

    /// The value of a key, if it is there.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.value.get(key).and_then(|value| self.step(key, value).followed())
    }

    /// The value of a key that must be there.
    pub fn need(&self, key: &str, advice: &str) -> Option<Node<'a>> {
        if self.value.get(key).is_none() {
            self.problem(format!("missing key `{key}`"), advice);
        }
        self.get(key)
    }

    /// The text of a key, if it is there.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.get(key)?.as_text()
    }

    /// The text of a key that must be there and say something.
    pub fn need_text(&self, key: &str, advice: &str) -> Option<&'a str> {
        let node = self.need(key, advice)?;
        let text = node.as_text()?;
        if text.trim().is_empty() {
            node.problem("the text is empty", advice);
        }
        Some(text)
    }

    /// The flag of a key, if it is there.
    pub fn flag(&self, key: &str) -> Option<bool> {
        let node = self.get(key)?;
        node.value.as_bool().or_else(|| node.wrong("true or false"))
    }

    /// The value as a text.
    pub fn as_text(&self) -> Option<&'a str> {
        self.value.as_str().or_else(|| self.wrong("a string"))
    }

    /// The value as an object: every key with its value, in the order of the document.
    pub fn entries(&self) -> Vec<(&'a str, Node<'a>)> {
        let Some(object) = self.value.as_object().or_else(|| self.wrong("an object")) else { return Vec::new() };
        let entry = |(key, value): (&'a String, &'a Value)| Some((key.as_str(), self.step(key, value).followed()?));
        object.iter().filter_map(entry).collect()
    }

    /// The value as an array.
    pub fn items(&self) -> Vec<Node<'a>> {
        let Some(array) = self.value.as_array().or_else(|| self.wrong("an array")) else { return Vec::new() };
        array.iter().enumerate().filter_map(|(at, value)| self.step(&at.to_string(), value).followed()).collect()
    }

    /// The value as an array of texts.
    pub fn texts(&self) -> Vec<String> {
        self.items().iter().filter_map(|item| item.as_text().map(ToOwned::to_owned)).collect()
    }

    /// The path to another file that a `$ref` in this value names.
    pub fn file_ref(&self) -> Option<&'a str> {
        self.value.get("$ref").and_then(Value::as_str).filter(|path| !path.starts_with('#'))
    }

    fn wrong<T>(&self, wanted: &str) -> Option<T> {
        let seen = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        self.problem(format!("this is {seen}, but should be {wanted}"), "");
        None
    }

    fn step(&self, key: &str, value: &'a Value) -> Node<'a> {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        Node { value, pointer: format!("{}/{escaped}", self.pointer), json: self.json }
    }

    /// The value itself, or what its local `$ref` leads to. A `$ref` to nothing is told elsewhere.
    fn followed(self) -> Option<Node<'a>> {
        let mut node = self.clone();
        for _ in 0..STEPS {
            let local = node.value.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
            let Some(pointer) = local else { return Some(node) };
            let value = self.json.root.pointer(pointer)?;
            node = Node { value, pointer: pointer.to_owned(), json: self.json };
        }
        self.problem("its `$ref`s lead in a circle", "let one of them name a value");
        None
    }
}
