//! A target that is not loopback by its name: what may arrive there, how much, how fast, and with which token. Counted
//! at the server, behind a proxy and TLS.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "support/authority.rs"]
mod authority;
#[path = "away/pace.rs"]
mod pace;
#[path = "away/proxy.rs"]
mod proxy;
#[expect(dead_code, reason = "not every test needs all of it")]
mod support;
#[path = "away/tokens.rs"]
mod tokens;
#[path = "away/trip.rs"]
mod trip;
#[path = "away/writes.rs"]
mod writes;
