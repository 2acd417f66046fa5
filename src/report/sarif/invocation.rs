//! The invocation: when it ran, how it ended, and what the run had to say besides its findings.

use super::result::plain;
use crate::event::{Start, Summary};
use crate::report::page::count;
use serde_json::{Map, Value, json};

/// The invocation of a run. Successful is one that could judge: exit 0 or 1.
pub fn of(start: &Start, notes: &[String], left_out: u64, summary: Option<&Summary>) -> Value {
    let mut invocation = Map::new();
    let exit = summary.map(|summary| summary.exit);
    invocation.insert("executionSuccessful".to_owned(), json!(matches!(exit, Some(0 | 1))));
    if let Some(exit) = exit {
        invocation.insert("exitCode".to_owned(), json!(exit));
    }
    if !start.started.is_empty() {
        invocation.insert("startTimeUtc".to_owned(), json!(start.started));
    }
    let told = notes.iter().map(|text| ("note", plain(text)));
    let hints = summary.iter().flat_map(|summary| &summary.hints).map(|text| ("note", plain(text)));
    let more = (left_out > 0).then(|| format!("{} left out; the event log has all", count(left_out, "more result")));
    let cut = summary.is_none().then(|| "The run ended before its summary.".to_owned());
    let warnings = more.into_iter().chain(cut).map(|text| ("warning", text));
    let notifications: Vec<Value> = told
        .chain(hints)
        .chain(warnings)
        .map(|(level, text)| json!({"level": level, "message": {"text": text}}))
        .collect();
    invocation.insert("toolExecutionNotifications".to_owned(), json!(notifications));
    invocation
        .insert("properties".to_owned(), json!({"target": start.target, "seed": start.seed, "strict": start.strict}));
    Value::Object(invocation)
}
