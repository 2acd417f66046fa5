//! Makes the request of a finding smaller: answers the next request to try, or that there is none. Pure; never sends.

mod bounds;
mod cells;
mod freedom;
mod lines;
mod machine;
mod octets;
mod parts;
mod pass;
mod shape;
mod slot;
mod trim;
mod uses;

pub use freedom::Freedom;
pub use machine::{Shrink, TRIES};
pub use shape::{Material, Shape, size};
