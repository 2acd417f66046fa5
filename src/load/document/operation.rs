//! Reads the operations of the contract document.

use super::{answer, parameter, request};
use crate::contract::{Operation, Parameter};
use crate::load::json::Node;
use crate::load::nearest;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const READING: [&str; 4] = ["get", "options", "head", "trace"];

/// Reads every operation, in the order of the document.
pub fn read(root: &Node<'_>, schemas: &BTreeMap<String, Value>) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    let paths = root.need("paths", "the operations stand there").map(|paths| paths.entries()).unwrap_or_default();
    for (template, path) in &paths {
        for (method, node) in path.entries().iter().filter(|(key, _)| METHODS.contains(key)) {
            let Some(operation) = one(template, path, method, node, schemas) else { continue };
            if operations.iter().any(|known| known.id == operation.id) {
                node.problem(format!("the operation `{}` stands there twice", operation.id), "give it another id");
            }
            operations.push(operation);
        }
    }
    if operations.is_empty() && !paths.is_empty() || root.value.get("paths").is_some() && paths.is_empty() {
        root.problem("the document has no operation", "give a path a method with an `operationId`");
    }
    operations
}

fn one(
    template: &str,
    path: &Node<'_>,
    method: &str,
    node: &Node<'_>,
    schemas: &BTreeMap<String, Value>,
) -> Option<Operation> {
    let id = node.need_text("operationId", "it is the name of the operation and of its folder of cases");
    let mut parameters = parameter::read(path, node, schemas);
    fits(path, template, &parameters);
    let versions = versions(node, &parameters);
    let default_version = default_version(node, &versions);
    let order = parameter::names(versions.get(&default_version).map_or(template, String::as_str));
    parameters.sort_by_key(|parameter| order.iter().position(|name| *name == parameter.name));
    let answers = answer::read(node, &parameters, schemas);
    Some(Operation {
        id: folder_name(node, id?)?,
        method: method.to_ascii_uppercase(),
        versions,
        default_version,
        parameters,
        bodies: node.get("requestBody").map(|body| request::bodies(&body)).unwrap_or_default(),
        writes: writes(method, node),
        answers,
    })
}

fn folder_name(node: &Node<'_>, id: &str) -> Option<String> {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    if id.chars().all(plain) && !id.starts_with('.') {
        return Some(id.to_owned());
    }
    node.problem(format!("`{id}` cannot be the name of a folder"), "use letters, digits and `-`");
    None
}

/// Checks that the names in a path template are just the parameters.
fn fits(node: &Node<'_>, template: &str, parameters: &[Parameter]) {
    if !template.starts_with('/') {
        node.problem(format!("the path `{template}` does not begin with `/`"), format!("write `/{template}`"));
    }
    let names = parameter::names(template);
    let known = || parameters.iter().map(|parameter| parameter.name.as_str());
    for name in names.iter().filter(|name| !known().any(|known| known == **name)) {
        let what = format!("`{{{name}}}` of the path `{template}` is no path parameter");
        node.problem(what, nearest::advice(name, known()));
    }
    for name in known().filter(|name| !names.contains(name)) {
        let what = format!("the path `{template}` has no place for the path parameter `{name}`");
        node.problem(what, format!("put `{{{name}}}` into it"));
    }
    if names.len() > names.iter().collect::<BTreeSet<_>>().len() {
        node.problem(format!("the path `{template}` names a parameter twice"), "name each once");
    }
}

fn versions(node: &Node<'_>, parameters: &[Parameter]) -> BTreeMap<String, String> {
    let advice = "it gives a path template for each version of the API";
    let Some(versions) = node.need("x-versions", advice) else { return BTreeMap::new() };
    if versions.value.as_object().is_some_and(serde_json::Map::is_empty) {
        versions.problem("no version is listed", advice);
    }
    let template = |(version, node): (&str, Node<'_>)| {
        let template = node.as_text()?;
        fits(&node, template, parameters);
        Some((version.to_owned(), template.to_owned()))
    };
    versions.entries().into_iter().filter_map(template).collect()
}

fn default_version(node: &Node<'_>, versions: &BTreeMap<String, String>) -> String {
    let advice = "it names the version that is used unless the user names another";
    let Some(version) = node.need_text("x-default-version", advice) else { return String::new() };
    if !versions.is_empty() && !versions.contains_key(version) {
        let what = format!("`x-default-version` is `{version}`, which `x-versions` does not list");
        node.problem(what, nearest::advice(version, versions.keys().map(String::as_str)));
    }
    version.to_owned()
}

/// Whether the operation changes the tenant: said for every method that may.
fn writes(method: &str, node: &Node<'_>) -> bool {
    let told = node.flag("x-writes");
    if told.is_none() && !READING.contains(&method) && node.value.get("x-writes").is_none() {
        node.problem("missing key `x-writes`", "say whether a request that is carried out changes the tenant");
    }
    told.unwrap_or(!READING.contains(&method))
}
