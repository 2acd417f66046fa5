//! The door to the network: one probe out, one outcome back, whatever the other side does. Knows nothing of cases,
//! rules or operations, never follows a redirect and never decodes a body.

mod capture;
mod connect;
mod desk;
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
mod token;
mod token_error;

pub use desk::Fetch;
pub use error::WireError;
pub use limits::Limits;
pub use proxy::Proxies;
pub use token_error::{TokenError, Wrong};

use crate::exchange::{Client, Failure, FailureKind, Outcome, Probe, Secrets, Target, Timing, Way};
use connect::Connector;
use desk::{Desk, Held};
use exact::Exact;
use ordinary::Ordinary;
use request::Request;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use token::Token;

/// How long the answer to a request for a token may take.
const TOKEN_TIME: Duration = Duration::from_secs(5);
/// The largest answer to a request for a token that is read, in bytes.
const TOKEN_SIZE: u64 = 256 * 1024;

/// The two ways to one target. May be used by several requests at once, inside one tokio runtime.
pub struct Wire {
    target: Target,
    /// What is put in and masked; the credential of the proxy is masked only. Grows with each token that is fetched.
    secrets: RwLock<Arc<Secrets>>,
    desk: Desk,
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
        let mut secrets = secrets;
        if let Some(authorization) = proxy.as_ref().and_then(|proxy| proxy.authorization.as_ref()) {
            let value = authorization.as_bytes();
            secrets.hide("proxy", value.strip_prefix(b"Basic ").unwrap_or(value));
        }
        let ordinary = Ordinary::new(&target, config.clone(), proxy.clone())?;
        let exact = Exact::new(Connector { target: target.clone(), config, proxy });
        let (secrets, desk) = (RwLock::new(Arc::new(secrets)), Desk::default());
        Ok(Self { target, secrets, desk, limits, ordinary, exact })
    }

    /// Lets clients fetch their callers' tokens over this wire; their secrets are among the wire's.
    #[must_use]
    pub fn with_clients(self, clients: Vec<Client>) -> Self {
        let mut secrets = Secrets::clone(&self.secrets());
        for client in &clients {
            let name = Client::secret(&client.caller);
            // As it stands in the request for a token, which a tenant may say back.
            if let Some(secret) = secrets.value(&name).map(|secret| String::from_utf8_lossy(secret).into_owned()) {
                secrets.hide(name, token::encoded(&secret));
            }
        }
        Self { desk: Desk::new(clients), secrets: RwLock::new(Arc::new(secrets)), ..self }
    }

    /// Asks whether somebody accepts a connection at the target, TLS included.
    pub async fn reach(&self) -> Result<(), Failure> {
        self.exact.reach(self.limits).await.map_err(|why| capture::failure(&why, &self.secrets()))
    }

    /// Sends a probe and gives what came back, secrets masked. Whatever goes wrong is part of the outcome.
    pub async fn send(&self, probe: &Probe) -> (Outcome, Timing) {
        let (outcome, timing) = match Request::new(probe, &self.secrets()) {
            Ok(request) => self.carry(probe, &request, self.limits).await,
            Err(why) => (Outcome::Failed(failure::failure(FailureKind::Unsendable, why)), Timing::default()),
        };
        self.desk.hear(probe.caller.as_deref(), &outcome);
        // What was fetched meanwhile is masked too.
        (capture::outcome(outcome, &self.secrets()), timing)
    }

    /// A probe as it is sent and may be written down: whether a bad token is made from a caller's own or from nothing is
    /// settled by the token that the caller has by now.
    pub fn settled(&self, probe: &Arc<Probe>) -> Arc<Probe> {
        self.secrets().settled(probe)
    }

    /// The callers whose tokens are fetched.
    pub fn clients(&self) -> impl Iterator<Item = &str> {
        self.desk.callers()
    }

    /// What was fetched since this was asked last.
    pub fn fetches(&self) -> Vec<Fetch> {
        self.desk.take_fetches()
    }

    /// Fetches a token for a caller of a client that has none, or whose own is near its end. A failure is among the
    /// fetches as well.
    pub async fn freshen(&self, caller: Option<&str>) -> Result<(), TokenError> {
        let Some(held) = self.desk.held(caller).filter(|held| held.is_due(Instant::now())) else { return Ok(()) };
        let _turn = held.turn.lock().await;
        if !held.is_due(Instant::now()) {
            return Ok(());
        }
        self.fetch(held).await.inspect_err(|_| held.failed(false))
    }

    /// Fetches another token for a caller whose own was refused after it had worked; says whether there is another one
    /// than when the refused request was sent.
    pub async fn renew(&self, caller: Option<&str>, sent: Instant) -> bool {
        let Some(held) = self.desk.held(caller) else { return false };
        let _turn = held.turn.lock().await;
        if held.is_newer(sent) {
            return true;
        }
        held.has_worked() && self.fetch(held).await.inspect_err(|_| held.failed(true)).is_ok()
    }

    /// Whether a caller's token was replaced after a request of it was sent.
    pub fn has_replaced(&self, caller: Option<&str>, sent: Instant) -> bool {
        self.desk.held(caller).is_some_and(|held| held.is_newer(sent))
    }

    async fn fetch(&self, held: &Held) -> Result<(), TokenError> {
        let caller = held.client.caller.clone();
        let fetched = self.token(&held.client).await;
        let failed = |wrong: Wrong| TokenError { caller: caller.clone(), url: self.token_url(), wrong };
        let fetched = fetched.map_err(failed).map(|token| {
            self.remember(&caller, token.value);
            held.renewed(Instant::now(), token.life);
        });
        self.desk.record(Fetch { caller, error: fetched.clone().err() });
        fetched
    }

    async fn token(&self, client: &Client) -> Result<Token, Wrong> {
        if !self.target.is_tls() && !self.target.is_loopback() {
            return Err(Wrong::Unencrypted);
        }
        let secrets = self.secrets();
        let secret = secrets.value(&Client::secret(&client.caller)).unwrap_or_default();
        let secret = String::from_utf8_lossy(secret);
        let probe = token::probe(&self.target, client, &secret);
        let request = Request::new(&probe, &Secrets::default()).map_err(Wrong::Lost)?;
        let limits = Limits { whole: TOKEN_TIME, max_body: TOKEN_SIZE, ..self.limits };
        let (outcome, _) = self.carry(&probe, &request, limits).await;
        token::read(outcome, client, &secrets)
    }

    fn token_url(&self) -> String {
        format!("{}{}", self.target, token::PATH)
    }

    fn remember(&self, caller: &str, token: String) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        Arc::make_mut(&mut secrets).insert(caller, token);
    }

    fn secrets(&self) -> Arc<Secrets> {
        Arc::clone(&self.secrets.read().unwrap_or_else(PoisonError::into_inner))
    }

    async fn carry(&self, probe: &Probe, request: &Request, limits: Limits) -> (Outcome, Timing) {
        if probe.way() == Way::Ordinary
            && let Some(ready) = self.ordinary.request(request)
            && let Some(sent) = self.ordinary.send(ready, request.wants_fresh(), limits).await
        {
            return sent;
        }
        self.exact.send(request, limits, probe.is_complete()).await
    }
}
