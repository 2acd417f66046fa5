//! The embedded honest tenant: a real server on loopback that keeps the whole contract.
//!
//! Shares no code with the rooms that generate or judge, and names nothing of the project but the words of `contract`:
//! two readers that agree by being the same would prove nothing.

mod answer;
mod authorization;
mod call;
mod clock;
mod config;
mod csv;
mod detail;
mod documents;
mod endpoint;
mod envelope;
mod estate;
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
mod refusal;
mod serve;
mod service;
mod sources;
mod task;
mod task_status;
mod tenant;
mod upload;

pub use limit::Rate;
pub use service::Service;
pub use tenant::{Options, Tenant};
