//! The invocation: when it ran, how it ended, and what the run had to say besides its findings.

use super::result::plain;
use crate::event::{Start, Summary};
use crate::report::ending::Reason;
use crate::report::page::count;
use serde_json::{Map, Value, json};

/// The invocation of a run. Successful is one that held, or whose results tell why it failed.
pub fn of(start: &Start, notes: &[String], left_out: u64, summary: Option<&Summary>, reasons: &[Reason]) -> Value {
    let mut invocation = Map::new();
    let exit = summary.map(|summary| summary.exit);
    invocation.insert("executionSuccessful".to_owned(), json!(reasons.is_empty()));
    if let Some(exit) = exit {
        invocation.insert("exitCode".to_owned(), json!(exit));
    }
    if !start.started.is_empty() {
        invocation.insert("startTimeUtc".to_owned(), json!(start.started));
    }
    let told = notes.iter().map(|text| ("note", plain(text)));
    let hints = summary.iter().flat_map(|summary| &summary.hints).map(|text| ("note", plain(text)));
    let more = (left_out > 0).then(|| format!("{} left out; the event log has all", count(left_out, "more result")));
    let warnings = more.into_iter().map(|text| ("warning", text));
    let failed = reasons.iter().map(
        |Reason { id, text }| json!({"level": "error", "descriptor": {"id": id}, "message": {"text": plain(text)}}),
    );
    let others = told.chain(hints).chain(warnings);
    let others = others.map(|(level, text)| json!({"level": level, "message": {"text": text}}));
    let notifications: Vec<Value> = failed.chain(others).collect();
    invocation.insert("toolExecutionNotifications".to_owned(), json!(notifications));
    invocation
        .insert("properties".to_owned(), json!({"target": start.target, "seed": start.seed, "strict": start.strict}));
    Value::Object(invocation)
}
