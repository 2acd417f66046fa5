//! Reads the known disagreements (`errata.toml`).

use crate::contract::{Contract, Erratum, ErratumKind};
use crate::load::nearest;
use crate::load::problem::Problems;
use crate::load::source::File;
use crate::load::table::{Phrase, Reader, Section};
use crate::load::text::Text;

const TYPES: [&str; 9] = ["integer", "number", "string", "array", "object", "boolean", "null", "absent", "any"];
const KINDS: [(&str, ErratumKind); 2] = [("recorded", ErratumKind::Recorded), ("page", ErratumKind::Page)];

/// Reads the errata, in the order of the file.
pub fn read(file: &File, contract: &Contract, problems: &Problems) -> Vec<Erratum> {
    let text = match Text::decode(&file.path, &file.bytes) {
        Ok(text) => text,
        Err(problem) => {
            problems.push(*problem);
            return Vec::new();
        }
    };
    let reader = Reader::new(&text, problems);
    let Some(table) = reader.table() else { return Vec::new() };
    let root = Section::root(reader, &table);
    let mut errata: Vec<Erratum> = Vec::new();
    for section in root.sections("erratum") {
        let id = section.need_words("id", "reports name the erratum by it");
        if let Some(id) = id.as_ref().filter(|id| errata.iter().any(|known| known.id == id.text)) {
            reader.problem(id.token.clone(), format!("the erratum `{}` stands there twice", id.text), "rename one");
        }
        errata.extend(one(section, id, contract));
    }
    root.close();
    errata
}

fn one(section: Section<'_>, id: Option<Phrase>, contract: &Contract) -> Option<Erratum> {
    let kind = kind(&section);
    let operation = operation(&section, contract);
    let status = status(&section, operation.as_deref(), contract);
    let pointers = pointers(&section);
    let seen_type = word(&section, "seen-type", &TYPES);
    let rule = section.text("rule").map(|rule| rule.text);
    let branch = branch(&section, contract);
    let page = section.need_words("page", "it is what the page's table says");
    let seen = section.need_words("seen", "it is what was seen");
    let reader = section.reader;
    section.close();
    let id = id?;
    Some(Erratum {
        place: reader.place(&id),
        id: id.text,
        kind: kind?,
        operation,
        status: status?,
        pointers,
        seen_type: seen_type?,
        rule,
        branch,
        page: page?.text,
        seen: seen?.text,
    })
}

fn kind(section: &Section<'_>) -> Option<ErratumKind> {
    let word = word(section, "kind", &KINDS.map(|(word, _)| word))?;
    KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
}

/// A text that must be one of several.
fn word(section: &Section<'_>, key: &'static str, known: &[&str]) -> Option<String> {
    let advice = format!("it is one of {}", nearest::listed(known));
    let phrase = section.need_text(key, &advice)?;
    if known.contains(&phrase.text.as_str()) {
        return Some(phrase.text);
    }
    let what = format!("`{}` is no `{key}`", phrase.text);
    section.reader.problem(phrase.token, what, nearest::advice(&phrase.text, known.iter().copied()));
    None
}

fn operation(section: &Section<'_>, contract: &Contract) -> Option<String> {
    let phrase = section.text("operation")?;
    if contract.operation(&phrase.text).is_none() && !contract.operations.is_empty() {
        let known = contract.operations.iter().map(|operation| operation.id.as_str());
        let what = format!("the contract has no operation `{}`", phrase.text);
        section.reader.problem(phrase.token, what, nearest::advice(&phrase.text, known));
    }
    Some(phrase.text)
}

/// The schema file of a branch.
fn branch(section: &Section<'_>, contract: &Contract) -> Option<String> {
    let phrase = section.text("branch")?;
    if !contract.schemas.contains_key(&phrase.text) {
        let what = format!("there is no schema file `{}`", phrase.text);
        let known = contract.schemas.keys().map(String::as_str);
        section.reader.problem(phrase.token, what, nearest::advice(&phrase.text, known));
    }
    Some(phrase.text)
}

fn status(section: &Section<'_>, operation: Option<&str>, contract: &Contract) -> Option<u16> {
    let entry = section.need("status", "it is the status whose body the erratum is about")?;
    let status = entry.status(&section.reader)?;
    let mut asked = contract.operations.iter().filter(|known| operation.is_none_or(|id| known.id == id)).peekable();
    if asked.peek().is_some() && !asked.any(|operation| operation.answer(status).is_some()) {
        section.reader.problem(entry.span, format!("the contract does not list the status {status}"), "list it there");
    }
    Some(status)
}

fn pointers(section: &Section<'_>) -> Vec<String> {
    let advice = "list JSON pointers into the body, such as `[\"/thing/*/id\"]`";
    let Some(items) = section.need_items("pointers", advice) else { return Vec::new() };
    let pointers: Vec<Phrase> = items.iter().filter_map(|item| item.text(&section.reader)).collect();
    for pointer in pointers.iter().filter(|pointer| !pointer.text.is_empty() && !pointer.text.starts_with('/')) {
        section.reader.problem(pointer.token.clone(), format!("`{}` is no JSON pointer", pointer.text), advice);
    }
    pointers.into_iter().map(|pointer| pointer.text).collect()
}
