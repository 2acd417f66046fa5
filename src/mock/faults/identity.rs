//! The wrong thing, the same thing twice, a thing that changes, and times that run backwards.

use super::{Asked, Class, Deed, Fault};
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS, TASKS};
use crate::mock::call::Call;
use crate::mock::estate::Estate;
use crate::mock::field::Put::Json;
use crate::mock::rewrite;
use serde_json::Value;

/// The family.
pub const ALL: &[Fault] = &[
    fault(
        "meaning/neighbour",
        "Who asks for a role gets the next one",
        At::ANYWHERE.under("/roles/"),
        Deed::Misread(neighbour),
    ),
    fault(
        "meaning/upper-case-id",
        "The id of a document comes back in capitals",
        DOCUMENTS.under("/entitlements/"),
        Deed::Alter(|_, answer| change(answer, "id", str::to_ascii_uppercase)),
    ),
    fault(
        "meaning/type-of-another",
        "A role says that it is an access profile",
        DOCUMENTS.under("/roles/"),
        Deed::Put("/_type", Json(r#""accessprofile""#)),
    ),
    fault(
        "meaning/type-identity",
        "An account says that it is an identity",
        DOCUMENTS.under("/accounts/"),
        Deed::Put("/_type", Json(r#""identity""#)),
    ),
    fault(
        "meaning/changing-name",
        "A document has another name each time",
        DOCUMENTS.under("/accessprofiles/"),
        Deed::Alter(rename),
    ),
    fault(
        "meaning/changing-role",
        "A role has another name each time",
        DOCUMENTS.under("/roles/"),
        Deed::Alter(rename),
    ),
    fault(
        "meaning/same-task",
        "Each aggregation is the same task",
        TASKS,
        Deed::Put("/task/id", Json(r#""2c91808a7f5d1e52017f5e1b2f6a0c11""#)),
    ),
    fault(
        "meaning/task-per-source",
        "Each aggregation of a source is the same task",
        TASKS,
        Deed::Alter(|_, answer| {
            if let Some(source) = answer.body.pointer("/task/attributes/appId").cloned()
                && let Some(id) = answer.body.pointer_mut("/task/id")
            {
                *id = source;
            }
        }),
    ),
    fault(
        "meaning/launched-before-created",
        "A task is launched before it is created",
        TASKS,
        Deed::Put("/task/launched", Json(r#""2001-01-01T00:00:00Z""#)),
    ),
    fault(
        "meaning/completed-before-launched",
        "A task ends before it is launched",
        TASKS,
        Deed::Put("/task/completed", Json(r#""2001-01-01T00:00:00Z""#)),
    ),
    fault(
        "meaning/modified-before-created",
        "A role is changed before it is created",
        DOCUMENTS.under("/roles/"),
        Deed::Put("/modified", Json(r#""2001-01-01T00:00:00Z""#)),
    ),
    fault(
        "meaning/one-neighbour",
        "Who asks for one of the events gets another one",
        At::ANYWHERE.under("/events/9b7f6fb2-cbda-4348-a180-cfdb13980474"),
        Deed::Misread(neighbour),
    ),
    fault(
        "meaning/id-padded",
        "The id of an entitlement comes back with a blank behind it",
        DOCUMENTS.under("/entitlements/"),
        Deed::Alter(|_, answer| change(answer, "id", |id| format!("{id} "))),
    ),
    fault(
        "meaning/type-role",
        "An identity says that it is a role",
        DOCUMENTS.under("/identities/"),
        Deed::Put("/_type", Json(r#""role""#)),
    ),
];

const fn fault(id: &'static str, title: &'static str, at: At, deed: Deed) -> Fault {
    Fault { id, report: None, class: Class::Meaning, title, at, deed }
}

/// Takes the id of a document for that of the next one in its index.
fn neighbour(estate: &Estate, call: &mut Call) {
    let (index, id) = (call.parameter("index").unwrap_or_default(), call.parameter("id").unwrap_or_default());
    let Some(index) = estate.documents.index(&index) else { return };
    let mut ids = index.documents.iter().map(|(id, _)| id).cycle();
    if index.document(&id).is_some()
        && ids.any(|known| *known == id)
        && let Some(next) = ids.next()
    {
        rewrite::put_parameter(call, "id", next);
    }
}

fn rename(asked: Asked<'_>, answer: &mut Answer) {
    change(answer, "name", |name| format!("{name} {}", asked.id));
}

fn change(answer: &mut Answer, name: &str, to: impl FnOnce(&str) -> String) {
    if let Some(Value::String(text)) = answer.body.get_mut(name) {
        *text = to(text);
    }
}
