//! The documents of the tenant: three in each of the eight indexes.

use serde_json::Value;

/// One index and its documents by id.
#[derive(Debug)]
pub struct Index {
    /// The name in the path.
    pub name: &'static str,
    /// The documents, each with its id.
    pub documents: Vec<(String, Value)>,
}

/// All indexes.
#[derive(Debug)]
pub struct Documents(pub Vec<Index>);

impl Documents {
    /// Reads the embedded files.
    pub fn embedded() -> Result<Self, serde_json::Error> {
        FILES.iter().map(|(name, files)| Index::read(name, files)).collect::<Result<_, _>>().map(Self)
    }

    /// Finds an index by its exact name.
    pub fn index(&self, name: &str) -> Option<&Index> {
        self.0.iter().find(|index| index.name == name)
    }
}

impl Index {
    fn read(name: &'static str, files: &[&str]) -> Result<Self, serde_json::Error> {
        let documents =
            files.iter().map(|file| serde_json::from_str(file).map(identified)).collect::<Result<_, _>>()?;
        Ok(Self { name, documents })
    }

    /// Finds a document by its exact id.
    pub fn document(&self, id: &str) -> Option<&Value> {
        self.documents.iter().find(|(known, _)| known == id).map(|(_, document)| document)
    }
}

fn identified(document: Value) -> (String, Value) {
    let id = document.get("id").and_then(Value::as_str).unwrap_or_default();
    (id.to_owned(), document)
}

const FILES: [(&str, [&str; 3]); 8] = [
    (
        "accessprofiles",
        [
            include_str!("documents/accessprofile/1.json"),
            include_str!("documents/accessprofile/2.json"),
            include_str!("documents/accessprofile/3.json"),
        ],
    ),
    (
        "accountactivities",
        [
            include_str!("documents/accountactivity/1.json"),
            include_str!("documents/accountactivity/2.json"),
            include_str!("documents/accountactivity/3.json"),
        ],
    ),
    (
        "accounts",
        [
            include_str!("documents/account/1.json"),
            include_str!("documents/account/2.json"),
            include_str!("documents/account/3.json"),
        ],
    ),
    (
        "aggregations",
        [
            include_str!("documents/aggregation/1.json"),
            include_str!("documents/aggregation/2.json"),
            include_str!("documents/aggregation/3.json"),
        ],
    ),
    (
        "entitlements",
        [
            include_str!("documents/entitlement/1.json"),
            include_str!("documents/entitlement/2.json"),
            include_str!("documents/entitlement/3.json"),
        ],
    ),
    (
        "events",
        [
            include_str!("documents/event/1.json"),
            include_str!("documents/event/2.json"),
            include_str!("documents/event/3.json"),
        ],
    ),
    (
        "identities",
        [
            include_str!("documents/identity/1.json"),
            include_str!("documents/identity/2.json"),
            include_str!("documents/identity/3.json"),
        ],
    ),
    (
        "roles",
        [
            include_str!("documents/role/1.json"),
            include_str!("documents/role/2.json"),
            include_str!("documents/role/3.json"),
        ],
    ),
];
