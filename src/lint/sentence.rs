//! Holds the pages' words against what cites them: every promise is cited, and every clause is the page's own.

use super::Material;
use super::problem::Problem;
use super::prose::{listed, plain};
use crate::check::rules;
use crate::contract::{Case, Page, Sentence};
use serde_json::Value;
use std::collections::BTreeSet;

/// The keywords that list values.
const LISTS: [&str; 2] = ["enum", "x-extensible-enum"];

/// The sentences that nothing cites, and the clauses that stand on no page.
pub fn problems(material: Material<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let said = Said::new(material);
    for operation in &material.contract.operations {
        let own: Vec<&Page> = material.pages.iter().filter(|page| page.operation == operation.id).collect();
        let cases = material.cases.iter().filter(|case| case.operation == operation.id);
        if own.is_empty() {
            let advice = "put its page into `pages/` beside the schemas, and name it in `pages/index.toml`";
            problems.push(Problem::of(&format!("operation {}", operation.id), "no page tells of it", advice));
            continue;
        }
        problems.extend(own.iter().flat_map(|page| unsaid(page, &said)));
        problems.extend(foreign(&own, cases));
    }
    problems
}

/// What cites the pages.
struct Said {
    clauses: Vec<String>,
    lists: BTreeSet<Vec<String>>,
}

impl Said {
    fn new(material: Material<'_>) -> Self {
        let mut said = Self { clauses: Vec::new(), lists: BTreeSet::new() };
        said.clauses.extend(rules().iter().map(|rule| plain(rule.clause)));
        said.clauses.extend(material.cases.iter().map(|case| plain(&case.clause)));
        let answers = material.contract.operations.iter().flat_map(|operation| &operation.answers);
        said.clauses.extend(answers.map(|answer| plain(&answer.clause)));
        material.contract.schemas.values().for_each(|schema| said.schema(schema));
        said
    }

    fn schema(&mut self, schema: &Value) {
        let mut ready = vec![schema];
        while let Some(value) = ready.pop() {
            ready.extend(value.as_array().into_iter().flatten());
            for (key, value) in value.as_object().into_iter().flatten() {
                match value {
                    Value::String(words) if key == "description" => self.clauses.push(plain(words)),
                    Value::Array(values) if LISTS.contains(&key.as_str()) => drop(self.lists.insert(sorted(values))),
                    other => ready.push(other),
                }
            }
        }
    }

    fn cites(&self, sentence: &str) -> bool {
        self.clauses.iter().any(|clause| clause.contains(sentence))
            || listed(sentence).is_some_and(|values| self.lists.contains(&values))
    }
}

fn sorted(values: &[Value]) -> Vec<String> {
    let mut values: Vec<String> = values.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    values.sort_unstable();
    values
}

/// The promising sentences of a page that nothing cites, or that do not stand on it.
fn unsaid(page: &Page, said: &Said) -> Vec<Problem> {
    let words = plain(&page.text);
    let judge = |sentence: &Sentence| {
        let text = plain(&sentence.text);
        let (what, advice) = if text.is_empty() || !words.contains(&text) {
            (format!("these words do not stand in {}", page.path), "copy them from the page")
        } else if said.cites(&text) {
            return None;
        } else {
            let advice = "let a case or a rule cite it as its `clause`, or a schema as its `description`";
            ("nothing cites this sentence of the page".to_owned(), advice)
        };
        Some(Problem::at(sentence.place.clone(), what, advice))
    };
    page.sentences.iter().filter_map(judge).collect()
}

/// The cases whose clause stands on no page of their operation, each file once.
fn foreign<'a>(pages: &[&Page], cases: impl Iterator<Item = &'a Case>) -> Vec<Problem> {
    let words: Vec<String> = pages.iter().map(|page| plain(&page.text)).collect();
    let paths: Vec<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    let mut met = BTreeSet::new();
    let judge = |case: &Case| {
        let clause = plain(&case.clause);
        let own =
            words.iter().any(|words| words.contains(&clause)) || !met.insert((case.family.clone(), clause.clone()));
        let what = format!("the clause does not stand in {}: {clause}", paths.join(", "));
        (!own).then(|| Problem::at(case.place.clone(), what, "cite the page's own words, each line break as one blank"))
    };
    cases.filter_map(judge).collect()
}
