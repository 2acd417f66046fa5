//! Looks through every value of a JSON value with a stack of its own.

use crate::check::show;
use serde_json::Value;
use std::iter::Enumerate;

enum Frame<'v> {
    Array(Enumerate<std::slice::Iter<'v, Value>>, usize),
    Object(serde_json::map::Iter<'v>, &'v str),
}

/// Finds the first value in reading order for which `see` answers: its pointer, and the answer.
pub fn find<'v, T>(root: &'v Value, mut see: impl FnMut(&'v Value) -> Option<T>) -> Option<(String, T)> {
    let mut frames = Vec::new();
    let mut next = Some(root);
    loop {
        if let Some(value) = next {
            if let Some(seen) = see(value) {
                return Some((pointer(&frames), seen));
            }
            match value {
                Value::Array(items) => frames.push(Frame::Array(items.iter().enumerate(), 0)),
                Value::Object(members) => frames.push(Frame::Object(members.iter(), "")),
                _ => {}
            }
        }
        next = match frames.last_mut()? {
            Frame::Array(items, at) => items.next().map(|(index, item)| {
                *at = index;
                item
            }),
            Frame::Object(members, at) => members.next().map(|(name, member)| {
                *at = name;
                member
            }),
        };
        if next.is_none() {
            frames.pop();
        }
    }
}

fn pointer(frames: &[Frame<'_>]) -> String {
    frames.iter().fold(String::new(), |pointer, frame| match frame {
        Frame::Array(_, index) => show::step(&pointer, &index.to_string()),
        Frame::Object(_, name) => show::step(&pointer, name),
    })
}

#[cfg(test)]
mod tests {
    use super::find;
    use serde_json::json;

    #[test]
    fn the_first_match_in_reading_order_is_found_with_its_place() {
        let value = json!({"a": [], "b": [{"c": 1}, {"c/": [true, "x"]}], "d": "x"});
        let text = |wanted: &'static str| find(&value, |value| (value == wanted).then_some(())).map(|(at, ())| at);
        assert_eq!(text("x").as_deref(), Some("/b/1/c~1/1"));
        assert_eq!(text("y"), None);
        assert_eq!(find(&json!(3), |_| Some(7)), Some((String::new(), 7)));
    }
}
