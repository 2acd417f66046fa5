//! What breaks no promise, and what a client should hear of all the same.

use super::{Class, Deed, Fault};
use crate::mock::at::{At, DOCUMENTS};
use crate::mock::field::Put::{self, Json};

/// The family.
pub const ALL: &[Fault] = &[
    put(
        "news/property",
        "A role has a property that the page does not name",
        DOCUMENTS.under("/roles/"),
        "/segments",
        Json(r#"["north"]"#),
    ),
    put("news/type", "A document is of a new type", DOCUMENTS.under("/events/"), "/_type", Json(r#""auditevent""#)),
    put(
        "news/locale-origin",
        "The locale of a message was chosen in a new way",
        At::ANYWHERE.status(404),
        "/messages/0/localeOrigin",
        Json(r#""TENANT""#),
    ),
];

const fn put(id: &'static str, title: &'static str, at: At, pointer: &'static str, put: Put) -> Fault {
    Fault { id, report: None, class: Class::News, title, at, deed: Deed::Put(pointer, put) }
}
