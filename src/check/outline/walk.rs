//! Walks a body with the schemas that apply to each value, on a stack of its own.

use super::shape::{Outline, Shape};
use crate::check::show;
use serde_json::Value;
use std::iter::Enumerate;

/// One value of a body and the schemas that apply to it.
pub struct Sight<'w, 'v> {
    /// The value.
    pub value: &'v Value,
    /// The object that holds it, if one does.
    pub holder: Option<&'v Value>,
    /// The schemas that apply, each once.
    pub shapes: &'w [&'w Shape],
    /// Whether a schema that applies has branches of which none was taken.
    pub undecided: bool,
    frames: &'w [Frame<'v>],
}

impl Sight<'_, '_> {
    /// The place of the value.
    pub fn pointer(&self) -> String {
        self.frames.iter().fold(String::new(), |pointer, frame| match frame {
            Frame::Array { at, .. } => show::step(&pointer, &at.to_string()),
            Frame::Object { at, .. } => show::step(&pointer, at),
        })
    }

    /// How many arrays and objects hold the value.
    pub fn depth(&self) -> usize {
        self.frames.len()
    }

    /// The place of the value, `*` for any index.
    pub fn pattern(&self) -> String {
        self.frames.iter().fold(String::new(), |pattern, frame| match frame {
            Frame::Array { .. } => pattern + "/*",
            Frame::Object { at, .. } => show::step(&pattern, at),
        })
    }
}

enum Frame<'v> {
    Array { items: Enumerate<std::slice::Iter<'v, Value>>, at: usize, shapes: Vec<usize> },
    Object { holder: &'v Value, members: serde_json::map::Iter<'v>, at: &'v str, shapes: Vec<usize> },
}

/// Shows `see` every value to which a schema of `file` applies, in reading order, until it says `false`.
pub fn walk<'v>(outline: &Outline, file: &str, body: &'v Value, mut see: impl FnMut(&Sight<'_, 'v>) -> bool) {
    let Some(root) = outline.files.get(file) else { return };
    let mut frames: Vec<Frame<'v>> = Vec::new();
    let mut next = Some((body, vec![*root]));
    loop {
        if let Some((value, roots)) = next {
            let (numbers, undecided) = applying(outline, &roots, value);
            let shapes: Vec<&Shape> = numbers.iter().filter_map(|number| outline.shapes.get(*number)).collect();
            let holder = match frames.last() {
                Some(Frame::Object { holder, .. }) => Some(*holder),
                _ => None,
            };
            if !see(&Sight { value, holder, shapes: &shapes, undecided, frames: &frames }) {
                return;
            }
            frames.extend(enter(outline, value, numbers));
        }
        let Some(frame) = frames.last_mut() else { return };
        next = advance(outline, frame);
        if next.is_none() {
            frames.pop();
        }
    }
}

fn enter<'v>(outline: &Outline, value: &'v Value, shapes: Vec<usize>) -> Option<Frame<'v>> {
    match value {
        Value::Array(items) => {
            let below = |number: &usize| outline.shapes.get(*number)?.items;
            let live = |number: &usize| outline.shapes.get(*number).is_some_and(|shape| !shape.is_inert());
            let shapes: Vec<usize> = shapes.iter().filter_map(below).filter(live).collect();
            (!shapes.is_empty()).then(|| Frame::Array { items: items.iter().enumerate(), at: 0, shapes })
        }
        Value::Object(members) => Some(Frame::Object { holder: value, members: members.iter(), at: "", shapes }),
        _ => None,
    }
}

fn advance<'v>(outline: &Outline, frame: &mut Frame<'v>) -> Option<(&'v Value, Vec<usize>)> {
    match frame {
        Frame::Array { items, at, shapes } => {
            let (index, item) = items.next()?;
            *at = index;
            Some((item, shapes.clone()))
        }
        Frame::Object { members, at, shapes, .. } => {
            for (name, member) in members.by_ref() {
                let below = |number: &usize| outline.shapes.get(*number)?.properties.get(name).copied();
                let below: Vec<usize> = shapes.iter().filter_map(below).collect();
                if !below.is_empty() {
                    *at = name;
                    return Some((member, below));
                }
            }
            None
        }
    }
}

/// Follows references and branches from `roots`: every schema that applies to the value, and whether some schema has
/// branches of which none was taken.
fn applying(outline: &Outline, roots: &[usize], value: &Value) -> (Vec<usize>, bool) {
    let mut numbers: Vec<usize> = Vec::new();
    let mut ready: Vec<usize> = roots.to_vec();
    let (mut branched, mut taken) = (false, false);
    while let Some(number) = ready.pop() {
        if numbers.contains(&number) {
            continue;
        }
        numbers.push(number);
        let Some(shape) = outline.shapes.get(number) else { continue };
        ready.extend(&shape.also);
        for branch in &shape.branches {
            branched = true;
            let way = if branch.test.is_valid(value) { branch.then } else { branch.otherwise };
            taken |= way.is_some();
            ready.extend(way);
        }
    }
    (numbers, branched && !taken)
}

#[cfg(test)]
mod tests {
    use super::walk;
    use crate::check::outline::compile;
    use crate::check::schemas::Schemas;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    fn marked(schema: Value, body: &Value) -> Vec<String> {
        let leaf = json!({"type": ["string", "object"], "x-unique": "run", "properties": {"self": {"$ref": "#"}}});
        let files = BTreeMap::from([("a/widget.json".to_owned(), schema), ("leaf.json".to_owned(), leaf)]);
        let outline = compile(&Schemas::new(&files).unwrap()).unwrap();
        let mut seen = Vec::new();
        walk(&outline, "a/widget.json", body, |sight| {
            if sight.shapes.iter().any(|shape| shape.marks.unique) {
                seen.push(sight.pointer());
            }
            true
        });
        seen
    }

    #[test]
    fn annotations_are_found_through_references_branches_items_and_recursion() {
        let schema = json!({
            "properties": {
                "list": {"type": "array", "items": {"$ref": "../leaf.json"}},
                "own": {"anyOf": [{"type": "null"}, {"$ref": "../leaf.json"}]},
                "free": {"type": "string"}
            },
            "allOf": [{
                "if": {"properties": {"kind": {"const": "x"}}, "required": ["kind"]},
                "then": {"properties": {"one": {"$ref": "../leaf.json"}}},
                "else": {"properties": {"other": {"$ref": "../leaf.json"}}}
            }]
        });
        let body =
            json!({"list": ["p", "q", {"self": "r"}], "own": "t", "free": "u", "one": "v", "other": "w", "kind": "x"});
        assert_eq!(marked(schema.clone(), &body), ["/list/0", "/list/1", "/list/2", "/list/2/self", "/own", "/one"]);
        assert_eq!(marked(schema, &json!({"one": "v", "other": "w", "own": null})), ["/other"]);
    }

    #[test]
    fn schemas_that_refer_to_each_other_end() {
        assert!(marked(json!({"allOf": [{"$ref": "#"}, {"$ref": "#/allOf/0"}]}), &json!({"a": 1})).is_empty());
    }
}
