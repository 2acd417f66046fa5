//! What tests of the whole program share: a folder to run it in, and servers over raw loopback sockets.

mod program;
mod server;

pub use program::{Folder, Ran};
pub use server::{Request, Server, json, reply};
