//! Reads one JSON value with a stack of its own.

use super::{number, string};
use crate::check::show;
use serde_json::{Map, Value};

const DEEPEST: usize = 4_096;
/// What a body may cost in memory, in values of an array; an object costs some more.
const MOST_VALUES: usize = 3_000_000;
const OBJECT: usize = 3;
const MOST_DUPLICATES: usize = 50;

/// A JSON text that was read.
#[derive(Debug)]
pub struct Document {
    /// The value; of a key that stands twice, the last.
    pub value: Value,
    /// Where a key stands for the second time, as pointers, at most 50.
    pub duplicates: Vec<String>,
    /// How many levels deep it is nested.
    pub depth: usize,
}

/// Why a text was not read.
#[derive(Debug, PartialEq, Eq)]
pub enum JsonError {
    /// It is not JSON.
    Syntax {
        /// The offset in bytes.
        at: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// It is deeper or has more values than is read, with the sentence that says so.
    Beyond(String),
}

enum Open {
    Array(Vec<Value>),
    Object(Map<String, Value>, String),
}

enum Next {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Comma,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Open>,
    values: usize,
    duplicates: Vec<String>,
    depth: usize,
}

/// Reads a text that is one JSON value and nothing more.
pub fn read(text: &str) -> Result<Document, JsonError> {
    let mut reader = Reader { text, at: 0, open: Vec::new(), values: 0, duplicates: Vec::new(), depth: 0 };
    let mut next = Next::Value;
    loop {
        reader.blanks();
        let step = match next {
            Next::Value | Next::ValueOrEnd => reader.value(matches!(next, Next::ValueOrEnd))?,
            Next::Key | Next::KeyOrEnd => reader.key(matches!(next, Next::KeyOrEnd))?,
            Next::Comma => reader.comma()?,
        };
        next = match step {
            Step::Go(next) => next,
            Step::Took(value) => match reader.place(value) {
                Some(value) => return reader.finish(value),
                None => Next::Comma,
            },
        };
    }
}

enum Step {
    Go(Next),
    Took(Value),
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn blanks(&mut self) {
        self.at += self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn broken<T>(&self, expected: &'static str) -> Result<T, JsonError> {
        Err(JsonError::Syntax { at: self.at, expected })
    }

    fn value(&mut self, or_end: bool) -> Result<Step, JsonError> {
        self.values += if self.peek() == Some(b'{') { 1 + OBJECT } else { 1 };
        if self.values > MOST_VALUES {
            return Err(JsonError::Beyond("the body holds more JSON values than are read".into()));
        }
        match self.peek() {
            Some(b'[') => self.enter(Open::Array(Vec::new()), Next::ValueOrEnd),
            Some(b'{') => self.enter(Open::Object(Map::new(), String::new()), Next::KeyOrEnd),
            Some(b']') if or_end => self.leave(),
            Some(b'"') => Ok(Step::Took(Value::String(self.string()?))),
            Some(b'-' | b'0'..=b'9') => {
                let Some((length, number)) = number::read(self.rest()) else { return self.broken("a number of JSON") };
                self.at += length;
                Ok(Step::Took(Value::Number(number)))
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<Step, JsonError> {
        for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)] {
            if self.rest().starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(Step::Took(value));
            }
        }
        self.broken("a JSON value")
    }

    fn string(&mut self) -> Result<String, JsonError> {
        let start = self.at + 1;
        match string::read(self.text.get(start..).unwrap_or_default()) {
            Ok((length, value)) => {
                self.at = start + length;
                Ok(value)
            }
            Err((at, expected)) => Err(JsonError::Syntax { at: start + at, expected }),
        }
    }

    fn enter(&mut self, open: Open, next: Next) -> Result<Step, JsonError> {
        if self.open.len() == DEEPEST {
            return Err(JsonError::Beyond(format!("the body is nested deeper than {DEEPEST} levels")));
        }
        self.at += 1;
        self.open.push(open);
        self.depth = self.depth.max(self.open.len());
        Ok(Step::Go(next))
    }

    fn leave(&mut self) -> Result<Step, JsonError> {
        self.at += 1;
        match self.open.pop() {
            Some(Open::Array(mut items)) => {
                items.shrink_to_fit();
                Ok(Step::Took(Value::Array(items)))
            }
            Some(Open::Object(members, _)) => Ok(Step::Took(Value::Object(members))),
            None => self.broken("one JSON value"),
        }
    }

    fn key(&mut self, or_end: bool) -> Result<Step, JsonError> {
        match self.peek() {
            Some(b'}') if or_end => return self.leave(),
            Some(b'"') => {}
            _ => return self.broken("a key in quotes"),
        }
        let name = self.string()?;
        self.blanks();
        if self.peek() != Some(b':') {
            return self.broken("a colon after the key");
        }
        self.at += 1;
        if let Some(Open::Object(_, key)) = self.open.last_mut() {
            *key = name;
        }
        Ok(Step::Go(Next::Value))
    }

    fn comma(&mut self) -> Result<Step, JsonError> {
        match (self.peek(), self.open.last()) {
            (Some(b','), Some(Open::Array(_))) => {
                self.at += 1;
                Ok(Step::Go(Next::Value))
            }
            (Some(b','), Some(Open::Object(..))) => {
                self.at += 1;
                Ok(Step::Go(Next::Key))
            }
            (Some(b']'), Some(Open::Array(_))) | (Some(b'}'), Some(Open::Object(..))) => self.leave(),
            (_, Some(Open::Array(_))) => self.broken("a comma or `]`"),
            _ => self.broken("a comma or `}`"),
        }
    }

    /// Puts a value where it belongs; gives it back where nothing is open.
    fn place(&mut self, value: Value) -> Option<Value> {
        if self.duplicates.len() < MOST_DUPLICATES
            && matches!(self.open.last(), Some(Open::Object(members, key)) if members.contains_key(key))
        {
            self.duplicates.push(self.pointer());
        }
        match self.open.last_mut() {
            None => return Some(value),
            Some(Open::Array(items)) => items.push(value),
            Some(Open::Object(members, key)) => drop(members.insert(std::mem::take(key), value)),
        }
        None
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        let last = self.open.len().saturating_sub(1);
        for (level, open) in self.open.iter().enumerate() {
            match open {
                Open::Array(items) if level < last => pointer = show::step(&pointer, &items.len().to_string()),
                Open::Array(_) => {}
                Open::Object(_, key) => pointer = show::step(&pointer, key),
            }
        }
        pointer
    }

    fn finish(mut self, value: Value) -> Result<Document, JsonError> {
        self.blanks();
        if self.rest().is_empty() {
            Ok(Document { value, duplicates: self.duplicates, depth: self.depth })
        } else {
            self.broken("nothing after the value")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{JsonError, read};

    #[test]
    fn valid_json_is_read_as_another_reader_reads_it() {
        for text in [
            "null",
            " [ ] ",
            "\t{\"a\" : [1, -2.5e3, \"x\\n\", {}], \"b\":{\"c\":[[],[null,true,false]]}}\r\n",
            "\"\"",
            "0",
            "[[[[]]],{}]",
            "{\"\":1,\"a/b~\":2}",
        ] {
            assert_eq!(read(text).unwrap().value, serde_json::from_str::<serde_json::Value>(text).unwrap(), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_told_with_its_place() {
        for (text, place) in [
            ("", 0),
            ("  ", 2),
            ("{}x", 2),
            ("{} {}", 3),
            ("[1,]", 3),
            ("[1 2]", 3),
            ("{\"a\":1,}", 7),
            ("{\"a\" 1}", 5),
            ("{a:1}", 1),
            ("{'a':1}", 1),
            ("[", 1),
            ("{\"a\":", 5),
            ("tru", 0),
            ("NaN", 0),
            ("[01]", 1),
            ("\"a", 2),
            ("]", 0),
            ("[}", 1),
            ("{]", 1),
            ("\u{feff}{}", 0),
            ("<html>", 0),
            ("[1}", 2),
            ("{\"a\":1]", 6),
        ] {
            match read(text) {
                Err(JsonError::Syntax { at, .. }) => assert_eq!(at, place, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn duplicate_keys_are_told_with_their_place_and_the_last_one_counts() {
        let document = read("{\"a\":[0,{\"b/\":1,\"b/\":2}],\"a\":3,\"c\":{\"d\":1,\"D\":2}}").unwrap();
        assert_eq!(document.duplicates, ["/a/1/b~1", "/a"]);
        assert_eq!(document.value, serde_json::json!({"a": 3, "c": {"d": 1, "D": 2}}));
        assert_eq!(read(&format!("{{{}}}", ["\"a\":1"; 500].join(","))).unwrap().duplicates.len(), 50);
    }

    #[test]
    fn nesting_is_read_to_4096_levels_and_no_deeper() {
        let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        let judged = std::thread::Builder::new().stack_size(64 << 20);
        let judged = judged.spawn(move || (read(&nested(4_096)).is_ok(), read(&nested(4_097)))).unwrap();
        let (deep, deeper) = judged.join().unwrap();
        assert!(deep && matches!(deeper, Err(JsonError::Beyond(_))));
        assert!(matches!(read(&"[".repeat(10_000)), Err(JsonError::Beyond(_))));
        assert!(matches!(read(&"{\"a\":".repeat(10_000)), Err(JsonError::Beyond(_))));
    }

    #[test]
    fn more_values_than_are_kept_are_not_kept() {
        assert!(matches!(read(&format!("[{}0]", "0,".repeat(3_000_000))), Err(JsonError::Beyond(_))));
    }
}
