//! Reads what an operation may answer, a status each.

use super::media::media_types;
use super::names::{DOCUMENT, resolve};
use crate::contract::{Answer, AnswerBody, Parameter};
use crate::load::json::Node;
use crate::load::nearest;
use serde_json::Value;
use std::collections::BTreeMap;

type Schemas = BTreeMap<String, Value>;

/// Reads the answers of an operation, in the order of the document.
pub fn read(operation: &Node<'_>, parameters: &[Parameter], schemas: &Schemas) -> Vec<Answer> {
    let advice = "they say what each status promises";
    let Some(responses) = operation.need("responses", advice) else { return Vec::new() };
    let entries = responses.entries();
    if entries.is_empty() {
        responses.problem("no status is listed", advice);
    }
    entries.iter().filter_map(|(status, node)| one(status, node, parameters, schemas)).collect()
}

fn one(status: &str, node: &Node<'_>, parameters: &[Parameter], schemas: &Schemas) -> Option<Answer> {
    let clause = node.need_text("description", "it is the page's own words for this status");
    let code = Some(status).filter(|text| text.len() == 3).and_then(|text| text.parse().ok());
    let Some(code) = code.filter(|code| (100..600).contains(code)) else {
        node.problem(format!("`{status}` is no HTTP status"), "list each status by its number");
        return None;
    };
    let bodies = node.get("content").map(|content| content.entries()).unwrap_or_default();
    Some(Answer {
        status: code,
        clause: clause?.to_owned(),
        media_types: media_types(node),
        headers: headers(node),
        body: body(&bodies, parameters, schemas),
        example: bodies.iter().find_map(|(_, media)| media.get("example")).map(|node| node.value.clone()),
    })
}

/// The names of the headers that are promised: those that are required.
fn headers(node: &Node<'_>) -> Vec<String> {
    let headers = node.get("headers").map(|headers| headers.entries()).unwrap_or_default();
    let promised = headers.into_iter().filter(|(_, header)| header.flag("required") == Some(true));
    promised.map(|(name, _)| name.to_owned()).collect()
}

/// The body, which must be the same whatever its media type.
fn body(bodies: &[(&str, Node<'_>)], parameters: &[Parameter], schemas: &Schemas) -> AnswerBody {
    let mut first: Option<AnswerBody> = None;
    for (_, media) in bodies {
        let body = match media.get("x-branch") {
            Some(branch) => by_parameter(&branch, parameters, schemas),
            None => by_schema(media, schemas),
        };
        match &first {
            None => first = Some(body),
            Some(known) if format!("{known:?}") == format!("{body:?}") => {}
            Some(_) => media.problem("its schema is not that of the other media types", "one status, one schema"),
        }
    }
    first.unwrap_or_default()
}

fn by_schema(media: &Node<'_>, schemas: &Schemas) -> AnswerBody {
    let Some(schema) = media.get("schema") else { return AnswerBody::Any };
    let Some(file) = schema.file_ref() else {
        schema.problem("the schema stands in the document itself", "put it into a file and write `{\"$ref\": \"…\"}`");
        return AnswerBody::Any;
    };
    let path = resolve(DOCUMENT, file).filter(|path| schemas.contains_key(path));
    path.map_or(AnswerBody::Any, AnswerBody::One)
}

fn by_parameter(branch: &Node<'_>, parameters: &[Parameter], schemas: &Schemas) -> AnswerBody {
    for (key, node) in branch.entries().iter().filter(|(key, _)| !["parameter", "mapping"].contains(key)) {
        node.problem(format!("unknown key `{key}`"), nearest::advice(key, ["parameter", "mapping"]));
    }
    let name = branch.need_text("parameter", "it names the path parameter that decides").unwrap_or_default();
    let mapping = branch.need("mapping", "it gives a schema file for each listed value of the parameter");
    let mapping = mapping.map(|mapping| mapping.entries()).unwrap_or_default();
    match parameters.iter().find(|parameter| parameter.name == name) {
        Some(Parameter { listed: Some(listed), .. }) => covers(branch, &mapping, listed),
        Some(_) => branch.problem(format!("the path parameter `{name}` lists no values"), "give its schema an `enum`"),
        None if name.is_empty() => {}
        None => {
            let known = parameters.iter().map(|parameter| parameter.name.as_str());
            branch.problem(format!("there is no path parameter `{name}`"), nearest::advice(name, known));
        }
    }
    let schemas = mapping.iter().filter_map(|(value, node)| Some(((*value).to_owned(), file(node, schemas)?)));
    AnswerBody::ByParameter { parameter: name.to_owned(), schemas: schemas.collect() }
}

/// Checks that a mapping has just the listed values.
fn covers(branch: &Node<'_>, mapping: &[(&str, Node<'_>)], listed: &[String]) {
    for value in listed.iter().filter(|value| !mapping.iter().any(|(known, _)| known == value)) {
        branch.problem(format!("the mapping has no schema for the listed value `{value}`"), "add it");
    }
    for (value, node) in mapping.iter().filter(|(value, _)| !listed.iter().any(|known| known == value)) {
        let advice = nearest::advice(value, listed.iter().map(String::as_str));
        node.problem(format!("`{value}` is no listed value of the parameter"), advice);
    }
}

/// The schema file that a value of a mapping names.
fn file(node: &Node<'_>, schemas: &Schemas) -> Option<String> {
    let path = resolve(DOCUMENT, node.as_text()?)?;
    if !schemas.contains_key(&path) {
        let advice = nearest::advice(&path, schemas.keys().map(String::as_str));
        node.problem(format!("there is no schema file `{path}`"), advice);
        return None;
    }
    Some(path)
}
