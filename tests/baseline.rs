//! `--baseline` and `--update-baseline`: what is known does not fail a run, stands in every report, and is not forgotten.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

#[path = "baseline/faces.rs"]
mod faces;
#[path = "baseline/files.rs"]
mod files;
#[path = "baseline/known.rs"]
mod known;
#[path = "baseline/scene.rs"]
mod scene;
#[path = "baseline/stale.rs"]
mod stale;
#[expect(dead_code, reason = "not every test needs all of it")]
mod support;
