//! The embedded tenant: a real server on loopback that keeps the whole contract, in odd ways or not, or breaks
//! the promises it is told to.
//!
//! Shares no code with the rooms that generate or judge, and names nothing of the project but the words of `contract`:
//! two readers that agree by being the same would prove nothing.

mod answer;
mod at;
mod authorization;
mod call;
mod clock;
mod coding;
mod config;
mod csv;
mod deed;
mod detail;
mod documents;
mod endpoint;
mod envelope;
mod estate;
mod faults;
mod field;
mod form;
mod get_document;
mod ids;
mod intake;
mod jwt;
mod language;
mod limit;
mod listen;
mod load_accounts;
mod oauth_token;
mod percent;
mod raw;
mod refusal;
mod rewrite;
mod seam;
mod serve;
mod service;
mod sources;
mod task;
mod task_status;
mod tenant;
mod upload;
mod variants;

pub use faults::{Class, Fault};
pub use jwt::is_own_token;
pub use limit::Rate;
pub use service::Service;
pub use tenant::{Options, Tenant};
pub use variants::Variant;
