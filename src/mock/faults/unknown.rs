//! Things that do not exist and are served all the same.

use super::{Class, Deed, Fault};
use crate::mock::at::At;
use crate::mock::call::Call;
use crate::mock::endpoint::Endpoint;
use crate::mock::estate::Estate;
use crate::mock::rewrite;
use crate::mock::sources;

/// The family.
pub const ALL: &[Fault] = &[
    fault(
        "unknown/source",
        "An aggregation of a source that does not exist is accepted",
        Endpoint::LoadAccounts,
        |_, call| {
            if call.parameter("id").is_some_and(|id| sources::find(&id).is_none()) {
                rewrite::accept(call);
            }
        },
    ),
    fault(
        "unknown/document",
        "Who asks for an unknown document gets another one",
        Endpoint::GetDocument,
        |estate, call| {
            if call.parameter("id").is_some_and(|id| id.len() == 32) {
                first_instead(estate, call);
            }
        },
    ),
    fault("unknown/longer-id", "A letter behind a known id is left out", Endpoint::GetDocument, |estate, call| {
        known_instead(estate, call, |known, id| {
            id.strip_prefix(known)
                .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|one| one.is_ascii_alphanumeric()))
        });
    }),
    fault("unknown/shorter-id", "An id may lack its last character", Endpoint::GetDocument, |estate, call| {
        known_instead(estate, call, |known, id| known.len() == id.len() + 1 && known.starts_with(id));
    }),
    fault("unknown/short-id", "The beginning of an id is enough", Endpoint::GetDocument, |estate, call| {
        if call.parameter("id").is_some_and(|id| id.len() == 4) {
            first_instead(estate, call);
        }
    }),
];

const fn fault(id: &'static str, title: &'static str, endpoint: Endpoint, deed: fn(&Estate, &mut Call)) -> Fault {
    Fault { id, report: None, class: Class::Refusal, title, at: At::ANYWHERE.of(endpoint), deed: Deed::Misread(deed) }
}

fn known_instead(estate: &Estate, call: &mut Call, alike: fn(&str, &str) -> bool) {
    let (index, id) = (call.parameter("index").unwrap_or_default(), call.parameter("id").unwrap_or_default());
    let index = estate.documents.index(&index);
    let known = index.and_then(|index| index.documents.iter().find(|(known, _)| alike(known, &id)));
    if let Some((known, _)) = known {
        rewrite::put_parameter(call, "id", known);
    }
}

fn first_instead(estate: &Estate, call: &mut Call) {
    let (index, id) = (call.parameter("index").unwrap_or_default(), call.parameter("id").unwrap_or_default());
    let Some(index) = estate.documents.index(&index).filter(|index| index.document(&id).is_none()) else { return };
    if let Some((first, _)) = index.documents.first() {
        rewrite::put_parameter(call, "id", first);
    }
}
