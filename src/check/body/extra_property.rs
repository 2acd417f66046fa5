//! `body.extra-property`: a property that the page does not name.

use crate::check::fault::Fault;
use crate::check::outline::Sight;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::verdict::Level;
use serde_json::Value;

/// The note.
pub const RULE: Rule = Rule {
    id: "body.extra-property",
    level: Level::Note,
    reach: Reach::Body,
    title: "Every property is one that the page names",
    why: "Added properties break no client, and are told once for each place so that the page can follow. Maps, whose \
          names are the tenant's own, are left alone.",
    clause: "The page names the properties of each body; the vendor counts an added one as no breaking change.",
    example: "\"pod\": \"stg-1\" in a document.",
};

/// Looks at an object whose properties some schema names: the names that none does, and their values.
pub fn unnamed<'v>(sight: &Sight<'_, 'v>) -> Vec<(&'v str, &'v Value)> {
    let Some(members) = sight.value.as_object() else { return Vec::new() };
    let names_some = sight.shapes.iter().any(|shape| !shape.properties.is_empty());
    let map = sight.undecided || sight.shapes.iter().any(|shape| shape.open);
    if map || !names_some {
        return Vec::new();
    }
    let named = |name: &str| sight.shapes.iter().any(|shape| shape.properties.contains_key(name));
    members.iter().filter(|(name, _)| !named(name)).map(|(name, value)| (name.as_str(), value)).collect()
}

/// Tells of one such property.
pub fn told(pointer: String, value: &Value) -> Fault {
    RULE.broken("no such property on the page", show::value(value)).at(pointer).seen(show::type_of(value))
}
