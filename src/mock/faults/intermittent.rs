//! What goes wrong now and then.

use super::{Asked, Class, Deed, Fault};
use crate::mock::answer::Answer;
use crate::mock::at::{At, DOCUMENTS, TASKS};
use crate::mock::field::{self, Put};
use crate::mock::rewrite;

/// The family.
pub const ALL: &[Fault] = &[
    fault("intermittent/crash", "One answer in three is 500 where it is a document", DOCUMENTS, |asked, answer| {
        if asked.count.is_multiple_of(3) {
            rewrite::fail(asked, answer);
        }
    }),
    fault(
        "intermittent/task-without-id",
        "One answer in three has no id where it is a task",
        TASKS,
        |asked, answer| {
            if asked.count.is_multiple_of(3) {
                field::put(&mut answer.body, "/task/id", Put::Gone);
            }
        },
    ),
    fault("intermittent/no-name", "One document in two has no name", DOCUMENTS, |asked, answer| {
        if asked.count.is_multiple_of(2) {
            field::put(&mut answer.body, "/name", Put::Gone);
        }
    }),
    fault("intermittent/refusal", "One 401 in two has the body of a 429", At::ANYWHERE.status(401), |asked, answer| {
        if asked.count.is_multiple_of(2) {
            field::put(&mut answer.body, "/message", Put::Json(r#""Unauthorized""#));
            field::put(&mut answer.body, "/error", Put::Gone);
        }
    }),
];

const fn fault(id: &'static str, title: &'static str, at: At, deed: fn(Asked<'_>, &mut Answer)) -> Fault {
    Fault { id, report: None, class: Class::Intermittent, title, at, deed: Deed::Alter(deed) }
}
