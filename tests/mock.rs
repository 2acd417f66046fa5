//! The embedded tenant over real sockets: it keeps the contract, and refuses what the contract forbids.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

use tenantcheck::mock::{Options, Rate, Tenant};

#[path = "mock/client.rs"]
mod client;
#[path = "mock/credentials.rs"]
mod credentials;
#[path = "mock/documents.rs"]
mod documents;
#[path = "mock/limit.rs"]
mod limit;
#[path = "mock/messages.rs"]
mod messages;
#[path = "mock/oauth.rs"]
mod oauth;
#[path = "mock/paths.rs"]
mod paths;
#[path = "mock/tenant.rs"]
mod tenant;
#[path = "mock/uploads.rs"]
mod uploads;

/// A tenant that never limits.
fn tenant() -> Tenant {
    Tenant::start(Options { rate: Rate { requests: 1_000_000, seconds: 1 }, ..Options::default() }).unwrap()
}
