//! A broken rule as a rule sees it: without case, fingerprint or erratum, which the judge adds.

use super::rule::Rule;
use crate::verdict::Level;
use serde_json::Value;

/// A broken rule, and where.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The rule.
    pub rule: &'static Rule,
    /// How grave it is; the rule's own level unless the case says otherwise.
    pub level: Level,
    /// The place in the body; `""` for the whole body, `None` where there is none.
    pub pointer: Option<String>,
    /// What was expected, for people.
    pub expected: String,
    /// What was received, for people.
    pub received: String,
    /// The JSON type at the pointer (`absent` where nothing stands there, `""` where it is no matter of types).
    pub seen_type: &'static str,
    /// Whether it is the case's own promise that is broken.
    pub own_promise: bool,
    /// What would stand at the pointer in the nearest body that conforms.
    pub mend: Option<Value>,
    /// The nearest body that would conform.
    pub nearest: Option<Value>,
    /// The page's own words for this place, where they are closer than the rule's.
    pub clause: Option<String>,
    /// The number of the earlier exchange that it contradicts.
    pub earlier: Option<u64>,
}

impl Rule {
    /// This rule, broken outside the body.
    pub fn broken(&'static self, expected: impl Into<String>, received: impl Into<String>) -> Fault {
        Fault {
            rule: self,
            level: self.level,
            pointer: None,
            expected: expected.into(),
            received: received.into(),
            seen_type: "",
            own_promise: false,
            mend: None,
            nearest: None,
            clause: None,
            earlier: None,
        }
    }
}

impl Fault {
    /// The same, at a place in the body.
    #[must_use]
    pub fn at(self, pointer: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), ..self }
    }

    /// The same, with the JSON type that stands there.
    #[must_use]
    pub fn seen(self, seen_type: &'static str) -> Self {
        Self { seen_type, ..self }
    }

    /// The same, contradicting the answer of an earlier exchange.
    #[must_use]
    pub fn after(self, exchange: u64) -> Self {
        Self { earlier: Some(exchange), ..self }
    }

    /// The same, with what would conform there.
    #[must_use]
    pub fn mended_by(self, value: impl Into<Value>) -> Self {
        Self { mend: Some(value.into()), ..self }
    }
}
