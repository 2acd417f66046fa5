//! Values that conform to a schema: the one nearest to what came, or a plain one.

use crate::check::format;
use crate::check::schemas::{Located, Schemas};
use crate::check::show;
use serde_json::{Map, Value};

const DEEPEST: usize = 16;
const LONGEST: u64 = 1_000;

/// A value of the schema's type: what came in another spelling where that is possible, else a plain one.
pub fn nearest(schemas: &Schemas, located: &Located<'_>, received: &Value) -> Value {
    respelled(located.schema, received).unwrap_or_else(|| plain(schemas, located, 0))
}

/// A plain value that conforms, built from what the schema owes.
pub fn plain(schemas: &Schemas, located: &Located<'_>, depth: usize) -> Value {
    let schema = located.schema;
    let below = |pointer: &str| {
        let schema = schema.pointer(pointer)?;
        Some(Located { schema, file: located.file, pointer: format!("{}{pointer}", located.pointer) })
    };
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(given) = given(schema) {
        return given;
    }
    if let Some(found) = text(schema, "$ref").and_then(|reference| schemas.find(located.file, reference)) {
        return plain(schemas, &found, depth + 1);
    }
    match types(schema).first().copied() {
        Some("boolean") => Value::Bool(false),
        Some("integer" | "number") => number(schema),
        Some("string") => Value::String(string(schema)),
        Some("null") => Value::Null,
        Some("array") => {
            let count = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0).min(LONGEST);
            let item = below("/items").map_or(Value::Null, |items| plain(schemas, &items, depth + 1));
            (0..count).map(|_| item.clone()).collect()
        }
        Some("object") => {
            let mut members = Map::new();
            for name in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
            {
                let member = below(&show::step("/properties", name));
                let value = member.map_or_else(|| Value::String("text".into()), |it| plain(schemas, &it, depth + 1));
                members.insert(name.to_owned(), value);
            }
            Value::Object(members)
        }
        _ => {
            let first = ["/allOf/0", "/anyOf/0", "/oneOf/0"].iter().find_map(|pointer| below(pointer));
            first.map_or_else(|| Value::String("text".into()), |first| plain(schemas, &first, depth + 1))
        }
    }
}

/// What the schema itself gives: a constant, an example, the first value that is not null.
fn given(schema: &Value) -> Option<Value> {
    let first = |name: &str| schema.get(name)?.as_array()?.iter().find(|value| !value.is_null()).cloned();
    let branch = || schema.get("x-branch-value").cloned();
    let constant = || schema.get("const").cloned();
    constant()
        .or_else(|| first("examples"))
        .or_else(branch)
        .or_else(|| first("enum"))
        .or_else(|| first("x-extensible-enum"))
}

fn types(schema: &Value) -> Vec<&str> {
    let named: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ if schema.get("properties").is_some() => vec!["object"],
        _ => Vec::new(),
    };
    let (null, mut real): (Vec<&str>, Vec<&str>) = named.into_iter().partition(|name| *name == "null");
    real.extend(null);
    real
}

fn text<'a>(schema: &'a Value, name: &str) -> Option<&'a str> {
    schema.get(name).and_then(Value::as_str)
}

fn number(schema: &Value) -> Value {
    let above = schema.get("minimum").filter(|limit| limit.as_f64().is_some_and(|limit| limit > 0.0));
    let below = schema.get("maximum").filter(|limit| limit.as_f64().is_some_and(|limit| limit < 0.0));
    above.or(below).cloned().unwrap_or_else(|| Value::from(0))
}

fn string(schema: &Value) -> String {
    let name = text(schema, "format");
    let plain = format::ALL.iter().find(|format| Some(format.name) == name).map_or("text", |format| format.plain);
    let least = schema.get("minLength").and_then(Value::as_u64).unwrap_or(0).min(LONGEST);
    let short = usize::try_from(least).unwrap_or(0).saturating_sub(plain.len());
    let most = schema.get("maxLength").and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
    format!("{plain}{}", "x".repeat(short)).chars().take(most.unwrap_or(usize::MAX)).collect()
}

/// What came, in the spelling that the schema wants.
fn respelled(schema: &Value, received: &Value) -> Option<Value> {
    if let Some(listed) = schema.get("enum").and_then(Value::as_array) {
        let text = received.as_str()?;
        return listed
            .iter()
            .find(|value| value.as_str().is_some_and(|known| known.eq_ignore_ascii_case(text)))
            .cloned();
    }
    let wanted = types(schema);
    let plain = schema.get("format").is_none() && schema.get("pattern").is_none();
    match received {
        Value::String(text) if wanted.contains(&"boolean") => {
            text.to_ascii_lowercase().parse::<bool>().ok().map(Value::from)
        }
        Value::String(text) if wanted.contains(&"integer") => text.parse::<i64>().ok().map(Value::from),
        Value::String(text) if wanted.contains(&"number") => text.parse::<f64>().ok().map(Value::from),
        Value::Number(number) if wanted.contains(&"string") && plain => Some(number.to_string().into()),
        Value::Bool(bool) if wanted.contains(&"string") && plain => Some(bool.to_string().into()),
        Value::Array(items) => items.first().filter(|item| wanted.contains(&show::type_of(item))).cloned(),
        _ => None,
    }
}
