//! Reads the path parameters of an operation and the values that a page lists for them.

use super::names::{DOCUMENT, resolve};
use crate::contract::Parameter;
use crate::load::json::Node;
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads the path parameters of an operation: its own, and those of its path that it does not replace.
pub fn read(path: &Node<'_>, operation: &Node<'_>, schemas: &BTreeMap<String, Value>) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for list in [operation, path].into_iter().filter_map(|node| node.get("parameters")) {
        for node in list.items() {
            let name = node.need_text("name", "every parameter has a name");
            if let Some(name) = name.filter(|_| node.text("in") == Some("path"))
                && !parameters.iter().any(|known| known.name == name)
            {
                parameters.push(Parameter { name: name.to_owned(), listed: listed(&node, schemas) });
            }
        }
    }
    parameters
}

/// The values that the schema of a parameter lists.
pub fn listed(parameter: &Node<'_>, schemas: &BTreeMap<String, Value>) -> Option<Vec<String>> {
    let schema = parameter.get("schema")?;
    if let Some(file) = schema.file_ref() {
        let values = schemas.get(&resolve(DOCUMENT, file)?)?.get("enum")?.as_array()?;
        return Some(values.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect());
    }
    let list = schema.get("enum")?;
    if list.value.as_array().is_some_and(Vec::is_empty) {
        list.problem("no value is listed", "list the values, or leave `enum` out");
    }
    Some(list.texts())
}

/// The names in the braces of a path template, in their order.
pub fn names(template: &str) -> Vec<&str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}
