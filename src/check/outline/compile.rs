//! Reads every schema of the contract into an outline, and refuses what no rule understands.

use super::annotation;
use super::shape::{Branch, Outline, Shape};
use crate::check::error::CheckError;
use crate::check::schemas::{Located, Schemas};
use crate::check::show;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// Keywords whose value is a schema.
const ONE: [&str; 11] = [
    "items",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "contentSchema",
];
/// Keywords whose value is a list of schemas.
const MANY: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords whose value holds schemas by name.
const NAMED: [&str; 4] = ["properties", "patternProperties", "$defs", "dependentSchemas"];
/// Keywords that say which other properties may stand there.
const OPENING: [&str; 3] = ["additionalProperties", "patternProperties", "unevaluatedProperties"];

/// Reads every schema file, whether an answer leads to it or not.
pub fn compile(schemas: &Schemas) -> Result<Outline, CheckError> {
    let mut builder = Builder { schemas, outline: Outline::default(), known: BTreeMap::new(), ready: Vec::new() };
    for located in schemas.files() {
        let file = located.file.to_owned();
        let number = builder.number(located);
        builder.outline.files.insert(file, number);
    }
    while let Some((number, located)) = builder.ready.pop() {
        let shape = builder.shape(&located)?;
        if let Some(place) = builder.outline.shapes.get_mut(number) {
            *place = shape;
        }
    }
    Ok(builder.outline)
}

struct Builder<'a> {
    schemas: &'a Schemas,
    outline: Outline,
    known: BTreeMap<String, usize>,
    ready: Vec<(usize, Located<'a>)>,
}

impl<'a> Builder<'a> {
    /// The number of a schema; one that is met for the first time is read later.
    fn number(&mut self, located: Located<'a>) -> usize {
        let place = format!("{}#{}", located.file, located.pointer);
        if let Some(number) = self.known.get(&place) {
            return *number;
        }
        let number = self.outline.shapes.len();
        self.outline.shapes.push(Shape::default());
        self.known.insert(place, number);
        self.ready.push((number, located));
        number
    }

    fn shape(&mut self, located: &Located<'a>) -> Result<Shape, CheckError> {
        let marks = annotation::read(located)?;
        let place = format!("{}#{}", located.file, located.pointer);
        let Some(schema) = located.schema.as_object() else { return Ok(Shape { place, ..Shape::default() }) };
        check_id(located, schema)?;
        self.meet_all(located, schema);
        let mut also: Vec<usize> = self.list(located, "allOf");
        also.extend(self.reference(located, schema)?);
        Ok(Shape {
            place,
            values: values(schema),
            marks,
            properties: self.properties(located, schema),
            items: self.below(located, "items"),
            also,
            branches: self.branches(located, schema)?,
            open: OPENING.iter().any(|keyword| schema.get(*keyword).is_some_and(|value| value != &Value::Bool(false))),
        })
    }

    /// Numbers every schema below, so that each is read and its annotations are checked.
    fn meet_all(&mut self, located: &Located<'a>, schema: &'a Map<String, Value>) {
        for keyword in ONE {
            self.below(located, keyword);
        }
        for keyword in MANY {
            self.list(located, keyword);
        }
        for keyword in NAMED {
            let names = schema.get(keyword).and_then(Value::as_object).into_iter().flat_map(Map::keys);
            let at = show::step("", keyword);
            for name in names {
                self.at(located, &show::step(&at, name));
            }
        }
    }

    fn properties(&mut self, located: &Located<'a>, schema: &'a Map<String, Value>) -> HashMap<String, usize> {
        let names = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
        names.filter_map(|name| Some((name.clone(), self.at(located, &show::step("/properties", name))?))).collect()
    }

    fn reference(&mut self, located: &Located<'a>, schema: &Map<String, Value>) -> Result<Option<usize>, CheckError> {
        let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { return Ok(None) };
        let found = self.schemas.find(located.file, reference).ok_or_else(|| CheckError::Reference {
            file: located.file.into(),
            pointer: located.pointer.clone(),
            reference: reference.into(),
        })?;
        Ok(Some(self.number(found)))
    }

    fn branches(&mut self, located: &Located<'a>, schema: &Map<String, Value>) -> Result<Vec<Branch>, CheckError> {
        let mut branches = Vec::new();
        if schema.contains_key("if") {
            let test = self.schemas.compile(located.file, &show::step(&located.pointer, "if"))?;
            branches.push(Branch { test, then: self.below(located, "then"), otherwise: self.below(located, "else") });
        }
        for keyword in ["anyOf", "oneOf"] {
            for (index, number) in self.list(located, keyword).into_iter().enumerate() {
                let pointer = format!("{}/{keyword}/{index}", located.pointer);
                let test = self.schemas.compile(located.file, &pointer)?;
                branches.push(Branch { test, then: Some(number), otherwise: None });
            }
        }
        Ok(branches)
    }

    fn below(&mut self, located: &Located<'a>, keyword: &str) -> Option<usize> {
        self.at(located, &show::step("", keyword))
    }

    fn list(&mut self, located: &Located<'a>, keyword: &str) -> Vec<usize> {
        let count = located.schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        (0..count).filter_map(|index| self.at(located, &format!("/{keyword}/{index}"))).collect()
    }

    fn at(&mut self, located: &Located<'a>, below: &str) -> Option<usize> {
        let schema = located.schema.pointer(below)?;
        let pointer = format!("{}{below}", located.pointer);
        Some(self.number(Located { schema, file: located.file, pointer }))
    }
}

/// The values that a schema lists, without null.
fn values(schema: &Map<String, Value>) -> Vec<Value> {
    let lists = ["enum", annotation::LISTED].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array());
    lists.flatten().filter(|value| !value.is_null()).cloned().collect()
}

fn check_id(located: &Located<'_>, schema: &Map<String, Value>) -> Result<(), CheckError> {
    match schema.get("$id") {
        Some(id) if !located.pointer.is_empty() => Err(CheckError::Identifier {
            file: located.file.into(),
            pointer: located.pointer.clone(),
            id: id.as_str().unwrap_or_default().into(),
        }),
        _ => Ok(()),
    }
}
