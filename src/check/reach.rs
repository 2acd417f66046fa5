//! Finds the rules that nothing in a contract lets judge anything.

use super::catalogue;
use super::error::CheckError;
use super::rule::{Class, Reach, Rule};
use super::schemas::{Located, Schemas};
use crate::contract::{Answer, Case, Contract, Operation, Piece};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Keys whose value is data, not schema.
const DATA: [&str; 5] = ["const", "enum", "example", "examples", "default"];
/// Keys whose value holds schemas by name.
const NAMED: [&str; 4] = ["properties", "patternProperties", "$defs", "dependentSchemas"];
const FORMAT: &str = "format";
const TOO_MANY_REQUESTS: u16 = 429;

/// The rules that nothing in the contract and its cases lets judge anything, each with what is missing.
pub fn unreached(contract: &Contract, cases: &[Case]) -> Result<Vec<(&'static Rule, String)>, CheckError> {
    let map = Map::new(contract, cases)?;
    let missing = |rule: &&'static Rule| map.missing(rule).map(|missing| (*rule, missing));
    Ok(catalogue::ALL.iter().filter_map(missing).collect())
}

struct Map<'a> {
    answers: Vec<&'a Answer>,
    named: BTreeSet<&'a str>,
    nonce: bool,
    reading: bool,
    limited: bool,
    /// The annotations, and the formats, that a body of each schema file may meet.
    words: BTreeMap<&'a str, BTreeSet<String>>,
}

impl<'a> Map<'a> {
    fn new(contract: &'a Contract, cases: &'a [Case]) -> Result<Self, CheckError> {
        let schemas = Schemas::new(&contract.schemas)?;
        let answers: Vec<&Answer> = contract.operations.iter().flat_map(|operation| &operation.answers).collect();
        let files: BTreeSet<&str> = answers.iter().flat_map(|answer| answer.schemas()).collect();
        let words = files.into_iter().map(|file| (file, words(&schemas, file))).collect();
        let limited = |operation: &Operation| !operation.writes && operation.answer(TOO_MANY_REQUESTS).is_some();
        let headers = cases.iter().flat_map(|case| &case.request.headers);
        Ok(Self {
            answers,
            named: cases.iter().map(|case| case.expect.rule.as_str()).collect(),
            nonce: headers.into_iter().any(|(_, value)| value.0.contains(&Piece::Nonce)),
            reading: contract.operations.iter().any(|operation| !operation.writes),
            limited: contract.operations.iter().any(limited),
            words,
        })
    }

    /// What a rule lacks, if it lacks something.
    fn missing(&self, rule: &Rule) -> Option<String> {
        let (reached, missing) = match rule.reach {
            Reach::Any => return None,
            Reach::Case => (self.named.contains(rule.id), "no case names it".to_owned()),
            Reach::Nonce => (self.nonce, "no case carries a nonce in a header".to_owned()),
            Reach::Reading => (self.reading, "every operation changes the tenant".to_owned()),
            Reach::Limit => (self.limited, "no operation that changes nothing lists 429".to_owned()),
            Reach::Body => (!self.words.is_empty(), "no answer has a schema".to_owned()),
            Reach::Kinds => (self.kinds() > 1, "all error statuses have the same kind of body".to_owned()),
            Reach::Header(None) => (self.promises(|_| true), "no status promises a header".to_owned()),
            Reach::Header(Some(name)) => {
                (self.promises(|header| header.eq_ignore_ascii_case(name)), format!("no status promises `{name}`"))
            }
            Reach::Mark(name, class) => (self.meets(name, class), format!("no body of {} has `{name}`", of(class))),
            Reach::Format(name) => {
                (self.meets(&format!("{FORMAT} {name}"), Class::Any), format!("no body has the format `{name}`"))
            }
        };
        (!reached).then_some(missing)
    }

    fn kinds(&self) -> usize {
        let errors = self.answers.iter().filter(|answer| Class::Error.holds(answer.status));
        errors.flat_map(|answer| answer.schemas()).collect::<BTreeSet<_>>().len()
    }

    fn promises(&self, header: impl Fn(&str) -> bool) -> bool {
        self.answers.iter().flat_map(|answer| &answer.headers).any(|name| header(name))
    }

    fn meets(&self, word: &str, class: Class) -> bool {
        let files = self.answers.iter().filter(|answer| class.holds(answer.status)).flat_map(|answer| answer.schemas());
        files.filter_map(|file| self.words.get(file)).any(|words| words.contains(word))
    }
}

fn of(class: Class) -> &'static str {
    match class {
        Class::Any => "an answer",
        Class::Success => "an answer of the success class",
        Class::Error => "an error",
    }
}

/// The annotations, and the formats, that a body of a schema file may meet.
fn words(schemas: &Schemas, file: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut met = BTreeSet::new();
    let mut ready: Vec<Located<'_>> = schemas.at(file, "").into_iter().collect();
    while let Some(Located { schema, file, pointer }) = ready.pop() {
        if met.insert(format!("{file}#{pointer}")) {
            let leads = read(schema, &mut words);
            ready.extend(leads.into_iter().filter_map(|reference| schemas.find(file, reference)));
        }
    }
    words
}

/// Takes the words of one schema and of all that stand in it; gives the references.
fn read<'a>(schema: &'a Value, words: &mut BTreeSet<String>) -> Vec<&'a str> {
    let mut references = Vec::new();
    let mut below = vec![schema];
    while let Some(value) = below.pop() {
        below.extend(value.as_array().into_iter().flatten());
        for (key, value) in value.as_object().into_iter().flatten() {
            match (key.as_str(), value) {
                ("$ref", Value::String(reference)) => references.push(reference.as_str()),
                (FORMAT, Value::String(name)) => drop(words.insert(format!("{FORMAT} {name}"))),
                (key, Value::Object(names)) if NAMED.contains(&key) => below.extend(names.values()),
                (key, _) if key.starts_with("x-") => drop(words.insert(key.to_owned())),
                (key, value) if !DATA.contains(&key) => below.push(value),
                _ => {}
            }
        }
    }
    references
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::check::schemas::Schemas;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[test]
    fn words_are_found_through_references_and_circles_but_not_in_data() {
        let root = json!({
            "properties": {"default": {"$ref": "leaf.json#/items"}, "self": {"$ref": "#"}},
            "const": {"x-equals": "path.id"}
        });
        let leaf = json!({"x-unique": "run", "items": {"type": "string", "format": "date-time", "x-not-before": "/a"}});
        let files = BTreeMap::from([("root.json".to_owned(), root), ("leaf.json".to_owned(), leaf)]);
        let found = words(&Schemas::new(&files).unwrap(), "root.json");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["format date-time", "x-not-before"]);
    }
}
