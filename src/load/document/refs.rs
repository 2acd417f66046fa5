//! Checks that every `$ref` of a document leads somewhere in the contract's folder.

use super::names::resolve;
use crate::load::json::Json;
use crate::load::nearest;
use crate::load::problem::{Problem, Problems};
use serde_json::Value;
use std::collections::BTreeMap;

/// Keys whose value is data, not schema.
const DATA: [&str; 5] = ["const", "enum", "example", "examples", "default"];
/// Keys whose value is an object with names of its own as keys.
const NAMED: [&str; 5] = ["properties", "patternProperties", "$defs", "dependentSchemas", "schemas"];

/// Checks every `$ref` of a document. `name` is its path below the folder.
pub fn check(name: &str, json: Json<'_>, schemas: &BTreeMap<String, Value>, problems: &Problems) {
    let walk = Walk { name, json, schemas, problems };
    walk.value(json.root, "", false);
}

struct Walk<'a> {
    name: &'a str,
    json: Json<'a>,
    schemas: &'a BTreeMap<String, Value>,
    problems: &'a Problems,
}

impl Walk<'_> {
    fn value(&self, value: &Value, pointer: &str, names: bool) {
        match value {
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.value(item, &format!("{pointer}/{at}"), false);
                }
            }
            Value::Object(object) => {
                for (key, value) in object {
                    let step = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                    match value {
                        Value::String(path) if key == "$ref" && !names => self.reference(path, &step),
                        _ if !names && DATA.contains(&key.as_str()) => {}
                        _ => self.value(value, &step, !names && NAMED.contains(&key.as_str())),
                    }
                }
            }
            _ => {}
        }
    }

    fn reference(&self, reference: &str, pointer: &str) {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let Some(path) = resolve(self.name, file) else {
            let advice = "name a file below the contract's folder, relative to this one";
            return self.tell(pointer, format!("`{reference}` leads out of the contract's folder"), advice);
        };
        let target = if file.is_empty() { Some(self.json.root) } else { self.schemas.get(&path) };
        let Some(target) = target else {
            let advice = nearest::advice(&path, self.schemas.keys().map(String::as_str));
            return self.tell(pointer, format!("there is no schema file `{path}`"), &advice);
        };
        let places = fragment.is_empty() || fragment.starts_with('/');
        if places && target.pointer(fragment).is_none() {
            let what = format!("there is nothing at `{fragment}` in `{path}`");
            self.tell(pointer, what, "a `$ref` names a value that is there");
        }
    }

    fn tell(&self, pointer: &str, what: String, advice: &str) {
        self.problems.push(Problem::pointed(self.json.path, pointer, what, advice));
    }
}
