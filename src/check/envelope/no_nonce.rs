//! `envelope.no-nonce`: a body does not echo what only a header of the request carried.

use crate::check::fault::Fault;
use crate::check::json;
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::verdict::Level;
use memchr::memmem;
use serde_json::Value;

/// The rule.
pub const RULE: Rule = Rule {
    id: "envelope.no-nonce",
    level: Level::Must,
    reach: Reach::Nonce,
    title: "No body echoes the headers of the request",
    why: "A tenant that prints request headers into a body prints credentials and cookies the next time. The request \
          carries a header of ours with a value that stands nowhere else; nothing but an echo can bring it back.",
    clause: "HTTP (RFC 9110, 17.9): a service ought not to disclose what it knows of a request to others.",
    example: "\"text\": \"Headers: {Authorization=…, X-Tenantcheck-Nonce=tc-nonce-1f0c…}\"",
};

/// Judges the body of any answer; `body` is without its content coding.
pub fn judge(scene: &Scene<'_>, value: Option<&Value>, body: &[u8]) -> Option<Fault> {
    let nonce = scene.probe().nonce.as_deref()?;
    memmem::find(body, nonce.as_bytes())?;
    let holds = |value: &Value| value.as_str()?.contains(nonce).then_some(());
    let found = value.and_then(|value| json::find(value, holds));
    let pointer = found.map(|(pointer, ())| pointer).unwrap_or_default();
    Some(RULE.broken("no header of the request", format!("the header value {nonce}")).at(pointer))
}
