//! Contract fuzzing of a service in process: no socket, and a fuzzer's bytes choose what is sent.
//!
//! The service is any [`tower_service::Service`] that takes an [`http::Request`] with axum's body, such as an axum router. The bytes
//! choose requests out of the contract and the world: the hand-written cases, every defect and every valid variation,
//! with other random choices each time; and edits of their own. What must come back is known from the case or from the
//! defect's proof. Where the bytes have edited the request themselves, only what holds for any request is judged.
//!
//! ```
//! use tenantcheck::inprocess::{Fuzzer, Setup};
//! use tenantcheck::mock::{Rate, Service};
//!
//! let tenant = Service::new(Rate { requests: u32::MAX, seconds: 1 }, None, Vec::new())?;
//! let setup = Setup::of(tenant.world())
//!     .credential("full", &tenant.token("full"))
//!     .credential("limited", &tenant.token("limited"));
//! let fuzzer = Fuzzer::new(tenant.router(), setup)?;
//! fuzzer.run(b"whatever a fuzzer makes up")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attack;
mod edit;
mod error;
mod failure;
mod fuzzer;
mod link;
mod setup;

pub use error::SetupError;
pub use failure::Failure;
pub use fuzzer::Fuzzer;
pub use link::Link;
pub use setup::Setup;
