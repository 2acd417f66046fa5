//! Reads what a case sends.

use super::body;
use super::scope::Scope;
use crate::contract::{CALLERS, Operation, Parameter, Request, Template};
use crate::load::nearest;
use crate::load::table::{Phrase, Section};
use crate::load::template::{self, plain};
use std::collections::BTreeMap;

/// The headers that are added to a request unless it has or omits them.
const ADDED: [&str; 4] = ["host", "user-agent", "content-length", "content-type"];
/// The word for no caller at all.
const NONE: &str = "none";

/// Reads `[request]`.
pub fn read(root: &Section<'_>, operation: &Operation, scope: Scope<'_>) -> Request {
    let Some(section) = root.need_section("request", "it says what is sent") else { return Request::default() };
    let request = Request {
        caller: caller(&section),
        method: method(&section),
        path: path(&section, &operation.parameters, scope),
        query: section.text("query").map(|query| template(&section, &query, scope)),
        headers: section.texts("headers").iter().filter_map(|line| header(&section, line, scope)).collect(),
        body: body::read(&section, scope),
        omit: section.texts("omit").iter().filter_map(|name| omitted(&section, name)).collect(),
    };
    section.close();
    request
}

fn template(section: &Section<'_>, phrase: &Phrase, scope: Scope<'_>) -> Template {
    template::read(phrase, &section.reader, &scope.contract.world)
}

fn caller(section: &Section<'_>) -> Option<String> {
    let full = || Some("full".to_owned());
    let Some(phrase) = section.text("caller") else { return full() };
    let word = phrase.text.as_str();
    let known = || CALLERS.into_iter().chain([NONE]);
    if known().all(|caller| caller != word) {
        section.reader.problem(phrase.token, format!("there is no caller `{word}`"), nearest::advice(word, known()));
        return full();
    }
    (word != NONE).then(|| word.to_owned())
}

fn method(section: &Section<'_>) -> Option<String> {
    let phrase = section.text("method")?;
    let word = plain(&phrase, &section.reader);
    if word.is_empty() || word.contains(|character: char| character.is_whitespace() || character.is_control()) {
        section.reader.problem(phrase.token, format!("`{}` is no method", word.escape_debug()), "write one word");
    }
    Some(word)
}

/// Reads the path parameters: just those of the operation.
fn path(section: &Section<'_>, parameters: &[Parameter], scope: Scope<'_>) -> BTreeMap<String, Template> {
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let advice = format!("give a value for each path parameter: {}", nearest::listed(&names));
    let inner = if names.is_empty() { section.section("path") } else { section.need_section("path", &advice) };
    let Some(inner) = inner else { return BTreeMap::new() };
    let mut values = BTreeMap::new();
    let mut meant = Vec::new();
    for entry in inner.entries() {
        meant.push(entry.key);
        if !names.contains(&entry.key) {
            let what = format!("the operation has no path parameter `{}`", entry.key);
            inner.reader.problem(entry.key_span.clone(), what, nearest::advice(entry.key, names.iter().copied()));
            meant.extend(nearest::nearest(entry.key, names.iter().copied()));
        }
        if let Some(phrase) = entry.text(&inner.reader) {
            values.insert(entry.key.to_owned(), template(section, &phrase, scope));
        }
    }
    for name in names.iter().filter(|name| !meant.contains(*name)) {
        inner.reader.problem(inner.span.clone(), format!("the path parameter `{name}` has no value"), advice.clone());
    }
    values
}

/// A header that nobody adds; only those that somebody would.
fn omitted(section: &Section<'_>, name: &Phrase) -> Option<String> {
    if ADDED.contains(&name.text.as_str()) {
        return Some(name.text.clone());
    }
    let what = format!("nobody adds a header `{}`", name.text.escape_debug());
    section.reader.problem(name.token.clone(), what, nearest::advice(&name.text, ADDED));
    None
}

/// Cuts a header line: the value is what stands behind the colon and one blank.
fn header(section: &Section<'_>, line: &Phrase, scope: Scope<'_>) -> Option<(String, Template)> {
    let Some(colon) = line.text.find(':').filter(|colon| *colon > 0) else {
        let what = format!("`{}` is no header line", line.text.escape_debug());
        section.reader.problem(line.token.clone(), what, "write it like `Accept: application/json`");
        return None;
    };
    let name = plain(&line.cut(0..colon), &section.reader);
    let rest = line.text.get(colon + 1..).unwrap_or_default();
    let start = colon + 1 + usize::from(rest.starts_with(' '));
    let value = line.cut(start..line.text.len());
    Some((name, template(section, &value, scope)))
}
