//! Reads the schema files as JSON. Compiles none of them.

use super::names::{BASE, DOCUMENT, ERRATA, PAGES};
use super::refs;
use crate::load::json::{Json, read as value};
use crate::load::problem::{Problem, Problems};
use crate::load::source::File;
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads every schema file, and checks what their `$id` and `$ref` name.
pub fn read(files: &[File], problems: &Problems) -> BTreeMap<String, Value> {
    let mut schemas = BTreeMap::new();
    let known = [DOCUMENT, ERRATA];
    let own = |file: &&File| !known.contains(&file.name.as_str()) && !file.name.starts_with(PAGES);
    for file in files.iter().filter(own) {
        if file.name.strip_suffix(".json").is_none() {
            let what = "this is no file of a contract";
            let advice =
                format!("the folder holds `{DOCUMENT}`, `{ERRATA}`, schemas that end in `.json`, and `{PAGES}`");
            problems.push(Problem::file(&file.path, what, advice));
        } else if let Some(schema) = value(file, problems) {
            schemas.insert(file.name.clone(), schema);
        }
    }
    for file in files {
        if let Some(root) = schemas.get(&file.name) {
            let json = Json { path: &file.path, root, problems };
            named(&file.name, json);
            refs::check(&file.name, json, &schemas, problems);
        }
    }
    schemas
}

fn named(name: &str, json: Json<'_>) {
    let root = json.node();
    if !json.root.is_object() && !json.root.is_boolean() {
        root.problem("this is no schema", "a schema is an object");
    }
    if let Some(id) = root.get("$id")
        && id.value.as_str() != Some(&format!("{BASE}{name}"))
    {
        id.problem("the `$id` is not the file's own", format!("write `{BASE}{name}`"));
    }
}
