//! What nobody is owed is left out, null or empty.

use super::Variant;
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS};
use crate::mock::deed::{Asked, Deed};
use crate::mock::field::Put;
use crate::mock::rewrite;
use serde_json::{Map, Value};

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "absent/left-out",
        "Every property that is not owed is left out",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| each(answer, |_| None)))],
    ),
    Variant::new(
        "absent/null",
        "Every property that is not owed is null",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| each(answer, |_| Some(Value::Null))))],
    ),
    Variant::new(
        "absent/deep-null",
        "Every property that is not owed is null, two levels down",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| each(answer, |value| Some(hollow(value)))))],
    ),
    Variant::new(
        "absent/empty",
        "Every list and every map is empty",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| each(answer, |value| Some(emptied(value)))))],
    ),
    Variant::new("absent/type", "No document tells its type", &[(DOCUMENTS, Deed::Put("/_type", Put::Gone))]),
    Variant::new(
        "absent/indexes",
        "Two of the listed indexes are not offered",
        &[(
            At::ANYWHERE,
            Deed::Misread(|_, call| {
                if matches!(call.parameter("index").as_deref(), Some("accounts" | "aggregations")) {
                    rewrite::put_parameter(call, "index", "removed");
                }
            }),
        )],
    )
    .without(&["accounts", "aggregations"]),
    Variant::new(
        "absent/without-causes",
        "No error tells its causes",
        &[(At::ANYWHERE, Deed::Put("/causes", Put::Gone))],
    ),
    Variant::new("absent/task-alone", "A task is only its id", &[(crate::mock::at::TASKS, Deed::Alter(task_alone))]),
];

/// What an answer without them would be worthless.
const OWED: [&str; 9] = ["success", "task", "id", "name", "detailCode", "trackingId", "messages", "error", "message"];

/// Changes every property that is not owed: at the top of an answer, in its task, and in the entries of its lists.
fn each(answer: &mut Answer, change: fn(&Value) -> Option<Value>) {
    if answer.status.is_client_error() {
        for list in ["messages", "causes"] {
            for entry in answer.body.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                change_members(entry, &["text"], change);
            }
        }
    }
    if let Some(task) = answer.body.get_mut("task") {
        change_members(task, &["id"], change);
    }
    change_members(&mut answer.body, &OWED, change);
}

fn change_members(value: &mut Value, owed: &[&str], change: fn(&Value) -> Option<Value>) {
    let Some(members) = value.as_object_mut() else { return };
    let changed = std::mem::take(members).into_iter();
    *members = changed
        .filter_map(
            |(name, value)| if owed.contains(&&*name) { Some((name, value)) } else { Some((name, change(&value)?)) },
        )
        .collect();
}

/// Null, but for the first two levels of what has any. The type of an entry chooses what the entry is, so it stays.
fn hollow(value: &Value) -> Value {
    let nothing = |members: &Map<String, Value>| {
        let pairs = members.iter();
        pairs.map(|(name, value)| (name.clone(), if name == "type" { value.clone() } else { Value::Null })).collect()
    };
    match value {
        Value::Object(members) => Value::Object(nothing(members)),
        Value::Array(elements) => elements.iter().map(hollow).collect(),
        other => other.clone(),
    }
}

fn emptied(value: &Value) -> Value {
    match value {
        Value::Object(_) => Value::Object(Map::new()),
        Value::Array(_) => Value::Array(Vec::new()),
        other => other.clone(),
    }
}

fn task_alone(_: Asked<'_>, answer: &mut Answer) {
    if let Some(task) = answer.body.get_mut("task") {
        change_members(task, &["id"], |_| None);
    }
}
