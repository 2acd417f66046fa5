//! Tasks: what an accepted aggregation becomes.

use super::clock;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many tasks are remembered; older ones are forgotten, so that a long run stays small.
const REMEMBERED: usize = 1024;

/// How long a task takes, in milliseconds.
const DURATION: u64 = 1000;

/// The return values that a task of this kind announces, as pairs of label and attribute.
const RETURNS: &str = include_str!("returns.json");

/// The tasks that were accepted.
#[derive(Debug)]
pub struct Tasks {
    returns: Value,
    accepted: Mutex<VecDeque<Task>>,
}

#[derive(Debug, Clone)]
struct Task {
    id: String,
    source: &'static str,
    optimized: bool,
    created: u64,
}

impl Tasks {
    /// Starts with none.
    pub fn new() -> Result<Self, serde_json::Error> {
        Ok(Self { returns: serde_json::from_str(RETURNS)?, accepted: Mutex::default() })
    }

    /// Accepts a task and tells its body.
    pub fn accept(&self, id: String, source: &'static str, optimized: bool) -> Value {
        let task = Task { id, source, optimized, created: clock::millis() };
        let body = self.body(&task, task.created);
        let mut accepted = self.accepted.lock().unwrap_or_else(PoisonError::into_inner);
        if accepted.len() == REMEMBERED {
            accepted.pop_front();
        }
        accepted.push_back(task);
        body
    }

    /// Tells the body of a task as it is now.
    pub fn status(&self, id: &str) -> Option<Value> {
        let accepted = self.accepted.lock().unwrap_or_else(PoisonError::into_inner);
        let task = accepted.iter().find(|task| task.id == id)?;
        Some(self.body(task, clock::millis()))
    }

    fn body(&self, task: &Task, now: u64) -> Value {
        let done = now >= task.created + DURATION;
        let created = clock::rfc3339(task.created);
        json!({
            "id": task.id,
            "type": "QUARTZ",
            "name": "Cloud Account Aggregation",
            "description": "Reads the accounts of one source",
            "launcher": "Zoë Ångström",
            "created": created,
            "launched": created,
            "completed": done.then(|| clock::rfc3339(task.created + DURATION)),
            "completionStatus": done.then_some("SUCCESS"),
            "parentName": null,
            "messages": messages(done),
            "progress": if done { "Finished" } else { "Initializing..." },
            "attributes": {
                "appId": task.source,
                "optimizedAggregation": if task.optimized { "enabled" } else { "disabled" },
            },
            "returns": self.returns,
        })
    }
}

fn messages(done: bool) -> Value {
    let told = json!([{
        "type": "INFO",
        "error": false,
        "warning": false,
        "key": "aggregation_finished",
        "localizedText": "The aggregation has finished.",
    }]);
    if done { told } else { json!([]) }
}
