//! Error bodies that are not as the page has them.

use super::{Class, Deed, Fault};
use crate::mock::at::At;
use crate::mock::field::Put;
use serde_json::json;

/// The family.
pub const ALL: &[Fault] = &[
    put("envelope/no-detail-code", "A 400 has no detailCode", 400, "/detailCode", Put::Gone),
    put("envelope/null-detail-code", "A 403 has the detailCode null", 403, "/detailCode", Put::Json("null")),
    put("envelope/no-tracking-id", "A 404 has no trackingId", 404, "/trackingId", Put::Gone),
    put("envelope/tracking-id-number", "A 403 has a number for a trackingId", 403, "/trackingId", Put::Json("7")),
    put("envelope/no-messages", "A 403 has no messages", 403, "/messages", Put::Gone),
    put(
        "envelope/one-message",
        "The messages of a 400 are no list",
        400,
        "/messages",
        Put::Json(r#"{ "locale": "en-US", "localeOrigin": "DEFAULT", "text": "It cannot be used." }"#),
    ),
    put(
        "envelope/message-as-text",
        "A message of a 404 is a text",
        404,
        "/messages/0",
        Put::Json(r#""It is not here.""#),
    ),
    put("envelope/no-text", "A message of a 404 has no text", 404, "/messages/0/text", Put::Gone),
    put("envelope/text-list", "The text of a message is a list", 400, "/messages/0/text", Put::Json(r#"["No."]"#)),
    put("envelope/causes-as-text", "The causes of a 400 are a text", 400, "/causes", Put::Json(r#""The file.""#)),
    put("envelope/cause-number", "A cause of a 400 has a number for a text", 400, "/causes/0/text", Put::Json("17")),
    put(
        "envelope/detail-code-of-another",
        "A 403 has the detailCode of a 400",
        403,
        "/detailCode",
        Put::Json(r#""400.1 Bad Request Content""#),
    ),
    put(
        "envelope/detail-code-in-words",
        "The detailCode of a 404 is a word",
        404,
        "/detailCode",
        Put::Json(r#""NOT_FOUND""#),
    ),
    put(
        "envelope/repeated-tracking-id",
        "Each 404 has the same trackingId",
        404,
        "/trackingId",
        Put::Json(r#""00000000000000000000000000000000""#),
    ),
    put(
        "envelope/locale-underscore",
        "The locale of a message is written as Java does",
        400,
        "/messages/0/locale",
        Put::Json(r#""en_US""#),
    ),
    put(
        "envelope/locale-in-words",
        "The locale of a message is a sentence",
        404,
        "/messages/0/locale",
        Put::Json(r#""English (United States)""#),
    ),
    put("envelope/cause-locale", "The locale of a cause is empty", 400, "/causes/0/locale", Put::Json(r#""""#)),
    put("envelope/error-object", "The error of a 401 is an object", 401, "/error", Put::Json(r#"{ "code": 17 }"#)),
    put("envelope/error-null", "The error of a 401 is null", 401, "/error", Put::Json("null")),
    put("envelope/refused-no-tracking-id", "A 400 has no trackingId", 400, "/trackingId", Put::Gone),
    put("envelope/forbidden-no-tracking-id", "A 403 has no trackingId", 403, "/trackingId", Put::Gone),
    put("envelope/unknown-no-detail-code", "A 404 has no detailCode", 404, "/detailCode", Put::Gone),
    put("envelope/detail-code-number", "The detailCode of a 404 is a number", 404, "/detailCode", Put::Json("404")),
    put("envelope/messages-null", "The messages of a 404 are null", 404, "/messages", Put::Json("null")),
    put("envelope/text-null", "The text of a message of a 403 is null", 403, "/messages/0/text", Put::Json("null")),
    put(
        "envelope/locale-number",
        "The locale of a message of a 404 is a number",
        404,
        "/messages/0/locale",
        Put::Json("1033"),
    ),
    put(
        "envelope/origin-list",
        "The origin of the locale of a 403 is a list",
        403,
        "/messages/0/localeOrigin",
        Put::Json("[]"),
    ),
    put("envelope/causes-object", "The causes of a 404 are an object", 404, "/causes", Put::Json("{}")),
    put("envelope/cause-text", "A cause of a 400 is a text", 400, "/causes/0", Put::Json(r#""The file.""#)),
    put("envelope/no-error", "A 401 has no error", 401, "/error", Put::Gone),
    put("envelope/error-number", "The error of a 401 is a number", 401, "/error", Put::Json("401")),
    put(
        "envelope/detail-code-of-a-500",
        "A 400 has the detailCode of a 500",
        400,
        "/detailCode",
        Put::Json(r#""500.0 Internal Fault""#),
    ),
    put("envelope/locale-blank", "The locale of a 403 is a blank", 403, "/messages/0/locale", Put::Json(r#"" ""#)),
    mixed_up(
        "envelope/unauthorized-as-limit",
        "A 401 has the body of a 429",
        401,
        Deed::Alter(|_, answer| {
            answer.body = json!({ "message": "Unauthorized" });
        }),
    ),
    mixed_up(
        "envelope/unauthorized-as-envelope",
        "A 401 has the body of a 403",
        401,
        Deed::Alter(|asked, answer| {
            let message = json!({ "locale": "en-US", "localeOrigin": "DEFAULT", "text": "The token is not good." });
            answer.body = json!({ "detailCode": "401 Unauthorized", "trackingId": asked.id, "messages": [message] });
        }),
    ),
    mixed_up(
        "envelope/forbidden-as-unauthorized",
        "A 403 has the body of a 401",
        403,
        Deed::Alter(|_, answer| {
            answer.body = json!({ "error": "You may not do this" });
        }),
    ),
    mixed_up(
        "envelope/unknown-as-limit",
        "A 404 has the body of a 429",
        404,
        Deed::Alter(|_, answer| {
            answer.body = json!({ "message": "No static resource" });
        }),
    ),
    mixed_up(
        "envelope/refused-as-unauthorized",
        "A 400 has the body of a 401",
        400,
        Deed::Alter(|_, answer| {
            answer.body = json!({ "error": "Bad Request" });
        }),
    ),
    mixed_up(
        "envelope/framework-body",
        "A 404 has the body that its framework writes",
        404,
        Deed::Alter(|asked, answer| {
            let path = asked.call.head.uri.path();
            answer.body = json!({ "timestamp": "2026-01-05T10:00:00.000+00:00", "status": 404, "path": path });
        }),
    ),
    mixed_up(
        "envelope/refused-as-limit",
        "A 400 has the body of a 429",
        400,
        Deed::Alter(|_, answer| {
            answer.body = json!({ "message": "Bad Request" });
        }),
    ),
    mixed_up(
        "envelope/forbidden-as-limit",
        "A 403 has the body of a 429, as gateways write it",
        403,
        Deed::Alter(|_, answer| {
            answer.body = json!({ "message": "Forbidden" });
        }),
    ),
    mixed_up(
        "envelope/unknown-as-unauthorized",
        "A 404 has the body of a 401",
        404,
        Deed::Alter(|_, answer| {
            answer.body = json!({ "error": "Not Found" });
        }),
    ),
];

const fn put(id: &'static str, title: &'static str, status: u16, pointer: &'static str, put: Put) -> Fault {
    Fault {
        id,
        report: None,
        class: Class::Field,
        title,
        at: At::ANYWHERE.status(status),
        deed: Deed::Put(pointer, put),
    }
}

const fn mixed_up(id: &'static str, title: &'static str, status: u16, deed: Deed) -> Fault {
    Fault { id, report: None, class: Class::Field, title, at: At::ANYWHERE.status(status), deed }
}
