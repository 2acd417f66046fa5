//! The door to the network: one probe out, one outcome back, whatever the other side does. Knows nothing of cases,
//! rules or operations, never follows a redirect and never decodes a body.

mod capture;
mod connect;
mod error;
mod exact;
mod failure;
mod head;
mod limits;
mod ordinary;
mod proxy;
mod reading;
mod request;
mod stamp;
mod tls;

pub use error::WireError;
pub use limits::Limits;
pub use proxy::Proxies;

use crate::exchange::{Failure, FailureKind, Outcome, Probe, Secrets, Target, Timing, Way};
use connect::Connector;
use exact::Exact;
use ordinary::Ordinary;
use request::Request;
use std::path::Path;

/// The two ways to one target. May be used by several requests at once, inside one tokio runtime.
pub struct Wire {
    secrets: Secrets,
    /// What is masked: the secrets, and the credential of the proxy.
    hidden: Secrets,
    limits: Limits,
    ordinary: Ordinary,
    exact: Exact,
}

impl Wire {
    /// Lays the wire to a target, past the proxy that the environment sets. `ca_file` holds roots in PEM that are
    /// trusted beside the system's.
    pub fn new(target: Target, secrets: Secrets, limits: Limits, ca_file: Option<&Path>) -> Result<Self, WireError> {
        Self::with_proxies(target, secrets, limits, ca_file, &Proxies::from_env())
    }

    /// Lays the wire to a target past proxies of the caller's choice.
    pub fn with_proxies(
        target: Target,
        secrets: Secrets,
        limits: Limits,
        ca_file: Option<&Path>,
        proxies: &Proxies,
    ) -> Result<Self, WireError> {
        let proxy = proxies.before(&target)?;
        let system = target.is_tls() || proxy.as_ref().is_some_and(|proxy| proxy.tls);
        let config = tls::config(ca_file, system)?;
        let mut hidden = secrets.clone();
        if let Some(authorization) = proxy.as_ref().and_then(|proxy| proxy.authorization.as_ref()) {
            let value = authorization.as_bytes();
            hidden.insert("proxy", value.strip_prefix(b"Basic ").unwrap_or(value));
        }
        let ordinary = Ordinary::new(&target, config.clone(), proxy.clone())?;
        let exact = Exact::new(Connector { target, config, proxy });
        Ok(Self { secrets, hidden, limits, ordinary, exact })
    }

    /// Asks whether somebody accepts a connection at the target, TLS included.
    pub async fn reach(&self) -> Result<(), Failure> {
        self.exact.reach(self.limits).await.map_err(|why| capture::failure(&why, &self.hidden))
    }

    /// Sends a probe and gives what came back, secrets masked. Whatever goes wrong is part of the outcome.
    pub async fn send(&self, probe: &Probe) -> (Outcome, Timing) {
        let (outcome, timing) = match Request::new(probe, &self.secrets) {
            Ok(request) => self.carry(probe, &request).await,
            Err(why) => (Outcome::Failed(failure::failure(FailureKind::Unsendable, why)), Timing::default()),
        };
        (capture::outcome(outcome, &self.hidden), timing)
    }

    async fn carry(&self, probe: &Probe, request: &Request) -> (Outcome, Timing) {
        if probe.way() == Way::Ordinary
            && let Some(ready) = self.ordinary.request(request)
            && let Some(sent) = self.ordinary.send(ready, self.limits).await
        {
            return sent;
        }
        self.exact.send(request, self.limits, probe.is_complete()).await
    }
}
