//! Readers of what people write: never a panic, and what they accept survives being written and read again.

use crate::case_file;
use crate::stage::{STAGE, deep};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;
use tenantcheck::check::rules;
use tenantcheck::contract::{Case, World, WorldValue};
use tenantcheck::event::Event;
use tenantcheck::exchange::Target;
use tenantcheck::load::{Settings, Source, cases, contract, settings_of};
use toml::Value;

static RULES: LazyLock<Vec<&str>> = LazyLock::new(|| rules().iter().map(|rule| rule.id).collect());
const CASE: &str = "found.toml";

/// Reads bytes as what their first byte says.
pub fn read(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    deep(|| match kind % 6 {
        0 => settings(rest),
        1 => case(rest),
        2 => drop(contract(&files("openapi.json", rest))),
        3 => drop(contract(&files("errata.toml", rest))),
        4 => target(rest),
        _ => event(rest),
    });
}

fn settings(bytes: &[u8]) {
    let read = |bytes: &[u8]| settings_of(Path::new("tenantcheck.toml"), bytes, &STAGE.contract);
    let Ok(first) = read(bytes) else { return };
    let text = written(&first);
    let second = read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\nin\n{text}"));
    let shown = |settings: &Settings| settings.target.as_ref().map(ToString::to_string);
    assert_eq!((shown(&first), &first.versions), (shown(&second), &second.versions), "{text}");
    assert_eq!(sorted(&first.world), sorted(&second.world), "{text}");
}

fn sorted(world: &World) -> BTreeMap<&String, Vec<(&str, &str)>> {
    let all = world.0.iter().map(|(key, value)| {
        let mut pairs = match value {
            WorldValue::Id(id) => vec![("", id.as_str())],
            WorldValue::List(list) => list.iter().map(|text| ("", text.as_str())).collect(),
            WorldValue::IdsBy(_) => world.pairs(key),
        };
        // The order of the names is the user's; that of the ids of one name is kept.
        pairs.sort_by_key(|(name, _)| *name);
        (key, pairs)
    });
    all.filter(|(_, pairs)| !pairs.is_empty()).collect()
}

/// The settings as a user would write them, without the credentials.
fn written(settings: &Settings) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let list = |list: &[String]| Value::from(list.to_vec()).to_string();
    let mut text = String::from("[target]\n");
    if let Some(target) = &settings.target {
        let _ = writeln!(text, "url = {}", quoted(&target.to_string()));
    }
    for (operation, version) in &settings.versions {
        let _ = writeln!(text, "versions.{operation} = {}", quoted(version));
    }
    text.push_str("[world]\n");
    for (key, value) in &settings.world.0 {
        let _ = match value {
            WorldValue::Id(id) => writeln!(text, "{key} = {}", quoted(id)),
            WorldValue::List(texts) => writeln!(text, "{key} = {}", list(texts)),
            WorldValue::IdsBy(names) => {
                names.iter().try_for_each(|(name, ids)| writeln!(text, "{key}.{name} = {}", list(ids)))
            }
        };
    }
    text
}

fn case(bytes: &[u8]) {
    let operations = &STAGE.contract.operations;
    for operation in operations {
        let read = |bytes: &[u8]| {
            let path = format!("cases/{}/{CASE}", operation.id);
            cases(&Source::Memory([(path, bytes.to_vec())].into()), &STAGE.contract, &RULES)
        };
        for first in read(bytes).unwrap_or_default() {
            let text = case_file::written(&first);
            let second = read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\nin\n{text}"));
            let bare = |case: &Case| Case {
                id: String::new(),
                family: String::new(),
                place: Default::default(),
                ..case.clone()
            };
            assert_eq!(format!("{:?}", bare(&first)), format!("{:?}", bare(&second[0])), "{text}");
        }
    }
}

/// The schemas of the embedded contract, with one file in place of its own.
fn files(name: &str, bytes: &[u8]) -> Source {
    let schemas = STAGE.contract.schemas.iter().map(|(path, schema)| (path.clone(), schema.to_string().into_bytes()));
    let document = include_bytes!("../../schemas/openapi.json").to_vec();
    let all = schemas.chain([("openapi.json".to_owned(), document), (name.to_owned(), bytes.to_vec())]);
    Source::Memory(all.map(|(path, bytes)| (format!("schemas/{path}"), bytes)).collect())
}

fn target(bytes: &[u8]) {
    let Some(target) = std::str::from_utf8(bytes).ok().and_then(|text| Target::parse(text).ok()) else { return };
    let again = Target::parse(&target.to_string()).expect("a target is read as it is written");
    let told = |target: &Target| (target.to_string(), target.authority(), target.base_path().to_owned());
    assert_eq!(told(&again), told(&target));
}

fn event(bytes: &[u8]) {
    let Ok(event) = serde_json::from_slice::<Event>(bytes) else { return };
    let once = serde_json::to_string(&event).expect("an event is written");
    let again: Event = serde_json::from_str(&once).unwrap_or_else(|error| panic!("{error}\nin\n{once}"));
    assert_eq!(serde_json::to_string(&again).expect("an event is written"), once);
}
