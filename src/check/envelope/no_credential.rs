//! `envelope.no-credential`: no answer carries a credential.

use crate::check::fault::Fault;
use crate::check::json;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::exchange::{Answer, Secrets};
use crate::verdict::Level;
use memchr::memmem;
use serde_json::Value;

/// The rule.
pub const RULE: Rule = Rule {
    id: "envelope.no-credential",
    level: Level::Must,
    reach: Reach::Any,
    title: "No answer carries a credential of ours",
    why: "What a tenant echoes ends in logs, caches and browsers. Each credential is replaced by a marker that names it \
          before anything is judged or written down; such a marker in an answer is the leak.",
    clause: "HTTP (RFC 9110, 11.6.2 and 17.16): a credential belongs to the authorization of a request and to nobody else.",
    example: "\"error\": \"Invalid token: {{secret limited}}\"",
};

const OPEN: &str = "{{secret ";
const LONGEST_NAME: usize = 40;

/// Judges headers and body of any answer; `body` is without its content coding.
pub fn judge(answer: &Answer, value: Option<&Value>, body: &[u8]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let expected = "no credential";
    if let Some(marker) = marker(answer.reason.as_bytes()) {
        faults.push(RULE.broken(expected, format!("{marker} in the reason phrase")));
    }
    for (name, line) in &answer.headers {
        if let Some(marker) = marker(&line.0) {
            faults.push(RULE.broken(expected, format!("{marker} in the header {}", show::text(name))));
        }
    }
    if let Some(marker) = marker(body).or_else(|| marker(&answer.body.0)) {
        let found =
            value.and_then(|value| json::find(value, |value| (value.as_str()?.contains(&marker)).then_some(())));
        let pointer = found.map(|(pointer, ())| pointer).unwrap_or_default();
        faults.push(RULE.broken(expected, marker).at(pointer));
    }
    faults
}

fn marker(bytes: &[u8]) -> Option<String> {
    memmem::find_iter(bytes, OPEN).find_map(|at| {
        let near = bytes.get(at..)?;
        let near = near.get(..OPEN.len() + LONGEST_NAME + 2).unwrap_or(near);
        let end = memmem::find(near, b"}}")?;
        let name = near.get(OPEN.len()..end)?;
        let named = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_. ".contains(byte));
        let marker = String::from_utf8_lossy(near.get(..end + 2)?).into_owned();
        // What lets nobody in is no credential, though it is not written down.
        (named && !Secrets::is_harmless(&marker)).then_some(marker)
    })
}
