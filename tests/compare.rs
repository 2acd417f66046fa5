//! `tenantcheck compare`: names what changed between two runs or two tenants, and nothing else.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "compare/both.rs"]
mod both;
#[path = "compare/faults.rs"]
mod faults;
#[expect(dead_code, reason = "not every test needs all of it")]
#[path = "support/front.rs"]
mod front;
#[path = "compare/golden.rs"]
mod golden;
#[path = "compare/logs.rs"]
mod logs;
#[expect(dead_code, reason = "not every test needs all of it")]
mod support;
#[path = "compare/tenants.rs"]
mod tenants;

use support::server::{Server, json};

/// A tenant that knows nobody.
fn stranger() -> Server {
    Server::start(|_| json(401, &serde_json::json!({"error": "nobody is known here"})))
}
