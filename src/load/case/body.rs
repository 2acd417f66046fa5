//! Reads the body of a request: a text, bytes, a form, or the parts of a multipart body.

use super::scope::Scope;
use crate::contract::{Body, Part, Template};
use crate::load::nearest;
use crate::load::table::{Phrase, Section};
use crate::load::template::{self, plain};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const FORM: &str = "application/x-www-form-urlencoded";

/// Reads `[request.body]` or `[[request.part]]`.
pub fn read(request: &Section<'_>, scope: Scope<'_>) -> Body {
    let section = request.section("body");
    let parts = request.sections("part");
    if let Some(section) = section.as_ref().filter(|_| !parts.is_empty()) {
        let advice = "a request has one body: keep `[request.body]` or the `[[request.part]]` tables";
        section.reader.problem(section.span.clone(), "the request has a body and parts", advice);
    }
    match section {
        Some(section) => raw(section, scope),
        None if parts.is_empty() => Body::None,
        None => Body::Multipart(parts.into_iter().map(|section| part(section, scope)).collect()),
    }
}

fn raw(section: Section<'_>, scope: Scope<'_>) -> Body {
    let advice = "write each part as a `[[request.part]]` table instead of `[request.body]`";
    for key in ["part", "parts"] {
        section.refuse(key, "parts are no key of the body", advice);
    }
    let bytes = content(&section, &["text", "base64", "form"], scope);
    let media_type = media_type(&section);
    section.close();
    Body::Raw { media_type, bytes }
}

fn part(section: Section<'_>, scope: Scope<'_>) -> Part {
    let text = |key: &'static str| section.text(key).map(|phrase| plain(&phrase, &section.reader));
    let name = section.need_text("name", "it is the name of the field");
    let part = Part {
        name: name.map(|name| plain(&name, &section.reader)).unwrap_or_default(),
        filename: text("filename"),
        media_type: text("type"),
        bytes: content(&section, &["text", "base64"], scope),
    };
    section.close();
    part
}

/// The Content-Type: given, left out on purpose, or that of a form.
fn media_type(section: &Section<'_>) -> Option<String> {
    let untyped = section.flag("untyped");
    let given = section.text("type");
    match (given, untyped) {
        (Some(phrase), true) => {
            section.reader.problem(phrase.token, "the body has a type and is untyped", "leave one of them out");
            None
        }
        (Some(phrase), false) => Some(plain(&phrase, &section.reader)),
        (None, true) => None,
        (None, false) if section.get("form").is_some() => Some(FORM.to_owned()),
        (None, false) => {
            let advice = "it is the Content-Type; write `untyped = true` to send none";
            section.reader.problem(section.span.clone(), "missing key `type`", advice);
            None
        }
    }
}

/// Reads just one of the keys that may hold the content.
fn content(section: &Section<'_>, keys: &[&'static str], scope: Scope<'_>) -> Template {
    let found: Vec<_> = keys.iter().filter_map(|key| Some((*key, section.get(key)?))).collect();
    let advice = format!("write just one of {}", nearest::listed(keys));
    if let [_, (_, second), ..] = found.as_slice() {
        section.reader.problem(second.key_span.clone(), "the content is given twice", advice);
    } else if found.is_empty() {
        section.reader.problem(section.span.clone(), "the content is missing", advice);
    }
    let Some((key, entry)) = found.into_iter().next() else { return Template::default() };
    match (key, entry.text(&section.reader)) {
        ("base64", Some(phrase)) => decoded(section, &phrase),
        (_, Some(phrase)) => template::read(&phrase, &section.reader, &scope.contract.world),
        (_, None) => Template::default(),
    }
}

/// Decodes base64; blanks and line ends in it are free.
fn decoded(section: &Section<'_>, phrase: &Phrase) -> Template {
    let compact: String = phrase.text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    match STANDARD.decode(compact) {
        Ok(bytes) if bytes.is_empty() => Template::default(),
        Ok(bytes) => Template::literal(bytes),
        Err(error) => {
            let what = format!("this is no base64: {error}");
            section.reader.problem(
                phrase.token.clone(),
                what,
                "encode it with the standard alphabet and `=` at its end",
            );
            Template::default()
        }
    }
}
