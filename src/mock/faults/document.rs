//! Properties of documents that are not as the page has them, at several depths, some in one document only.

use super::{Class, Deed, Fault};
use crate::mock::at::DOCUMENTS;
use crate::mock::field::Put::{self, Gone, Json};

/// The family.
pub const ALL: &[Fault] = &[
    put("document/no-id", "An access profile has no id", "/accessprofiles/", "/id", Gone),
    put("document/no-name", "A role has no name", "/roles/", "/name", Gone),
    put("document/name-null", "The name of an event is null", "/events/", "/name", Json("null")),
    put("document/name-number", "The name of an account is a number", "/accounts/", "/name", Json("4711")),
    put(
        "document/enabled-text",
        "Whether an access profile is enabled is a text",
        "/accessprofiles/",
        "/enabled",
        Json(r#""true""#),
    ),
    put("document/owner-text", "The owner of a role is a text", "/roles/", "/owner", Json(r#""Hanako Yamada""#)),
    put("document/owner-id", "The id of an owner is a number", "/accessprofiles/", "/owner/id", Json("17")),
    put(
        "document/entitlements-object",
        "The entitlements of an access profile are an object",
        "/accessprofiles/",
        "/entitlements",
        Json("{}"),
    ),
    put("document/count-text", "A count of a role is a text", "/roles/", "/accessProfileCount", Json(r#""1""#)),
    put(
        "document/stage",
        "An account activity has warnings that are no list",
        "/accountactivities/",
        "/warnings",
        Json(r#""none""#),
    ),
    put(
        "document/approval-comment",
        "A comment of an approval is an object",
        "/accountactivities/",
        "/approvals/0/comments/0/comment",
        Json(r#"{ "text": "ok" }"#),
    ),
    put("document/disabled-number", "Whether an account is disabled is a number", "/accounts/", "/disabled", Json("0")),
    put(
        "document/account-access",
        "Whether an entitlement of an account is privileged is a text",
        "/accounts/",
        "/access/0/privileged",
        Json(r#""no""#),
    ),
    put(
        "document/duration-text",
        "The duration of an aggregation is a text",
        "/aggregations/",
        "/duration",
        Json(r#""41 s""#),
    ),
    put(
        "document/count-fraction",
        "An entitlement has a fraction of an identity",
        "/entitlements/",
        "/identityCount",
        Json("68.5"),
    ),
    put("document/actor-list", "The actor of an event is a list", "/events/", "/actor", Json("[]")),
    put("document/tags-text", "The tags of an identity are a text", "/identities/", "/tags", Json(r#""FIELD""#)),
    put(
        "document/access-type",
        "An identity has access of a type that the page does not know",
        "/identities/",
        "/access/0/type",
        Json(r#""GROUP""#),
    ),
    put(
        "document/one-only",
        "One identity has an account whose source is a text",
        ONE_IDENTITY,
        "/accounts/0/source",
        Json(r#""Corporate Directory""#),
    ),
    put(
        "document/created-no-zone",
        "A role was created in no zone",
        "/roles/",
        "/created",
        Json(r#""2021-09-30T15:45:00""#),
    ),
    put(
        "document/created-no-day",
        "An identity was created on a day that no calendar has",
        "/identities/",
        "/created",
        Json(r#""2023-02-29T08:59:12Z""#),
    ),
    put(
        "document/synced-blank",
        "An event was synced at a time with a comma",
        "/events/",
        "/synced",
        Json(r#""2026-08-19T06:31:46,204Z""#),
    ),
    put(
        "document/deep-date",
        "A comment of an approval has a day without a time",
        "/accountactivities/",
        "/approvals/0/comments/0/date",
        Json(r#""2026-08-19""#),
    ),
];

const ONE_IDENTITY: &str = "/identities/2c918035bdeceffad3f40580abaa3ed8";

const fn put(id: &'static str, title: &'static str, target: &'static str, pointer: &'static str, put: Put) -> Fault {
    Fault { id, report: None, class: Class::Field, title, at: DOCUMENTS.under(target), deed: Deed::Put(pointer, put) }
}
