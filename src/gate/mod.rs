//! Safety: what may be sent to which target. Pure; says no before anything is sent.

mod credential;
mod expiry;
mod flood;
mod write;

pub use credential::{Admitted, Credentials, GateError, Owner, Pass, admit};
pub use flood::may_flood;
pub use write::{Gate, names_another_thing, names_real_thing, shows_credential};
