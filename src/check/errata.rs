//! Finds the recorded erratum that tells of a fault.

use super::fault::Fault;
use crate::contract::{Erratum, ErratumKind};

/// The recorded erratum that a fault is an instance of; one of the page alone excuses nothing.
pub fn recorded<'a>(errata: &'a [Erratum], operation: &str, status: u16, fault: &Fault) -> Option<&'a Erratum> {
    let pointer = fault.pointer.as_deref()?;
    errata.iter().find(|erratum| {
        erratum.kind == ErratumKind::Recorded
            && erratum.status == status
            && erratum.operation.as_deref().is_none_or(|own| own == operation)
            && same_type(&erratum.seen_type, fault.seen_type)
            && erratum.pointers.iter().any(|pattern| matches(pattern, pointer))
    })
}

fn same_type(told: &str, seen: &str) -> bool {
    !seen.is_empty() && (told == "any" || told == seen || (told == "number" && seen == "integer"))
}

fn matches(pattern: &str, pointer: &str) -> bool {
    let (mut pattern, mut pointer) = (pattern.split('/'), pointer.split('/'));
    loop {
        match (pattern.next(), pointer.next()) {
            (None, None) => return true,
            (Some(step), Some(seen)) if step == "*" || step == seen => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{matches, same_type};

    #[test]
    fn a_star_stands_for_one_step() {
        for (pattern, pointer, same) in [
            ("/a/b", "/a/b", true),
            ("/a/*", "/a/0", true),
            ("/a/*/c", "/a/x/c", true),
            ("/a/*", "/a", false),
            ("/a/*", "/a/0/b", false),
            ("/a", "/b", false),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern, pointer), same, "{pattern} {pointer}");
        }
    }

    #[test]
    fn the_seen_type_has_to_be_the_told_one() {
        assert!(same_type("integer", "integer") && same_type("any", "absent") && same_type("number", "integer"));
        assert!(!same_type("integer", "string") && !same_type("any", ""));
    }
}
