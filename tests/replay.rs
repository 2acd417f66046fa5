//! Findings are kept after their run, and what is kept is sent again byte for byte.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "replay/again.rs"]
mod again;
#[path = "replay/bytes.rs"]
mod bytes;
#[path = "replay/capture.rs"]
mod capture;
#[path = "replay/folder.rs"]
mod folder;
#[path = "replay/saved.rs"]
mod saved;
#[path = "replay/scene.rs"]
mod scene;

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;
