//! A rule broken, and where.

use super::{Expect, Known, Level};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A rule broken: where, what was expected and what was received.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What stays the same over runs, seeds, ids and times: 16 hex digits.
    pub fingerprint: String,
    /// The rule's id.
    pub rule: String,
    /// How grave it is.
    pub level: Level,
    /// The operation.
    pub operation: String,
    /// The case.
    pub case: String,
    /// The status of the answer; `None` where none came.
    pub status: Option<u16>,
    /// The place in the body as a JSON pointer; `""` for the whole body, `None` where there is none.
    pub pointer: Option<String>,
    /// What was expected, for people.
    pub expected: String,
    /// What was received, for people, at most 400 characters.
    pub received: String,
    /// Whether it was seen again.
    pub stability: Stability,
    /// The erratum that tells of it.
    pub erratum: Option<String>,
    /// Whether this finding alone makes the run exit 1.
    pub failing: bool,
    /// What the list of known failures says of it, where it would fail the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
    /// What the rule promises, in one line.
    pub title: String,
    /// The page's own words.
    pub clause: String,
    /// The number of the exchange that shows it.
    pub exchange: u64,
    /// The number of the earlier exchange that it contradicts, where it takes two to show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<u64>,
    /// The nearest body that would conform, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Value>,
    /// How many exchanges showed it, the first one included.
    pub seen: u64,
    /// How much smaller the request is that shows it, where it was made smaller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shrunk: Option<Shrunk>,
    /// What is left in its request of what was combined there, where none of that could be spared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
    /// What its request was owed, where that is not what its case says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expect>,
}

impl Finding {
    /// Whether a list of known failures keeps it from failing the run.
    pub fn is_known(&self) -> bool {
        !self.failing && self.known.as_ref().is_some_and(|known| !known.expired)
    }

    /// Whether its case is broken by it: it fails the run, or is known.
    pub fn breaks(&self) -> bool {
        self.failing || self.is_known()
    }

    /// Whether it is about how a request is met: another request may break the same rule for another reason. What is
    /// wrong in an answer is wrong whatever was asked.
    pub fn is_of_request(&self) -> bool {
        let layer = self.rule.split('.').next().unwrap_or_default();
        ["answer", "refusal", "credential"].contains(&layer)
    }

    /// What is left in its request, for people; `None` where that is nothing, or not known.
    pub fn takes(&self) -> Option<String> {
        let titles: Vec<&str> = self.left.iter().map(|left| left.title.as_str()).collect();
        (!titles.is_empty()).then(|| titles.join(", and "))
    }

    /// What tells it from others of its rule and operation, for people: what is left of its request where that tells
    /// them apart, else the shape of its pointer.
    pub fn place(&self) -> Option<String> {
        if self.left.is_empty() || !self.is_of_request() {
            return self.pointer.as_deref().map(shape);
        }
        Some(self.left.iter().map(|left| left.id.as_str()).collect::<Vec<_>>().join(" + "))
    }
}

/// A defect or a valid variation that a request is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Its id.
    pub id: String,
    /// What it is, for people.
    pub title: String,
}

/// How much smaller the request is that shows a finding than the one that was the first to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shrunk {
    /// The size of the first request: target, header lines and body, in bytes.
    pub from: u64,
    /// The size of the smallest request, in bytes.
    pub to: u64,
    /// How many requests that took.
    pub requests: u64,
    /// The number of the exchange that was the first to show it.
    pub first: u64,
}

/// Whether a finding was seen again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Stability {
    /// It was seen once and not looked for again.
    #[default]
    Once,
    /// It was seen again on the same bytes.
    Stable,
    /// It was not seen again on the same bytes.
    Flaky,
}

/// The fingerprint of a finding: rule, operation, pointer shape (array indices as `*`) and kind of case.
pub fn fingerprint(rule: &str, operation: &str, pointer: Option<&str>, kind: &str) -> String {
    let shape = pointer.map_or_else(|| "-".to_owned(), shape);
    digest(&[rule, operation, shape.as_str(), kind])
}

/// The fingerprint of a finding that is told from others of its fingerprint by what is left of its request; where
/// nothing is left, it stays as it is.
pub fn told_apart(fingerprint: &str, left: &[Left]) -> String {
    if left.is_empty() {
        return fingerprint.to_owned();
    }
    let mut ids: Vec<&str> = left.iter().map(|left| left.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    digest(&[&[fingerprint], ids.as_slice()].concat())
}

fn digest(words: &[&str]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, words.join("\n").as_bytes());
    digest.as_ref().iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// The shape of a JSON pointer: array indices stand as `*`.
pub fn shape(pointer: &str) -> String {
    let step = |step: &str| {
        let index = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
        if index { "*".to_owned() } else { step.to_owned() }
    };
    pointer.split('/').map(step).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::{Left, fingerprint, told_apart};

    #[test]
    fn array_indices_do_not_change_the_fingerprint() {
        let one = fingerprint("body.schema", "op", Some("/access/0/id"), "document");
        assert_eq!(one, fingerprint("body.schema", "op", Some("/access/17/id"), "document"));
        assert_ne!(one, fingerprint("body.schema", "op", Some("/access/id"), "document"));
        assert_ne!(one, fingerprint("body.schema", "op", None, "document"));
        assert_eq!(one.len(), 16);
    }

    #[test]
    fn what_is_left_tells_fingerprints_apart_in_any_order_and_nothing_changes_none() {
        let left = |ids: &[&str]| -> Vec<Left> {
            ids.iter().map(|id| Left { id: (*id).to_owned(), title: String::new() }).collect()
        };
        let one = told_apart("f", &left(&["a", "b"]));
        assert_eq!(one, told_apart("f", &left(&["b", "a", "b"])));
        assert!(one.len() == 16 && one != told_apart("f", &left(&["a"])) && one != told_apart("g", &left(&["a", "b"])));
        assert_eq!(told_apart("f", &[]), "f");
    }
}
