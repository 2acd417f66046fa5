//! Safety: what may be sent to which target. Pure; says no before anything is sent.

mod credential;
mod write;

pub use credential::{Credentials, GateError, Owner, admit};
pub use write::{Gate, names_real_thing};
