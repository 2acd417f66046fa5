//! `tenantcheck compare`: names what changed between two runs, and nothing else.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "compare/faults.rs"]
mod faults;
#[path = "compare/logs.rs"]
mod logs;
#[expect(dead_code, reason = "not every test needs all of it")]
mod support;
