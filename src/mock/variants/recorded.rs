//! Bodies as tenants were recorded to send them.

use super::Variant;
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS, TASKS};
use crate::mock::deed::{Asked, Deed};
use crate::mock::field::Put::Json;
use serde_json::{Value, json};

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "recorded/task",
        "A task tells its times in milliseconds and has the id of an event",
        &[
            (TASKS, Deed::Put("/task/created", Json("1714574212775"))),
            (TASKS, Deed::Put("/task/launched", Json("1714574212775"))),
            (TASKS, Deed::Put("/task/attributes/eventId", Json("585"))),
        ],
    ),
    Variant::new(
        "recorded/documents",
        "Documents name their pod and org, and have no type, null tags and times without fractions",
        &[(DOCUMENTS, Deed::Alter(document))],
    ),
    Variant::new(
        "recorded/envelope",
        "Every error has a second message in no language, and an empty list of causes",
        &[(At::ANYWHERE, Deed::Alter(second_message))],
    ),
];

fn document(_: Asked<'_>, answer: &mut Answer) {
    let Some(members) = answer.body.as_object_mut() else { return };
    members.shift_remove("_type");
    for (name, value) in [("pod", json!("se01-useast1")), ("org", json!("halvorsen")), ("type", json!("document"))] {
        members.entry(name).or_insert(value);
    }
    members.insert("tags".to_owned(), Value::Null);
    for name in ["created", "modified", "synced"] {
        if let Some(Value::String(time)) = members.get_mut(name)
            && let Some((seconds, _)) = time.clone().split_once('.')
        {
            *time = format!("{seconds}Z");
        }
    }
}

fn second_message(_: Asked<'_>, answer: &mut Answer) {
    if let Some(messages) = answer.body.get_mut("messages").and_then(Value::as_array_mut) {
        messages.truncate(1);
        messages.push(json!({ "locale": "und", "localeOrigin": "REQUEST", "text": "Illegal value \"7\"." }));
        if let Some(members) = answer.body.as_object_mut() {
            members.insert("causes".to_owned(), json!([]));
        }
    }
}
