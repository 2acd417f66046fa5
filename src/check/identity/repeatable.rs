//! `identity.repeatable`: the same thing, asked for twice, is the same (a read operation, the success class).

use crate::check::body::put;
use crate::check::fault::Fault;
use crate::check::ledger::Ledger;
use crate::check::outline::{Outline, walk};
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::verdict::Level;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// The rule.
pub const RULE: Rule = Rule {
    id: "identity.repeatable",
    level: Level::Must,
    reach: Reach::Reading,
    title: "The same thing, asked for again, is the same",
    why: "A thing may change between two requests, so a second answer that differs is sent for once more: if the third \
          is like one of the two before, the change is a note. Three answers that all differ are broken. The order of \
          keys and of the elements of a list is free.",
    clause: "Fetches a single document from the specified index, using the specified document ID.",
    example: "Three requests for one document, three different names.",
};

/// The body without what each answer has of its own (`x-unique`).
pub fn lasting<'v>(outline: &Outline, file: &str, body: &'v Value) -> Cow<'v, Value> {
    let mut own = Vec::new();
    walk(outline, file, body, |sight| {
        own.extend(sight.shapes.iter().any(|shape| shape.marks.unique).then(|| sight.pointer()));
        true
    });
    let mut lasting = Cow::Borrowed(body);
    for pointer in own {
        put(lasting.to_mut(), &pointer, Value::Null);
    }
    lasting
}

/// Judges the body of a thing that was asked for, and remembers it.
pub fn judge(scene: &Scene<'_>, body: &Value, ledger: &mut Ledger) -> Option<Fault> {
    let probe = scene.probe();
    let caller = probe.caller.as_deref().filter(|_| !scene.operation.writes)?;
    let parameters: Vec<_> = probe.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let place = format!("{}\n{caller}\n{}", scene.operation.id, parameters.join("\n"));
    let other = ledger.differ(&place, digest(body), scene.exchange.number)?;
    let expected = format!("the same as in the answer to request {other}");
    Some(RULE.broken(expected, "another body").at("").after(other))
}

/// A number for a body that is the same in whatever order keys and elements come.
fn digest(value: &Value) -> u64 {
    let all = |parts: &mut dyn Iterator<Item = u64>| parts.fold(0_u64, u64::wrapping_add);
    match value {
        Value::Object(object) => {
            hashed(&(1_u8, all(&mut object.iter().map(|(key, value)| hashed(&(key, digest(value)))))))
        }
        Value::Array(array) => hashed(&(2_u8, array.len(), all(&mut array.iter().map(|value| hashed(&digest(value)))))),
        Value::String(text) => hashed(&(3_u8, text)),
        other => hashed(&(4_u8, other.to_string())),
    }
}

fn hashed(part: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    part.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::digest;
    use serde_json::json;

    #[test]
    fn order_is_free_and_content_is_not() {
        let one = json!({"a": [1, {"b": null}], "c": "x"});
        assert_eq!(digest(&one), digest(&json!({"c": "x", "a": [{"b": null}, 1]})));
        for other in [json!({"a": [1, {"b": null}], "c": "y"}), json!({"a": [1, 1, {"b": null}], "c": "x"}), json!({})]
        {
            assert_ne!(digest(&one), digest(&other), "{other}");
        }
        assert_ne!(digest(&json!("1")), digest(&json!(1)));
    }
}
