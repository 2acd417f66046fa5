//! The command line as users meet it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "command/broken.rs"]
mod broken;
#[path = "command/check.rs"]
mod check;
#[path = "command/faults.rs"]
mod faults;
#[path = "command/flood.rs"]
mod flood;
#[path = "command/golden.rs"]
mod golden;
#[path = "command/interrupt.rs"]
mod interrupt;
#[path = "command/look.rs"]
mod look;
#[path = "command/mock.rs"]
mod mock;
#[path = "command/target.rs"]
mod target;
#[path = "command/usage.rs"]
mod usage;

mod support;

use support::server::{Server, json};

/// A tenant that knows nobody.
fn stranger() -> Server {
    Server::start(|_| json(401, &serde_json::json!({"error": "nobody is known here"})))
}

/// A case that needs no world and no credential.
const MISSING: &str = "get-document/credential/missing/identities";
