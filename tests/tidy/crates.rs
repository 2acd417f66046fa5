//! No crate that `deny.toml` bans, and no defaults of those whose defaults drag in the network or a C compiler.

use std::collections::BTreeSet;
use toml::{Table, Value};

const WITHOUT_DEFAULTS: [&str; 2] = ["jsonschema", "reqwest"];

fn banned(lock: &Table, deny: &Table) -> Vec<String> {
    let names = |list: &Value, key: &str| -> BTreeSet<String> {
        let names = list.as_array().into_iter().flatten().filter_map(|entry| entry.get(key)?.as_str());
        names.map(ToOwned::to_owned).collect()
    };
    let (here, banned) = (names(&lock["package"], "name"), names(&deny["bans"]["deny"], "crate"));
    banned.intersection(&here).map(|name| format!("{name} is banned")).collect()
}

fn greedy(manifest: &Table) -> Vec<String> {
    let dependencies = &manifest["dependencies"];
    let defaults = |name: &&str| {
        dependencies
            .get(name)
            .is_some_and(|entry| entry.get("default-features").and_then(Value::as_bool) != Some(false))
    };
    let full = dependencies.get("tokio").and_then(|tokio| tokio.get("features")?.as_array());
    let full = full.is_some_and(|features| features.iter().any(|feature| feature.as_str() == Some("full")));
    let greedy = WITHOUT_DEFAULTS.into_iter().filter(defaults).map(|name| format!("{name} has its default features"));
    greedy.chain(full.then(|| "tokio has `full`".to_owned())).collect()
}

mod tests {
    use super::{banned, greedy};
    use crate::{none, read};
    use toml::Table;

    fn table(text: &str) -> Table {
        text.parse().unwrap()
    }

    #[test]
    fn no_crate_is_banned() {
        none(&banned(&table(&read("Cargo.lock")), &table(&read("deny.toml"))));
    }

    #[test]
    fn no_crate_takes_more_than_it_needs() {
        none(&greedy(&table(&read("Cargo.toml"))));
    }

    #[test]
    fn a_banned_crate_is_seen() {
        let lock = table("[[package]]\nname = 'oauth2'\n[[package]]\nname = 'serde'\n");
        assert_eq!(banned(&lock, &table("[bans]\ndeny = [{ crate = 'oauth2' }]")), ["oauth2 is banned"]);
    }

    #[test]
    fn default_features_are_seen() {
        let manifest = table(
            "[dependencies]\nreqwest = '1'\njsonschema = { version = '1', default-features = false }\ntokio = { features = ['full'] }",
        );
        assert_eq!(greedy(&manifest), ["reqwest has its default features", "tokio has `full`"]);
    }
}
