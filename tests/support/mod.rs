//! What tests of the whole program share: a folder to run it in, and servers over raw loopback sockets.

pub mod program;
pub mod server;
