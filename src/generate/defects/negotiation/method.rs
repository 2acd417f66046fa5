//! Methods that the operation does not have. Only read operations are asked, and what would change something names a
//! thing that nobody has.

use super::{line, name_nothing, reading};
use crate::generate::defect::{Defect, Owed};
use crate::generate::draft::Draft;
use crate::verdict::Level;

/// HTTP's own to refuse; a tenant that serves it all the same is told of, no more.
const REFUSED: Owed = Owed {
    statuses: &[400, 404, 405],
    success: false,
    rule: "refusal.irregular-input",
    level: Level::Should,
    http: true,
};
const MADE_UP: &str = "BREW";
/// The headers by which some servers let another method than the request's own count.
const OVERRIDES: [&str; 3] = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

/// The defects of the method.
pub const ALL: &[Defect] = &[
    reading(
        "negotiation/method-head",
        "the method HEAD",
        Owed::either(),
        |draft, _, _| ask(draft, "HEAD"),
        |sent, _, _| sent.method() == "HEAD",
    ),
    reading(
        "negotiation/method-delete",
        "the method DELETE, of a thing that nobody has",
        REFUSED,
        |draft, _, aid| ask(draft, "DELETE") && name_nothing(draft, &aid.unknown),
        |sent, _, aid| sent.method() == "DELETE" && memchr::memmem::find(sent.path(), aid.unknown.as_bytes()).is_some(),
    ),
    // Its answer repeats the request, so that no credential goes along.
    reading(
        "negotiation/method-trace",
        "the method TRACE and no credential",
        REFUSED,
        |draft, _, _| {
            draft.authorization.clear();
            ask(draft, "TRACE")
        },
        |sent, _, _| sent.method() == "TRACE" && sent.header("authorization").next().is_none(),
    ),
    reading(
        "negotiation/method-made-up",
        "a method that nobody knows",
        REFUSED,
        |draft, _, _| ask(draft, MADE_UP),
        |sent, _, _| sent.method() == MADE_UP,
    ),
    reading(
        "negotiation/method-override",
        "headers that ask for another method than the request's own",
        super::http::OPTIONAL,
        |draft, _, _| OVERRIDES.iter().all(|name| line(draft, name, MADE_UP)),
        |sent, _, _| OVERRIDES.into_iter().all(|name| sent.header(name).any(|value| value.text() != sent.method())),
    ),
];

fn ask(draft: &mut Draft, method: &str) -> bool {
    method.clone_into(&mut draft.method);
    true
}
