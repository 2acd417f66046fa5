//! The engines of the fuzz targets: each takes a fuzzer's bytes and panics where its property does not hold.
//!
//! The properties stand as formulas in `README.md`.

pub mod answers;
pub mod bodies;
pub mod case_file;
pub mod generated;
pub mod logs;
pub mod readers;
pub mod requests;
pub mod service;
pub mod stage;
