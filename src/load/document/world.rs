//! Reads what a user may tell about a tenant (`x-world`).

use super::parameter::listed;
use crate::contract::{WorldKey, WorldKind};
use crate::load::json::Node;
use crate::load::nearest;
use serde_json::Value;
use std::collections::BTreeMap;

const KINDS: [&str; 3] = ["id", "list", "ids-by"];
const KEYS: [&str; 3] = ["kind", "names", "description"];

/// Reads the keys of the world, in the order of the document.
pub fn read(root: &Node<'_>, schemas: &BTreeMap<String, Value>) -> Vec<WorldKey> {
    let world = root.get("x-world").map(|world| world.entries()).unwrap_or_default();
    world.iter().filter_map(|(name, node)| one(name, node, schemas)).collect()
}

fn one(name: &str, node: &Node<'_>, schemas: &BTreeMap<String, Value>) -> Option<WorldKey> {
    if name.is_empty() || !name.chars().all(|character| character.is_ascii_alphanumeric() || "-_".contains(character)) {
        node.problem(format!("`{name}` cannot be a key of the world"), "use letters, digits and `-`");
    }
    for (key, node) in node.entries().iter().filter(|(key, _)| !KEYS.contains(key)) {
        node.problem(format!("unknown key `{key}`"), nearest::advice(key, KEYS));
    }
    let word = node.need_text("kind", "it is `id`, `list` or `ids-by`")?;
    let names = node.get("names");
    if let Some(names) = names.as_ref().filter(|_| word != "ids-by") {
        names.problem("only a key of the kind `ids-by` has names", "leave them out");
    }
    let kind = match word {
        "id" => WorldKind::Id,
        "list" => WorldKind::List,
        "ids-by" => WorldKind::IdsBy(names_of(node, schemas)?),
        _ => {
            node.problem(format!("there is no kind `{word}`"), nearest::advice(word, KINDS));
            return None;
        }
    };
    let description = node.text("description").unwrap_or_default().to_owned();
    Some(WorldKey { name: name.to_owned(), kind, description })
}

/// The names by which ids are told: a list, or the listed values of a parameter.
fn names_of(node: &Node<'_>, schemas: &BTreeMap<String, Value>) -> Option<Vec<String>> {
    let names = node.need("names", "list them, or write `{\"$ref\": \"#/components/parameters/…\"}`")?;
    let found = if names.value.is_object() { listed(&names, schemas) } else { Some(names.texts()) };
    let found = found.unwrap_or_default();
    if found.is_empty() {
        names.problem("no name is listed", "list them, or give the parameter's schema an `enum`");
    }
    Some(found)
}
