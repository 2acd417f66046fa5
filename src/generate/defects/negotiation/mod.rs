//! The layer `negotiation`: what a client may ask of the answer, and what HTTP itself may refuse.

mod drawn;
mod harmless;
mod http;
mod method;

pub use drawn::ALL as DRAWN;
pub use harmless::ALL as HARMLESS;
pub use http::ALL as HTTP;
pub use method::ALL as METHODS;

use crate::generate::defect::{Apply, Defect, Owed, Place, Shows};
use crate::generate::draft::{Draft, Segment};

const fn reading(id: &'static str, title: &'static str, owed: Owed, apply: Apply, shows: Shows) -> Defect {
    Defect { id, title, place: Place::Reading, owed, apply, shows }
}

/// Adds a header line; false where there is one of that name.
fn line(draft: &mut Draft, name: &str, value: impl Into<Vec<u8>>) -> bool {
    let fresh = !draft.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    draft.headers.push((name.to_owned(), value.into()));
    fresh
}

/// Lets the path name a thing that nobody has; false where it names none.
fn name_nothing(draft: &mut Draft, unknown: &str) -> bool {
    let last = draft.path.iter_mut().rev().find_map(|segment| match segment {
        Segment::Parameter { value, .. } => Some(value),
        Segment::Fixed(_) => None,
    });
    last.is_some_and(|value| {
        *value = unknown.into();
        true
    })
}

#[cfg(test)]
mod tests {
    use super::{DRAWN, HARMLESS, HTTP, METHODS};
    use crate::generate::defect::Spot;
    use crate::generate::defects::sample::{aid, draft, proven};

    #[test]
    fn every_variation_shows_in_the_bytes() {
        for layer in [DRAWN, HARMLESS, HTTP, METHODS] {
            proven(layer, "");
        }
    }

    #[test]
    fn what_could_change_a_thing_names_none_and_what_repeats_or_strays_carries_no_credential() {
        for defect in METHODS.iter().chain(HTTP) {
            let mut broken = draft();
            assert!((defect.apply)(&mut broken, &Spot::Request, &aid("")));
            assert!(broken.method != "DELETE" || broken.path != draft().path, "{}", defect.id);
            let strays = broken.method == "TRACE" || broken.headers.iter().any(|(name, _)| name == "Host");
            assert_eq!(strays, broken.authorization.is_empty(), "{}", defect.id);
        }
    }
}
