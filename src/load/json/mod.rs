//! Reads JSON strictly: no key twice, and every value knows its JSON pointer.

mod node;
mod strict;

pub use node::{Json, Node};
pub use strict::read;
