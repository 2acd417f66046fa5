//! Finds where the value at a JSON pointer stands in the text of a JSON value.

use std::ops::Range;

/// The bytes of the value at a pointer; where there is none, of the nearest value that should hold it.
///
/// The text must be JSON; of a key that stands twice the last counts, as for every reader of it.
pub fn span(text: &str, pointer: &str) -> Range<usize> {
    let mut here = value(text, blanks(text, 0));
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        let Some(below) = members(text, here.start).into_iter().rev().find(|(key, _)| *key == name) else { break };
        here = below.1;
    }
    here
}

/// The values in an object by their keys, or in an array by their numbers.
fn members(text: &str, at: usize) -> Vec<(String, Range<usize>)> {
    let mut members = Vec::new();
    let object = match byte(text, at) {
        Some(b'{') => true,
        Some(b'[') => false,
        _ => return members,
    };
    let mut at = blanks(text, at + 1);
    while !matches!(byte(text, at), None | Some(b'}' | b']')) {
        let mut key = members.len().to_string();
        if object {
            let quoted = value(text, at);
            key = serde_json::from_str(text.get(quoted.clone()).unwrap_or_default()).unwrap_or_default();
            at = blanks(text, blanks(text, quoted.end) + 1);
        }
        let found = value(text, at);
        at = blanks(text, found.end.max(at + 1));
        if byte(text, at) == Some(b',') {
            at = blanks(text, at + 1);
        }
        members.push((key, found));
    }
    members
}

/// The bytes of the value that begins at an offset.
fn value(text: &str, start: usize) -> Range<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return start..at,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 && !quoted && matches!(byte, b'}' | b']' | b'"') {
            return start..at + 1;
        }
    }
    start..text.len()
}

fn blanks(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start().len())
}

fn byte(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::span;

    const TEXT: &str = r#" { "a" : 1, "b/c":{"d" : [ true , [] ,{"e":"x, \"}"}]},
        "ä": -2.5e3, "a": null, "t": [[3]] } "#;

    fn found(pointer: &str) -> &'static str {
        TEXT.get(span(TEXT, pointer)).unwrap()
    }

    #[test]
    fn every_value_is_found_by_its_pointer() {
        let value: serde_json::Value = serde_json::from_str(TEXT).unwrap();
        for pointer in
            ["", "/a", "/b~1c", "/b~1c/d", "/b~1c/d/0", "/b~1c/d/1", "/b~1c/d/2", "/b~1c/d/2/e", "/ä", "/t/0/0"]
        {
            let seen: serde_json::Value = serde_json::from_str(found(pointer)).unwrap();
            assert_eq!(Some(&seen), value.pointer(pointer), "{pointer}");
        }
        assert_eq!(found("/b~1c/d/2/e"), r#""x, \"}""#);
    }

    #[test]
    fn what_is_absent_is_found_by_what_should_hold_it() {
        assert_eq!(found("/b~1c/d/2/f"), found("/b~1c/d/2"));
        assert_eq!(found("/b~1c/d/9"), found("/b~1c/d"));
        assert_eq!(found("/a/b/c"), "null");
        assert_eq!(found("/nothing"), found(""));
    }
}
