//! Ids of other forms: they are opaque.

use super::Variant;
use crate::mock::answer::Answer;
use crate::mock::at::{At, TASKS};
use crate::mock::deed::{Asked, Deed};
use crate::mock::endpoint::Endpoint;
use crate::mock::rewrite;
use serde_json::Value;

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "tracking/capitals",
        "Tracking ids are written in capitals",
        &[(At::ANYWHERE, Deed::Alter(|_, answer| form(answer, "/trackingId", str::to_ascii_uppercase)))],
    ),
    Variant::new(
        "tracking/hyphens",
        "Tracking ids and the ids of tasks have hyphens",
        &[
            (At::ANYWHERE, Deed::Alter(|_, answer| form(answer, "/trackingId", hyphens))),
            (TASKS, Deed::Alter(|_, answer| form(answer, "/task/id", hyphens))),
        ],
    ),
    Variant::new(
        "tracking/short",
        "Tracking ids and the ids of tasks are short numbers, as texts",
        &[(At::ANYWHERE, Deed::Alter(numbered))],
    ),
    Variant::new(
        "tracking/any-case-id",
        "The letter case of a document id does not matter",
        &[(
            At::ANYWHERE.of(Endpoint::GetDocument),
            Deed::Misread(|_, call| {
                let id = call.parameter("id").unwrap_or_default();
                if id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                    rewrite::put_parameter(call, "id", &id.to_ascii_lowercase());
                }
            }),
        )],
    ),
];

fn form(answer: &mut Answer, pointer: &str, to: impl FnOnce(&str) -> String) {
    if let Some(Value::String(id)) = answer.body.pointer_mut(pointer) {
        *id = to(id);
    }
}

fn hyphens(id: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = id;
    for length in [8, 4, 4, 4] {
        let (part, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts.join("-")
}

fn numbered(asked: Asked<'_>, answer: &mut Answer) {
    for pointer in ["/trackingId", "/task/id"] {
        form(answer, pointer, |_| asked.count.to_string());
    }
}
