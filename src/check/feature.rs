//! What the schemas of a contract have that a body may show, and what of it a run showed.

use super::judge::Judge;
use super::ledger::Ledger;
use super::outline::{Outline, Shape};
use super::schemas::Schemas;
use super::seen::{self, MOST, Trait};
use super::show;
use serde_json::Value;
use std::collections::BTreeMap;

/// Schemas that refer to each other are followed no deeper.
const DEEPEST: usize = 12;

/// One thing that a body of a schema file may show.
#[derive(Debug, Clone)]
pub struct Feature {
    /// What kind of thing it is.
    pub kind: Trait,
    /// Which one: its place in a body, `*` for any index, and the branch; or the place of a list, and the value.
    pub item: String,
    /// The words of the page for it, where the schema has them.
    pub words: Vec<String>,
    /// The listed values, sorted, where it lists some.
    pub listed: Option<Vec<String>>,
    /// Whether a body showed it.
    pub seen: bool,
}

impl Judge {
    /// What bodies of a schema file may show, and what those of an operation did.
    pub fn features(&self, operation: &str, file: &str, ledger: &Ledger) -> Vec<Feature> {
        let mut survey = Survey { outline: self.outline(), schemas: self.schemas(), features: BTreeMap::new() };
        if let Some(root) = survey.outline.files.get(file) {
            survey.enter("", &[*root], &mut Vec::new());
        }
        let marks = ledger.seen().of(operation, file);
        let seen = |mark: &(Trait, String)| marks.is_some_and(|marks| marks.has(mark));
        let told = |(mark, feature): ((Trait, String), Feature)| Feature { seen: seen(&mark), ..feature };
        survey.features.into_iter().map(told).collect()
    }

    /// Whether a body of a schema file came from an operation.
    pub fn saw_body(&self, operation: &str, file: &str, ledger: &Ledger) -> bool {
        ledger.seen().of(operation, file).is_some()
    }
}

struct Survey<'a> {
    outline: &'a Outline,
    schemas: &'a Schemas,
    features: BTreeMap<(Trait, String), Feature>,
}

impl Survey<'_> {
    /// Takes down what a value may show to which the schemas of these numbers apply.
    fn enter(&mut self, pattern: &str, roots: &[usize], above: &mut Vec<usize>) {
        let numbers: Vec<usize> = self.applying(roots).into_iter().filter(|number| !above.contains(number)).collect();
        if pattern.matches('/').count() > DEEPEST || self.features.len() >= MOST {
            return;
        }
        let mut below: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let outline = self.outline;
        for shape in numbers.iter().filter_map(|number| outline.shapes.get(*number)) {
            self.shape(pattern, shape);
            for (name, number) in &shape.properties {
                below.entry(show::step(pattern, name)).or_default().push(*number);
            }
            below.entry(format!("{pattern}/*")).or_default().extend(shape.items);
        }
        let known = above.len();
        above.extend(numbers);
        for (pattern, roots) in below.into_iter().filter(|(_, roots)| !roots.is_empty()) {
            self.enter(&pattern, &roots, above);
        }
        above.truncate(known);
    }

    fn shape(&mut self, pattern: &str, shape: &Shape) {
        let (file, pointer) = shape.place.split_once('#').unwrap_or_default();
        let schema = self.schemas.at(file, pointer).map(|located| located.schema);
        let words = schema.and_then(|schema| schema.get("description")?.as_str()).map(ToOwned::to_owned);
        let own = (Trait::Property, pattern.to_owned());
        let listed = (!shape.values.is_empty()).then(|| texts(&shape.values));
        self.note(own, pattern.to_owned(), words, listed);
        // Where the branch has a value of its own, another one is no news but wrong.
        let own = |value: &&Value| shape.marks.branch_value.as_deref().is_none_or(|own| value.as_str() == Some(own));
        for value in shape.values.iter().filter(own) {
            let item = seen::value(&shape.place, value);
            self.note((Trait::Value, item.clone()), item, None, None);
        }
        if seen::leads(&shape.place) {
            let told = format!("{pattern} {}", self.condition(file, pointer));
            self.note((Trait::Branch, seen::branch(pattern, &shape.place)), told.trim().to_owned(), None, None);
        }
    }

    fn note(&mut self, mark: (Trait, String), item: String, words: Option<String>, listed: Option<Vec<String>>) {
        let fresh = Feature { kind: mark.0, item, words: Vec::new(), listed: None, seen: false };
        let feature = self.features.entry(mark).or_insert(fresh);
        feature.words.extend(words);
        feature.listed = feature.listed.take().or(listed);
    }

    /// What a branch asks for, in a few words: the first value that its test names.
    fn condition(&self, file: &str, pointer: &str) -> String {
        let holder = pointer.rsplit_once('/').map_or("", |(holder, _)| holder);
        let test = self.schemas.at(file, &format!("{holder}/if")).map(|located| located.schema);
        let named = test.and_then(named).map_or_else(|| format!("{file}#{pointer}"), |value| format!("if {value}"));
        if pointer.ends_with("/else") { format!("not {named}") } else { named }
    }

    /// The schemas that may apply to the same value.
    fn applying(&self, roots: &[usize]) -> Vec<usize> {
        let (mut numbers, mut ready) = (Vec::new(), roots.to_vec());
        while let Some(number) = ready.pop() {
            if numbers.contains(&number) {
                continue;
            }
            numbers.push(number);
            let Some(shape) = self.outline.shapes.get(number) else { continue };
            ready.extend(&shape.also);
            ready.extend(shape.branches.iter().flat_map(|branch| [branch.then, branch.otherwise]).flatten());
        }
        numbers
    }
}

/// The first value that a test names.
fn named(test: &Value) -> Option<String> {
    let mut ready = vec![test];
    while let Some(value) = ready.pop() {
        if let Some(value) = value.get("const") {
            return Some(value.to_string());
        }
        ready.extend(value.as_object().into_iter().flat_map(|members| members.values()));
        ready.extend(value.as_array().into_iter().flatten());
    }
    None
}

fn texts(values: &[Value]) -> Vec<String> {
    let mut texts: Vec<String> = values.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    texts.sort_unstable();
    texts
}
