//! What the readers accept, and what they say of files that they do not.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

#[path = "load/accepted.rs"]
mod accepted;
#[path = "load/faults.rs"]
mod faults;
#[path = "load/mutations.rs"]
mod mutations;
#[path = "load/odd_files.rs"]
mod odd_files;
#[path = "load/scene.rs"]
mod scene;
