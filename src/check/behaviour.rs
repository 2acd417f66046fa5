//! What tells answers apart, whatever was asked: what is new to a campaign is told by it.

use super::judge::Judge;
use super::outline::{Outline, walk};
use super::rate::form;
use crate::contract::Case;
use crate::exchange::{Answer, Exchange};
use ring::digest::{SHA256, digest};
use std::collections::BTreeSet;

/// How a tenant behaved in one exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaviour {
    /// The status; `None` where no answer came.
    pub status: Option<u16>,
    /// The code that begins with the status, where the schema has one and the body too.
    pub code: Option<String>,
    /// What the body is made of, or why none came.
    pub shape: String,
    /// The names of the headers, in small letters.
    headers: BTreeSet<String>,
}

/// A longer code is no code.
const LONGEST: usize = 40;
/// Larger bodies are not looked into.
const LARGEST: usize = 1 << 20;

impl Behaviour {
    /// A number for it: the same behaviour has the same one. `slow` is how slow the answer was, in whatever steps.
    pub fn key(&self, slow: u32) -> u64 {
        let names: Vec<&str> = self.headers.iter().map(String::as_str).collect();
        let code = self.code.as_deref().unwrap_or_default();
        let text = format!("{:?}\n{code}\n{}\n{slow}\n{}", self.status, self.shape, names.join(","));
        digest(&SHA256, text.as_bytes()).as_ref().iter().take(8).fold(0, |key, byte| (key << 8) | u64::from(*byte))
    }
}

impl Judge {
    /// How a tenant behaved in an exchange of a case.
    pub fn behaviour(&self, case: &Case, exchange: &Exchange) -> Behaviour {
        let answer = exchange.answer();
        let names = answer.map(|answer| answer.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect());
        Behaviour {
            status: exchange.status(),
            code: answer.and_then(|answer| self.code(case, exchange, answer)),
            shape: form(exchange),
            headers: names.unwrap_or_default(),
        }
    }

    fn code(&self, case: &Case, exchange: &Exchange, answer: &Answer) -> Option<String> {
        let scene = self.scene(case, exchange)?;
        let file = scene.operation.answer(answer.status)?.schema(&exchange.probe.parameters)?;
        let body = (answer.body.0.len() <= LARGEST).then_some(&answer.body.0)?;
        code(self.outline(), file, &serde_json::from_slice(body).ok()?)
    }
}

/// The first word of the first value that begins with the status.
fn code(outline: &Outline, file: &str, body: &serde_json::Value) -> Option<String> {
    let mut found = None;
    walk(outline, file, body, |sight| {
        let marked = sight.shapes.iter().any(|shape| shape.marks.begins_with_status);
        found = sight.value.as_str().filter(|_| marked).and_then(|text| text.split_whitespace().next());
        found.is_none()
    });
    found.map(|word| word.chars().take(LONGEST).collect())
}

#[cfg(test)]
mod tests {
    use super::{Behaviour, code};
    use crate::check::outline::compile;
    use crate::check::schemas::Schemas;
    use serde_json::json;

    fn behaviour(code: &str, header: &str) -> Behaviour {
        let (status, headers) = (Some(400), [header.to_owned()].into());
        Behaviour { status, code: Some(code.into()), shape: "{a}".into(), headers }
    }

    #[test]
    fn code_headers_and_slowness_tell_behaviours_apart() {
        let one = behaviour("400.1", "date");
        assert_eq!(one.key(0), behaviour("400.1", "date").key(0));
        for other in [behaviour("400.2", "date").key(0), behaviour("400.1", "via").key(0), one.key(1)] {
            assert_ne!(one.key(0), other);
        }
    }

    #[test]
    fn the_code_is_found_by_its_annotation() {
        let schema = json!({"properties": {"why": {"properties": {"number": {"x-begins-with": "status"}}}}});
        let outline = compile(&Schemas::new(&[("fault.json".to_owned(), schema)].into()).unwrap()).unwrap();
        let told = code(&outline, "fault.json", &json!({"number": "no", "why": {"number": "400.1.3 Illegal value"}}));
        assert_eq!(told.as_deref(), Some("400.1.3"));
        assert_eq!(code(&outline, "fault.json", &json!({"why": {"number": 400}})), None);
    }
}
