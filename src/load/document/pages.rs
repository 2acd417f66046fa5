//! Reads the documentation pages, with the JSON examples that stand in them (`pages/index.toml` names both).

use super::names::PAGES;
use crate::contract::{Contract, Example, Operation, Page, Sentence};
use crate::load::nearest;
use crate::load::problem::{LoadError, Problem, Problems};
use crate::load::source::{File, Half, Source};
use crate::load::table::{Entry, Reader, Section};
use crate::load::text::Text;
use serde_json::Value;
use std::collections::BTreeMap;

const INDEX: &str = "index.toml";

/// Reads every page that the index names. A contract may have none.
pub fn pages(source: &Source, contract: &Contract) -> Result<Vec<Page>, LoadError> {
    let problems = Problems::default();
    let mut files = source.files(Half::Schemas, &problems);
    files.retain(|file| file.name.starts_with(PAGES));
    let index = files.iter().find(|file| below(file) == INDEX);
    let pages = index.map_or_else(Vec::new, |index| Shelf { files: &files, contract, problems: &problems }.read(index));
    problems.finish(pages)
}

fn below(file: &File) -> &str {
    file.name.strip_prefix(PAGES).unwrap_or(&file.name)
}

struct Shelf<'a> {
    files: &'a [File],
    contract: &'a Contract,
    problems: &'a Problems,
}

impl Shelf<'_> {
    fn read(&self, index: &File) -> Vec<Page> {
        let Some(text) = self.decode(index) else { return Vec::new() };
        let reader = Reader::new(&text, self.problems);
        let Some(table) = reader.table() else { return Vec::new() };
        let root = Section::root(reader, &table);
        let pages = root.sections("page").into_iter().filter_map(|section| self.page(section)).collect();
        root.close();
        pages
    }

    fn decode(&self, file: &File) -> Option<Text> {
        Text::decode(&file.path, &file.bytes).map_err(|problem| self.problems.push(*problem)).ok()
    }

    fn page(&self, section: Section<'_>) -> Option<Page> {
        let text = self.text(&section);
        let operation = self.operation(&section);
        let sentences = section.items("sentences").unwrap_or_default();
        let sentences = sentences.iter().filter_map(|item| sentence(item, &section.reader)).collect();
        let told = section.sections("example");
        let (reader, span) = (section.reader, section.span.clone());
        section.close();
        let (text, operation) = (text?, operation?);
        let stand = examples(&text, self.problems);
        if stand.len() != told.len() {
            let what = format!("{} has {} JSON examples, but {} are named here", text.path, stand.len(), told.len());
            reader.problem(span, what, "name each of them, in the order of the page");
        }
        let examples = stand.iter().zip(told);
        let examples = examples.filter_map(|(stand, told)| example(stand, told, operation)).collect();
        Some(Page { operation: operation.id.clone(), path: text.path, text: text.content, examples, sentences })
    }

    fn text(&self, section: &Section<'_>) -> Option<Text> {
        let phrase = section.need_words("text", "name the file of the page, beside this one")?;
        let Some(file) = self.files.iter().find(|file| below(file) == phrase.text) else {
            let advice = nearest::advice(&phrase.text, self.files.iter().map(below).filter(|name| *name != INDEX));
            section.reader.problem(phrase.token, format!("there is no page `{}`", phrase.text), advice);
            return None;
        };
        self.decode(file)
    }

    fn operation(&self, section: &Section<'_>) -> Option<&Operation> {
        let phrase = section.need_words("operation", "name the operation that the page tells of")?;
        let found = self.contract.operation(&phrase.text);
        if found.is_none() {
            let known = self.contract.operations.iter().map(|operation| operation.id.as_str());
            let what = format!("the contract has no operation `{}`", phrase.text);
            section.reader.problem(phrase.token, what, nearest::advice(&phrase.text, known));
        }
        found
    }
}

fn sentence<'a>(item: &Entry<'a>, reader: &Reader<'a>) -> Option<Sentence> {
    let phrase = item.raw_text(reader)?;
    Some(Sentence { place: reader.place(&phrase), text: phrase.text })
}

/// Finds the JSON examples: each begins with a line that is an opening brace.
fn examples(text: &Text, problems: &Problems) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut at = 0;
    for line in text.content.split_inclusive('\n') {
        let inside = found.last().is_some_and(|last| at < last.at + last.length);
        if !inside && line.trim_end() == "{" {
            match measure(text.content.get(at..).unwrap_or_default()) {
                Ok(length) => found.push(Example { at, length, ..Example::default() }),
                Err(error) => {
                    let what = format!("the example that begins here is no JSON: {error}");
                    problems.push(Problem::at(text.place(at..at + 1), what, "write it as the page shows it"));
                }
            }
        }
        at += line.len();
    }
    found
}

/// How many bytes the JSON value at the beginning of a text has.
fn measure(text: &str) -> Result<usize, serde_json::Error> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    values.next().transpose()?;
    Ok(values.byte_offset())
}

fn example(stand: &Example, section: Section<'_>, operation: &Operation) -> Option<Example> {
    let name = section.need_words("name", "it is the name of the example's tab on the page");
    let status = status(&section, operation);
    let parameters = section.section("path").map_or_else(BTreeMap::new, |path| parameters(&path, operation));
    section.close();
    Some(Example { name: name?.text, status: status?, parameters, at: stand.at, length: stand.length })
}

fn status(section: &Section<'_>, operation: &Operation) -> Option<u16> {
    let entry = section.need("status", "it is the status whose body the example shows")?;
    let status = entry.status(&section.reader)?;
    if operation.answer(status).is_none() {
        section.reader.problem(entry.span, format!("the operation does not list the status {status}"), "list it there");
    }
    Some(status)
}

fn parameters(section: &Section<'_>, operation: &Operation) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::new();
    for entry in section.entries() {
        let Some(value) = entry.raw_text(&section.reader) else { continue };
        let known = operation.parameters.iter().find(|parameter| parameter.name == entry.key);
        if known.is_none() {
            let names = operation.parameters.iter().map(|parameter| parameter.name.as_str());
            let what = format!("the path has no parameter `{}`", entry.key);
            section.reader.problem(entry.key_span.clone(), what, nearest::advice(entry.key, names));
        }
        let listed = known.and_then(|parameter| parameter.listed.as_ref());
        if let Some(listed) = listed.filter(|listed| !listed.contains(&value.text)) {
            let what = format!("`{}` is none of the listed values", value.text);
            let advice = nearest::advice(&value.text, listed.iter().map(String::as_str));
            section.reader.problem(value.token.clone(), what, advice);
        }
        parameters.insert(entry.key.to_owned(), value.text);
    }
    parameters
}
