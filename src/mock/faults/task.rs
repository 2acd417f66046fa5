//! Properties of an accepted task that are not as the page has them.

use super::{Class, Deed, Fault};
use crate::mock::at::TASKS;
use crate::mock::field::Put::{self, Gone, Json};

/// The family.
pub const ALL: &[Fault] = &[
    put("task/no-success", "The answer does not tell success", "/success", Gone),
    put("task/success-text", "Success is a text", "/success", Json(r#""true""#)),
    put("task/no-task", "The answer has no task", "/task", Gone),
    put("task/task-id-alone", "The task is only its id", "/task", Json(r#""2c91808a7f5d1e52017f5e1b2f6a0c11""#)),
    put("task/no-id", "The task has no id", "/task/id", Gone),
    put("task/id-number", "The id of the task is a number", "/task/id", Json("4711")),
    put("task/type-list", "The type of the task is a list", "/task/type", Json(r#"["QUARTZ"]"#)),
    put("task/name-object", "The name of the task is an object", "/task/name", Json(r#"{ "en": "Aggregation" }"#)),
    put("task/description-false", "The description of the task is false", "/task/description", Json("false")),
    put("task/launcher-object", "The launcher of the task is an object", "/task/launcher", Json(r#"{ "id": "1" }"#)),
    put(
        "task/created-hour",
        "The task was created in an hour that no day has",
        "/task/created",
        Json(r#""2020-09-07T42:14:00.364Z""#),
    ),
    put("task/created-no-zone", "The task was created in no zone", "/task/created", Json(r#""2026-01-05T10:00:00""#)),
    put(
        "task/launched-in-words",
        "The launch of the task is written for people",
        "/task/launched",
        Json(r#""Mon Jan  5 10:00:00 UTC 2026""#),
    ),
    put("task/completed-millis", "The end of the task is a number", "/task/completed", Json("1767607200000")),
    put("task/completed-empty", "The end of the task is an empty text", "/task/completed", Json(r#""""#)),
    put(
        "task/completion-status",
        "The status of the task is in title case",
        "/task/completionStatus",
        Json(r#""Success""#),
    ),
    put("task/parent-number", "The name of the parent is a number", "/task/parentName", Json("0")),
    put("task/messages-object", "The messages of the task are an object", "/task/messages", Json("{}")),
    put(
        "task/message-type",
        "A message of the task has a type of its own",
        "/task/messages",
        Json(r#"[{ "type": "NOTICE", "error": false, "warning": false }]"#),
    ),
    put(
        "task/message-error-text",
        "A message of the task says with a text whether it is an error",
        "/task/messages",
        Json(r#"[{ "type": "WARN", "error": "no", "warning": true }]"#),
    ),
    put("task/progress-number", "The progress of the task is a number", "/task/progress", Json("12")),
    put("task/attributes-list", "The attributes of the task are a list", "/task/attributes", Json("[]")),
    put(
        "task/optimized-boolean",
        "An attribute of the task is a boolean",
        "/task/attributes/optimizedAggregation",
        Json("true"),
    ),
    put(
        "task/returns-nested",
        "The return values of the task lie one list too deep",
        "/task/returns/0",
        Json(r#"[{ "displayLabel": "TOTAL", "attributeName": "total" }]"#),
    ),
    put(
        "task/return-label",
        "A return value of the task has a number for a label",
        "/task/returns/3/displayLabel",
        Json("3"),
    ),
    put(
        "task/message-warning-number",
        "A message of the task says with a number whether it is a warning",
        "/task/messages",
        Json(r#"[{ "type": "WARN", "error": false, "warning": 1 }]"#),
    ),
    put(
        "task/message-key-list",
        "The key of a message of the task is a list",
        "/task/messages",
        Json(r#"[{ "type": "INFO", "key": ["a"] }]"#),
    ),
    put(
        "task/message-text-object",
        "The text of a message of the task is an object",
        "/task/messages",
        Json(r#"[{ "type": "INFO", "localizedText": { "en": "It began." } }]"#),
    ),
    put("task/message-alone", "A message of the task is a text", "/task/messages", Json(r#"["It began."]"#)),
    put("task/app-id-number", "The application of the task is a number", "/task/attributes/appId", Json("17")),
    put(
        "task/return-attribute",
        "A return value of the task has a list for an attribute",
        "/task/returns/27/attributeName",
        Json("[]"),
    ),
    put("task/return-text", "One of the return values of the task is a text", "/task/returns/11", Json(r#""total""#)),
    put("task/success-null", "Success is null", "/success", Json("null")),
    put("task/id-null", "The id of the task is null", "/task/id", Json("null")),
    put(
        "task/launched-comma",
        "The seconds of the launch have a comma",
        "/task/launched",
        Json(r#""2026-01-05T10:00:00,000Z""#),
    ),
    put("task/completed-day", "The end of the task is a day", "/task/completed", Json(r#""2026-01-05""#)),
];

const fn put(id: &'static str, title: &'static str, pointer: &'static str, put: Put) -> Fault {
    Fault { id, report: None, class: Class::Field, title, at: TASKS, deed: Deed::Put(pointer, put) }
}
