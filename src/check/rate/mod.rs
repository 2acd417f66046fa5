//! Rules about the rate limit: what every answer of a burst keeps, and what comes after the announced wait.

mod burst;
mod form;
pub mod no_collapse;
pub mod serves_after_wait;

pub use form::form;
