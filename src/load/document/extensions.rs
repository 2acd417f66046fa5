//! Finds the `x-` keys of the contract's JSON files.

use super::names::{DOCUMENT, EXTENSIONS};
use crate::contract::Extension;
use crate::load::json::read as value;
use crate::load::problem::{LoadError, Problems};
use crate::load::source::{File, Half, Source};
use serde_json::Value;
use std::path::Path;

/// Keys whose value is data, not schema.
const DATA: [&str; 5] = ["const", "enum", "example", "examples", "default"];
/// Keys whose value is an object with names of its own as keys.
const NAMED: [&str; 5] = ["properties", "patternProperties", "$defs", "dependentSchemas", "schemas"];

/// Finds every `x-` key of the contract document and the schema files, in the order of files and places.
pub fn extensions(source: &Source) -> Result<Vec<Extension>, LoadError> {
    let problems = Problems::default();
    let mut files = source.files(Half::Schemas, &problems);
    files.retain(|file| Path::new(&file.name).extension().is_some_and(|suffix| suffix == "json"));
    files.sort_by(|one, other| one.name.cmp(&other.name));
    let found = files.iter().filter_map(|file| Some(of(file, &value(file, &problems)?))).flatten().collect();
    problems.finish(found)
}

fn of(file: &File, root: &Value) -> Vec<Extension> {
    let mut found = Vec::new();
    let mut ready = vec![(String::new(), root, false)];
    while let Some((pointer, value, names)) = ready.pop() {
        let below = match value {
            Value::Array(items) => {
                items.iter().enumerate().map(|(at, item)| (format!("{pointer}/{at}"), item, false)).collect()
            }
            Value::Object(object) => object
                .iter()
                .filter_map(|(key, value)| {
                    let step = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                    if !names && key.starts_with("x-") {
                        found.push(extension(file, &step, key));
                        return None;
                    }
                    let data = !names && DATA.contains(&key.as_str());
                    (!data).then(|| (step, value, !names && NAMED.contains(&key.as_str())))
                })
                .collect(),
            _ => Vec::new(),
        };
        ready.extend(below.into_iter().rev());
    }
    found
}

fn extension(file: &File, pointer: &str, name: &str) -> Extension {
    let known = (file.name == DOCUMENT).then_some(EXTENSIONS.as_slice());
    Extension { path: file.path.clone(), pointer: pointer.to_owned(), name: name.to_owned(), known }
}
