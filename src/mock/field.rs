//! Puts something else at a place of a body.

use serde_json::Value;

/// What is put there.
#[derive(Debug, Clone, Copy)]
pub enum Put {
    /// A JSON text.
    Json(&'static str),
    /// Nothing: the property is left out.
    Gone,
}

/// Puts it at a JSON pointer; where the place's parent does not exist, nothing changes.
pub fn put(body: &mut Value, pointer: &str, put: Put) {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    let name = name.replace("~1", "/").replace("~0", "~");
    match (body.pointer_mut(parent), put) {
        (Some(Value::Object(members)), Put::Json(text)) => {
            members.insert(name, value(text));
        }
        (Some(Value::Object(members)), Put::Gone) => {
            members.shift_remove(&name);
        }
        (Some(Value::Array(elements)), Put::Json(text)) => {
            if let Some(element) = name.parse::<usize>().ok().and_then(|place| elements.get_mut(place)) {
                *element = value(text);
            }
        }
        _ => {}
    }
}

/// Whether what is put is JSON.
#[cfg(test)]
pub fn is_json(put: Put) -> bool {
    match put {
        Put::Json(text) => serde_json::from_str::<Value>(text).is_ok(),
        Put::Gone => true,
    }
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Put, put};
    use serde_json::json;

    #[test]
    fn something_else_is_put_where_there_is_room_for_it() {
        for (pointer, what, wanted) in [
            ("/a", Put::Json("1"), json!({ "a": 1, "b": [{ "c": 3 }] })),
            ("/b", Put::Gone, json!({ "a": null })),
            ("/b/0/c", Put::Json("\"x\""), json!({ "a": null, "b": [{ "c": "x" }] })),
            ("/b/0", Put::Json("[]"), json!({ "a": null, "b": [[]] })),
            ("/new", Put::Json("{}"), json!({ "a": null, "b": [{ "c": 3 }], "new": {} })),
            ("/none/c", Put::Json("{}"), json!({ "a": null, "b": [{ "c": 3 }] })),
            ("/b/7", Put::Json("{}"), json!({ "a": null, "b": [{ "c": 3 }] })),
        ] {
            let mut body = json!({ "a": null, "b": [{ "c": 3 }] });
            put(&mut body, pointer, what);
            assert_eq!(body, wanted, "{pointer}");
        }
    }
}
