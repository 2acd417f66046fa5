//! The fuzz phase of `check` and the campaigns of `fuzz`, as a user meets them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "fuzz/bytes.rs"]
mod bytes;
#[path = "fuzz/campaign.rs"]
mod campaign;
#[path = "fuzz/distinct.rs"]
mod distinct;
#[path = "fuzz/story.rs"]
mod story;
#[path = "fuzz/phase.rs"]
mod phase;

#[path = "support/front.rs"]
mod front;

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;

use serde_json::Value;

/// The candidates of a log: case, number and bytes of each, in the order in which they went.
fn candidates(events: &[Value]) -> Vec<(String, u64, String)> {
    let sent = events.iter().filter(|event| event["event"] == "exchange" && event["purpose"] == "case");
    let probe = |event: &Value| {
        let probe = &event["probe"];
        let number = probe["candidate"].as_u64().filter(|number| *number > 0)?;
        Some((probe["case"].as_str().unwrap().to_owned(), number, probe.to_string()))
    };
    sent.filter_map(probe).collect()
}

/// The failing findings of a log: rule and case.
fn failing(events: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let found = events.iter().filter(|event| event["event"] == "finding" && event["failing"] == true);
    found.map(|event| (text(&event["rule"]), text(&event["case"]))).collect()
}
