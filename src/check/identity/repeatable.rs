//! `identity.repeatable`: the same thing, asked for twice, is the same (a read operation, the success class).

use crate::check::body::extra_property::unnamed;
use crate::check::body::put;
use crate::check::fault::Fault;
use crate::check::history::Body;
use crate::check::instant::Instant;
use crate::check::ledger::Ledger;
use crate::check::outline::{Outline, walk};
use crate::check::rule::{Reach, Rule};
use crate::check::scene::Scene;
use crate::check::show;
use crate::verdict::Level;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// The rule.
pub const RULE: Rule = Rule {
    id: "identity.repeatable",
    level: Level::Must,
    reach: Reach::Reading,
    title: "The same thing, asked for again, is the same",
    why: "A thing may change between two requests, so a second answer that differs is sent for once more: if the third \
          is like one of the two before, the change is a note. Three answers that all differ are broken, and so is a second \
          thing that goes back to an earlier state. Where only date-times differ it is a note; the order of keys and of \
          the elements of a list is free, and so is what no page names.",
    clause: "Fetches a single document from the specified index, using the specified document ID.",
    example: "Three requests for one document, three different names.",
};

/// The body without what each answer has of its own (`x-unique`) and without the properties that no page names.
pub fn lasting<'v>(outline: &Outline, file: &str, body: &'v Value) -> Cow<'v, Value> {
    let mut own = Vec::new();
    walk(outline, file, body, |sight| {
        own.extend(sight.shapes.iter().any(|shape| shape.marks.unique).then(|| sight.pointer()));
        own.extend(unnamed(sight).into_iter().map(|(name, _)| show::step(&sight.pointer(), name)));
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
    let mut leaves = BTreeSet::new();
    gather(body, &mut String::new(), &mut leaves);
    let body = Body { digest: digest(body, false), timeless: digest(body, true), leaves };
    let difference = ledger.history.differ(&place, body, scene.exchange.number)?;
    let expected = format!("the same as in the answer to request {}", difference.before);
    let fault = RULE.broken(expected, told(&difference.places)).at("").after(difference.before);
    Some(if difference.in_times_only { Fault { level: Level::Note, ..fault } } else { fault })
}

fn told(places: &[String]) -> String {
    let (some, rest) = places.split_at(places.len().min(MOST_TOLD));
    let some = some.iter().map(|place| show::text(place)).collect::<Vec<_>>().join(", ");
    match (some.is_empty(), rest.len()) {
        (true, _) => "another body".to_owned(),
        (false, 0) => format!("another body: it differs at {some}"),
        (false, more) => format!("another body: it differs at {some} and {more} other places"),
    }
}

/// A body of more leaves than this is compared whole, but not every place is told.
const MOST_LEAVES: usize = 4_096;
const MOST_TOLD: usize = 3;

/// The leaves of a body and where they stand, `*` for any index.
fn gather(value: &Value, pattern: &mut String, leaves: &mut BTreeSet<(String, u64)>) {
    if leaves.len() >= MOST_LEAVES {
        return;
    }
    let length = pattern.len();
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (key, value) in object {
                *pattern = show::step(pattern, key);
                gather(value, pattern, leaves);
                pattern.truncate(length);
            }
        }
        Value::Array(array) if !array.is_empty() => {
            for value in array {
                pattern.push_str("/*");
                gather(value, pattern, leaves);
                pattern.truncate(length);
            }
        }
        leaf => {
            leaves.insert((pattern.clone(), digest(leaf, false)));
        }
    }
}

/// A number for a body that is the same in whatever order keys and elements come; also whatever its date-times are,
/// where it is to be `timeless`.
fn digest(value: &Value, timeless: bool) -> u64 {
    let all = |parts: &mut dyn Iterator<Item = u64>| parts.fold(0_u64, u64::wrapping_add);
    let part = |value| digest(value, timeless);
    match value {
        Value::Object(object) => {
            hashed(&(1_u8, all(&mut object.iter().map(|(key, value)| hashed(&(key, part(value)))))))
        }
        Value::Array(array) => hashed(&(2_u8, array.len(), all(&mut array.iter().map(|value| hashed(&part(value)))))),
        Value::String(text) if timeless && Instant::read(text).is_some() => hashed(&5_u8),
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
    use super::{digest, gather};
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn order_is_free_and_content_is_not() {
        let digest = |value: &serde_json::Value| digest(value, false);
        let one = json!({"a": [1, {"b": null}], "c": "x"});
        assert_eq!(digest(&one), digest(&json!({"c": "x", "a": [{"b": null}, 1]})));
        for other in [json!({"a": [1, {"b": null}], "c": "y"}), json!({"a": [1, 1, {"b": null}], "c": "x"}), json!({})]
        {
            assert_ne!(digest(&one), digest(&other), "{other}");
        }
        assert_ne!(digest(&json!("1")), digest(&json!(1)));
    }

    #[test]
    fn times_are_free_only_where_it_is_to_be_timeless() {
        let [one, two] = ["2024-02-29T20:00:00Z", "2025-02-28T20:00:00Z"].map(|time| json!({"created": [time]}));
        assert_eq!(digest(&one, true), digest(&two, true));
        assert_ne!(digest(&one, false), digest(&two, false));
        assert_ne!(digest(&json!("a"), true), digest(&json!("b"), true));
    }

    #[test]
    fn leaves_have_the_place_at_which_they_stand() {
        let mut leaves = BTreeSet::new();
        gather(&json!({"a": [{"b/c": 1}, {"b/c": 2}], "d": {}, "e": []}), &mut String::new(), &mut leaves);
        let places: Vec<&str> = leaves.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["/a/*/b~1c", "/a/*/b~1c", "/d", "/e"]);
    }
}
