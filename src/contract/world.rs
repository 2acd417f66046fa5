//! What the user tells about the tenant. Ids are opaque.

use std::collections::BTreeMap;

/// A key that the user may give in `[world]` (`x-world` of the contract document).
#[derive(Debug, Clone)]
pub struct WorldKey {
    /// The key in `tenantcheck.toml`.
    pub name: String,
    /// What the key holds.
    pub kind: WorldKind,
    /// What it is for, in one sentence.
    pub description: String,
}

/// What a key of the world holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorldKind {
    /// One opaque id.
    Id,
    /// A list of texts, such as the columns of a table.
    List,
    /// A list of ids for each of the listed names.
    IdsBy(Vec<String>),
}

/// What the user has told, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct World(pub BTreeMap<String, WorldValue>);

/// One value that the user has told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorldValue {
    /// One opaque id.
    Id(String),
    /// A list of texts.
    List(Vec<String>),
    /// Lists of ids by name, in the user's order.
    IdsBy(Vec<(String, Vec<String>)>),
}

impl World {
    /// The id that the user gave for a key.
    pub fn id(&self, key: &str) -> Option<&str> {
        match self.0.get(key) {
            Some(WorldValue::Id(id)) => Some(id),
            _ => None,
        }
    }

    /// The list that the user gave for a key; an empty list counts as none.
    pub fn list(&self, key: &str) -> Option<&[String]> {
        match self.0.get(key) {
            Some(WorldValue::List(list)) if !list.is_empty() => Some(list),
            _ => None,
        }
    }

    /// Every (name, id) pair that the user gave for a key, in the user's order.
    pub fn pairs(&self, key: &str) -> Vec<(&str, &str)> {
        match self.0.get(key) {
            Some(WorldValue::IdsBy(names)) => {
                names.iter().flat_map(|(name, ids)| ids.iter().map(move |id| (name.as_str(), id.as_str()))).collect()
            }
            _ => Vec::new(),
        }
    }
}
