//! Refusals of credentials that tell less, or more, than the embedded tenant's.

use super::Variant;
use crate::mock::at::At;
use crate::mock::deed::Deed;
use crate::mock::detail;
use crate::mock::envelope::More;
use crate::mock::field::Put::Json;
use crate::mock::language::Choice;
use crate::mock::refusal::Refusal;
use http::Method;

/// The family.
pub const ALL: &[Variant] = &[
    Variant::new(
        "credential/tight-lipped",
        "A 401 never tells why",
        &[(At::ANYWHERE.status(401), Deed::Put("/error", Json(r#""unauthorized""#)))],
    ),
    Variant::new(
        "credential/talkative",
        "A 401 tells why at length",
        &[
            (
                At::ANYWHERE.status(401),
                Deed::Put(
                    "/error",
                    Json(r#""invalid_token: exp 2001-01-01T00:00:00Z at line 1 (see docs, section 3)""#),
                ),
            ),
            (At::ANYWHERE.status(401), Deed::Put("/error_description", Json(r#""The token is not good.""#))),
        ],
    ),
    Variant::new(
        "credential/authority-last",
        "What cannot be used is refused before authority is asked for",
        &[(
            At::ANYWHERE.status(403),
            Deed::Alter(|asked, answer| {
                let reads = asked.call.head.method == Method::GET;
                let unknown = asked.call.parameter("id").is_some_and(|id| {
                    let digits = id.bytes().filter(u8::is_ascii_hexdigit).count();
                    digits != 32 || !matches!(id.len(), 32 | 36)
                });
                if reads && unknown {
                    *answer = Refusal::Enveloped(&detail::NOT_FOUND, More::Nothing).answer(Choice::DEFAULT, asked.id);
                }
            }),
        )],
    ),
];
