//! Documents of many megabytes.

use super::Variant;
use crate::mock::answer::Answer;
use crate::mock::at::DOCUMENTS;
use crate::mock::deed::Deed;
use serde_json::Value;

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "large/20-mb",
        "An identity has 20 MB",
        &[(DOCUMENTS.under(ONE), Deed::Alter(|_, answer| swell(answer, 20)))],
    ),
    Variant::new(
        "large/40-mb",
        "An identity has 40 MB, which is more than is read",
        &[(DOCUMENTS.under(ONE), Deed::Alter(|_, answer| swell(answer, 40)))],
    )
    .unjudged("the body is larger than"),
];

/// The last of the identities.
const ONE: &str = "/identities/2c91801b8fc8fb857e35fa09d002724b";
const MEGABYTE: usize = 1_000_000;

fn swell(answer: &mut Answer, megabytes: usize) {
    if let Some(members) = answer.body.as_object_mut() {
        members.insert("x-photo".to_owned(), Value::String("A".repeat(megabytes * MEGABYTE)));
    }
}
