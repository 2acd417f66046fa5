//! `envelope.no-stack-trace`: an error does not show the tenant's code.

use super::trace;
use crate::check::fault::Fault;
use crate::check::json;
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::check::show;
use crate::exchange::Probe;
use crate::verdict::Level;
use memchr::memmem;
use serde_json::Value;

/// The rule.
pub const RULE: Rule = Rule {
    id: "envelope.no-stack-trace",
    level: Level::Must,
    reach: Reach::Any,
    title: "An error shows no stack trace",
    why: "A trace tells a caller how the tenant is built. Only forms that prose never takes count, only in answers \
          outside the success class, and not where the request itself sent that text.",
    clause: "Actual text of the error message in the indicated locale.",
    example: "\"text\": \"NullPointerException\\n\\tat com.example.Widget.spin(Widget.java:42)\"",
};

/// What Java's Throwable looks like when it is written out as JSON.
const FRAME: [&str; 3] = ["className", "methodName", "lineNumber"];

/// Judges an error's body: its strings where it is JSON, else its text.
pub fn judge(scene: &Scene<'_>, status: u16, value: Option<&Value>, body: &[u8]) -> Option<Fault> {
    if (200..300).contains(&status) {
        return None;
    }
    let probe = scene.probe();
    let (pointer, found) = match value {
        Some(value) => json::find(value, |value| within(value).filter(|found| !echoed(probe, found)))?,
        None => (String::new(), raw(probe, body)?),
    };
    Some(RULE.broken("no stack trace", show::text(&found)).at(pointer))
}

fn within(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => trace::find(text).map(ToOwned::to_owned),
        Value::Object(members) if FRAME.iter().all(|name| members.contains_key(*name)) => {
            let part = |name: &str| members.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            Some(FRAME.map(part).join(" ").trim_end().to_owned())
        }
        _ => None,
    }
}

fn raw(probe: &Probe, body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let found = trace::find(&text).map(ToOwned::to_owned);
    found
        .or_else(|| trace::find(&text.replace("\\n", "\n").replace("\\t", "\t")).map(ToOwned::to_owned))
        .filter(|found| !echoed(probe, found))
}

fn echoed(probe: &Probe, found: &str) -> bool {
    let sent = probe.headers.iter().map(|(_, value)| &value.0).chain([&probe.target.0, &probe.body.0]);
    !found.is_empty() && sent.into_iter().any(|sent| memmem::find(sent, found.as_bytes()).is_some())
}
