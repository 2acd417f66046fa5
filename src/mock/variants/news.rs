//! What the vendor may add without notice.

use super::Variant;
use crate::mock::at::{At, DOCUMENTS, TASKS};
use crate::mock::deed::Deed;
use crate::mock::field::Put::Json;
use serde_json::{Value, json};

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "news/properties",
        "Every object has a property more",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| grow(&mut answer.body)))],
    ),
    Variant::new(
        "news/types",
        "Every document is of a type that nobody knows yet",
        &[(DOCUMENTS, Deed::Put("/_type", Json(r#""workitem""#)))],
    ),
    Variant::new(
        "news/locale-origin",
        "The locale of every message was chosen in a new way",
        &[
            (At::ANYWHERE.status(400), Deed::Put("/messages/0/localeOrigin", Json(r#""TENANT""#))),
            (At::ANYWHERE.status(403), Deed::Put("/messages/0/localeOrigin", Json(r#""USER""#))),
            (At::ANYWHERE.status(404), Deed::Put("/messages/0/localeOrigin", Json(r#""TENANT""#))),
        ],
    ),
    Variant::new(
        "news/links",
        "Answers link to each other, and tell how they were made",
        &[
            (TASKS, Deed::Put("/_links", Json(r#"{ "self": { "href": "/task-status/1" } }"#))),
            (DOCUMENTS, Deed::Put("/_version", Json("7"))),
            (At::ANYWHERE.status(401), Deed::Put("/timestamp", Json("1767607200000"))),
            (At::ANYWHERE.status(429), Deed::Put("/code", Json(r#""TOO_MANY""#))),
        ],
    ),
];

/// Adds a property to every object of a body.
fn grow(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(grow);
            members.insert("x-added".to_owned(), json!({ "since": [2026, null, { "a": "b" }] }));
        }
        Value::Array(elements) => elements.iter_mut().for_each(grow),
        _ => {}
    }
}
