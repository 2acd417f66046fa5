//! Rules about the answer as a whole: that it comes, whole and in time, with a status that is promised.

pub mod complete;
pub mod expected_status;
pub mod http;
pub mod in_time;
pub mod listed_status;
pub mod no_redirect;
pub mod no_server_error;
mod owed;
mod standing;

pub use standing::{Form, Standing, standing};

use super::fault::Fault;
use super::scene::Scene;
use crate::exchange::Failure;

/// Judges that no answer began to arrive. What says nothing about the tenant's answers (no connection, TLS, a proxy)
/// breaks no rule.
pub fn failure(scene: &Scene<'_>, failure: &Failure) -> Option<Fault> {
    http::failed(scene, failure).or_else(|| in_time::failed(scene, failure))
}
