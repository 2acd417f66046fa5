//! What a rule is: one checkable promise, and what people are told about it.

use crate::verdict::Level;

/// One checkable promise.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The id, such as `body.schema`: the layer, a dot, the promise.
    pub id: &'static str,
    /// How grave it is to break it.
    pub level: Level,
    /// What of a contract lets it judge anything.
    pub reach: Reach,
    /// What it promises, in one line.
    pub title: &'static str,
    /// Why it matters, and what is deliberately not held against a tenant.
    pub why: &'static str,
    /// The page's own words, or what HTTP promises where the page is silent.
    pub clause: &'static str,
    /// An answer that breaks it.
    pub example: &'static str,
}

/// What of a contract lets a rule judge anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nothing: it judges whatever comes, or does not come.
    Any,
    /// A case that names the rule.
    Case,
    /// A case whose headers carry a nonce.
    Nonce,
    /// An operation that changes nothing.
    Reading,
    /// An operation that changes nothing and lists 429.
    Limit,
    /// An answer with a schema.
    Body,
    /// Two error statuses with bodies of different kinds.
    Kinds,
    /// A status that promises this header; `None` for any header.
    Header(Option<&'static str>),
    /// An annotation in the body of an answer of that class.
    Mark(&'static str, Class),
    /// A format in the body of an answer.
    Format(&'static str),
}

/// Which answers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// All of them.
    Any,
    /// Those of the success class.
    Success,
    /// Those that refuse.
    Error,
}

impl Class {
    /// Whether a status belongs to the class.
    pub fn holds(self, status: u16) -> bool {
        match self {
            Self::Any => true,
            Self::Success => (200..300).contains(&status),
            Self::Error => status >= 400,
        }
    }
}
