//! Builds bodies from the contract's schemas, by arbitrary choices and without the judge's help, and breaks them.

use crate::stage::{STAGE, answer, deep, exchange};
use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tenantcheck::check::Ledger;
use tenantcheck::contract::{Answer, Case, Expect, Operation};
use tenantcheck::exchange::{Outcome, Probe};
use tenantcheck::verdict::Finding;

const ID: &str = "2c9180a74482f4a86b1052ee88769f62";
const TIME: &str = "2020-09-07T12:14:00.364Z";
const TEXTS: [&str; 6] = ["", "a text", "\u{202e}\u{1f331}", "<script>", "null", "2020-09-07"];
/// Schemas do not lie deeper in each other.
const DEPTH: usize = 12;

/// A body under way: the places that were filled, by pointer, each with the type that its schema names.
struct Builder<'a, 'b> {
    choices: &'a mut Unstructured<'b>,
    status: u16,
    places: Vec<(String, String)>,
}

/// Builds a body for an answer that the contract lists: it must be held; with one field broken it must not.
pub fn hold(bytes: &[u8]) {
    let mut choices = Unstructured::new(bytes);
    let Ok(Some((operation, promise, parameters, file))) = draw(&mut choices) else { return };
    let mut builder = Builder { choices: &mut choices, status: promise.status, places: Vec::new() };
    let Ok(body) = builder.build(&file, &STAGE.contract.schemas[&file], String::new(), 0) else { return };
    let places = builder.places;
    let judged = |body: &Value| failing(operation, promise, &parameters, body);
    let findings = judged(&body);
    assert!(findings.is_empty(), "a body built from {file} is not held: {findings:#?}\n{body:#}");
    let Ok(place) = choices.choose_index(places.len()) else { return };
    let (pointer, kind) = &places[place];
    let broken = broken(&body, pointer, kind);
    let findings = judged(&broken);
    let named = findings.iter().any(|finding| finding.pointer.as_deref() == Some(pointer.as_str()));
    assert!(named, "{file}: no finding names {pointer}, which should be {kind}: {findings:#?}\n{broken:#}");
}

type Drawn = (&'static Operation, &'static Answer, BTreeMap<String, String>, String);

fn draw(choices: &mut Unstructured<'_>) -> Result<Option<Drawn>> {
    let operations = &STAGE.contract.operations;
    let operation = &operations[usize::from(choices.arbitrary::<u8>()?) % operations.len()];
    let promise = &operation.answers[usize::from(choices.arbitrary::<u8>()?) % operation.answers.len()];
    let mut parameters = BTreeMap::new();
    for parameter in &operation.parameters {
        let place = usize::from(choices.arbitrary::<u8>()?);
        let listed = parameter.listed.as_ref().map(|listed| listed[place % listed.len()].clone());
        parameters.insert(parameter.name.clone(), listed.unwrap_or_else(|| ID.to_owned()));
    }
    // A server error is broken whatever its body is.
    let file = promise.schema(&parameters).filter(|_| promise.status < 500).map(ToOwned::to_owned);
    Ok(file.map(|file| (operation, promise, parameters, file)))
}

fn failing(
    operation: &Operation,
    promise: &Answer,
    parameters: &BTreeMap<String, String>,
    body: &Value,
) -> Vec<Finding> {
    let expect = Expect { statuses: vec![promise.status], rule: "answer.expected-status".into(), ..Expect::default() };
    let id = format!("{}/built/body", operation.id);
    let case = Case { family: id.clone(), id, operation: operation.id.clone(), expect, ..Case::default() };
    let probe = Probe {
        operation: operation.id.clone(),
        method: operation.method.clone(),
        parameters: parameters.clone(),
        target: "/".into(),
        ..Probe::default()
    };
    let mut headers = vec![("content-type".to_owned(), promise.media_types[0].clone().into_bytes())];
    headers.extend(promise.headers.iter().map(|name| (name.clone(), b"1".to_vec())));
    let outcome = Outcome::Answered(answer(promise.status, headers, body.to_string().into_bytes()));
    let exchange = exchange(probe, outcome);
    let judgement = deep(|| STAGE.judge.judge(&case, &exchange, &mut Ledger::default()));
    assert_eq!(judgement.undecided, None);
    judgement.findings.into_iter().filter(|finding| finding.failing).collect()
}

impl Builder<'_, '_> {
    fn build(&mut self, file: &str, schema: &Value, pointer: String, depth: usize) -> Result<Value> {
        if let Some(reference) = schema["$ref"].as_str() {
            let (file, schema) = found(file, reference);
            return self.build(&file, schema, pointer, depth + 1);
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        let nullable = types.contains(&"null") || types.is_empty();
        if nullable && (depth > DEPTH || self.choices.ratio(1_u8, 6)?) {
            return Ok(Value::Null);
        }
        let Some(kind) = types.iter().find(|kind| **kind != "null") else { return Ok(json!({ "any": [1, "thing"] })) };
        self.places.push((pointer.clone(), (*kind).to_owned()));
        match *kind {
            "object" => self.object(file, schema, &pointer, depth),
            "array" => {
                let length = if depth > DEPTH { 0 } else { self.choices.int_in_range(0..=3)? };
                (0..length).map(|at| self.build(file, &schema["items"], format!("{pointer}/{at}"), depth + 1)).collect()
            }
            "boolean" => self.choices.arbitrary::<bool>().map(Value::from),
            "integer" => self.choices.int_in_range(0..=9_i64).map(Value::from),
            "number" => self.choices.int_in_range(0..=9_i32).map(|number| Value::from(f64::from(number) + 0.5)),
            _ => self.text(schema, &pointer),
        }
    }

    fn object(&mut self, file: &str, schema: &Value, pointer: &str, depth: usize) -> Result<Value> {
        let mut object = Map::new();
        self.members(&mut object, file, schema, pointer, depth)?;
        for branch in schema["allOf"].as_array().into_iter().flatten() {
            let holds = branch["if"]["properties"].as_object().into_iter().flatten();
            let holds = holds.into_iter().all(|(name, wanted)| object.get(name) == wanted.get("const"));
            if holds {
                let then = &branch["then"];
                match then["$ref"].as_str().map(|reference| found(file, reference)) {
                    Some((file, schema)) => self.members(&mut object, &file, schema, pointer, depth)?,
                    None => self.members(&mut object, file, then, pointer, depth)?,
                }
            }
        }
        if self.choices.ratio(1_u8, 8)? {
            object.insert("news of the tenant".into(), json!({ "deep": [null, { "er": 1e3 }] }));
        }
        Ok(object.into())
    }

    fn members(
        &mut self,
        object: &mut Map<String, Value>,
        file: &str,
        schema: &Value,
        pointer: &str,
        depth: usize,
    ) -> Result<()> {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            let wanted = required.contains(&name.as_str()) || (depth < DEPTH && self.choices.ratio(2_u8, 3)?);
            if wanted && !object.contains_key(name) {
                let value = self.build(file, schema, format!("{pointer}/{name}"), depth + 1)?;
                object.insert(name.clone(), value);
            }
        }
        Ok(())
    }

    fn text(&mut self, schema: &Value, pointer: &str) -> Result<Value> {
        let listed: Vec<&Value> =
            schema["enum"].as_array().into_iter().flatten().filter(|value| value.is_string()).collect();
        let open: Vec<&Value> =
            schema["x-extensible-enum"].as_array().into_iter().flatten().filter(|value| value.is_string()).collect();
        if schema["x-equals"] == "path.id" {
            return Ok(ID.into());
        }
        if schema["x-begins-with"] == "status" {
            return Ok(format!("{}.1 Something", self.status).into());
        }
        if !schema["x-branch-value"].is_null() {
            return Ok(schema["x-branch-value"].clone());
        }
        Ok(match schema["format"].as_str() {
            Some("date-time") => TIME.into(),
            Some("language-tag") => (*self.choices.choose(&["en-US", "und", "de", "zh-Hant-TW"])?).into(),
            Some(other) => panic!("{pointer}: no text is known of the format {other}"),
            None if !listed.is_empty() => (*self.choices.choose(&listed)?).clone(),
            None if !open.is_empty() => (*self.choices.choose(&open)?).clone(),
            None => (*self.choices.choose(&TEXTS)?).into(),
        })
    }
}

/// The file and the schema that a reference names.
fn found(file: &str, reference: &str) -> (String, &'static Value) {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let mut steps: Vec<&str> = file.split('/').collect();
    if !path.is_empty() {
        steps.pop();
        for step in path.split('/') {
            if step == ".." {
                steps.truncate(steps.len().saturating_sub(1));
            } else {
                steps.push(step);
            }
        }
    }
    let file = steps.join("/");
    let schema = STAGE.contract.schemas[&file].pointer(fragment).expect("a reference leads somewhere");
    (file, schema)
}

/// The body with something of another type at a place.
fn broken(body: &Value, pointer: &str, kind: &str) -> Value {
    let mut body = body.clone();
    let place = body.pointer_mut(pointer).expect("the place was filled");
    *place = if kind == "boolean" { "yes".into() } else { true.into() };
    body
}
