//! What is found is told by the smallest request that shows it: against real sockets, and as tables of the machine.
#![cfg(test)]

#[expect(dead_code, reason = "not every test needs all of it")]
#[path = "support/front.rs"]
mod front;
#[path = "shrink/live.rs"]
mod live;
#[path = "shrink/machine.rs"]
mod machine;
#[expect(dead_code, reason = "not every test needs all of it")]
mod support;
