//! Reads `[world]`: what the user tells about the tenant, as the contract's keys want it.

use crate::contract::{Contract, World, WorldKind, WorldValue};
use crate::load::nearest;
use crate::load::table::{Entry, Reader, Section};

/// Reads `[world]`.
pub fn read(section: &Section<'_>, contract: &Contract) -> World {
    let mut world = World::default();
    for entry in section.entries() {
        let Some(key) = contract.world.iter().find(|key| key.name == entry.key) else {
            let known = contract.world.iter().map(|key| key.name.as_str());
            let what = format!("the world has no key `{}`", entry.key);
            section.reader.problem(entry.key_span, what, nearest::advice(entry.key, known));
            continue;
        };
        let value = match &key.kind {
            WorldKind::Id => filled(&entry, &section.reader).map(WorldValue::Id),
            WorldKind::List => list(&entry, &section.reader).map(WorldValue::List),
            WorldKind::IdsBy(names) => ids_by(section, &entry, names),
        };
        world.0.extend(value.map(|value| (key.name.clone(), value)));
    }
    world
}

fn filled(entry: &Entry<'_>, reader: &Reader<'_>) -> Option<String> {
    let phrase = entry.text(reader)?;
    if phrase.text.trim().is_empty() {
        let advice = "write its value, or leave the key out";
        reader.problem(phrase.token, format!("`{}` holds an empty text", entry.key), advice);
        return None;
    }
    Some(phrase.text)
}

fn list(entry: &Entry<'_>, reader: &Reader<'_>) -> Option<Vec<String>> {
    Some(entry.items(reader)?.iter().filter_map(|item| filled(item, reader)).collect())
}

fn ids_by(section: &Section<'_>, entry: &Entry<'_>, names: &[String]) -> Option<WorldValue> {
    let inner = section.inner(entry.table(&section.reader)?);
    let mut lists = Vec::new();
    for entry in inner.entries() {
        if names.iter().any(|name| name == entry.key) {
            lists.extend(list(&entry, &inner.reader).map(|ids| (entry.key.to_owned(), ids)));
        } else {
            let advice = nearest::advice(entry.key, names.iter().map(String::as_str));
            inner.reader.problem(entry.key_span, format!("`{}` is no listed name", entry.key), advice);
        }
    }
    Some(WorldValue::IdsBy(lists))
}
