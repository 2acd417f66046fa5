//! What the pages promise, as data: operations, schemas, errata and cases. Knows nothing of HTTP or files.

mod case;
mod erratum;
mod operation;
mod page;
mod place;
mod template;
mod world;

pub use case::{Body, CALLERS, Case, EXPIRED, Each, Part, Request};
pub use erratum::{Erratum, ErratumKind, Seen, covers};
pub use operation::{Answer, AnswerBody, Field, FieldKind, Operation, Parameter, RequestBody};
pub use page::{Example, Extension, Page, Sentence};
pub use place::{Place, harmless, line};
pub use template::{Alternative, JWT_KINDS, Piece, Template};
pub use world::{World, WorldKey, WorldKind, WorldValue};

pub use crate::verdict::Expect;
use std::collections::BTreeMap;

/// Everything that the pages promise, as read from the contract's files.
#[derive(Debug, Clone, Default)]
pub struct Contract {
    /// The operations, in the order of the contract document.
    pub operations: Vec<Operation>,
    /// The JSON Schema files by their path below the contract's folder, with `/` between folders.
    pub schemas: BTreeMap<String, serde_json::Value>,
    /// What a user may tell about a tenant.
    pub world: Vec<WorldKey>,
    /// The known disagreements of the pages with themselves or with recorded tenants.
    pub errata: Vec<Erratum>,
}

impl Contract {
    /// Finds an operation by its id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }
}
