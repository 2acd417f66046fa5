//! Credentials as a user gives them: where they come from, where they go, how tokens are fetched and replaced, and that
//! none is ever shown.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "credentials/errors.rs"]
mod errors;
#[path = "credentials/front.rs"]
mod front;
#[path = "credentials/renewal.rs"]
mod renewal;
#[path = "credentials/scene.rs"]
mod scene;
#[path = "credentials/sources.rs"]
mod sources;
#[path = "credentials/targets.rs"]
mod targets;
