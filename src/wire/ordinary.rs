//! The ordinary way: reqwest, for what it sends as it stands. Each client carries one request at a time, so that its
//! stamps and its kept connection belong to that request alone.

use super::error::WireError;
use super::failure::{
    answering, connecting, failed, failure, is_eof, is_unreadable, is_unsent, no_byte, no_connection, told,
};
use super::head::MAX_HEADERS;
use super::limits::{Clock, IDLE, KEPT, Limits, micros};
use super::proxy::Proxy;
use super::request::Request;
use super::stamp::{Stage, Stamp};
use crate::exchange::{Answer, End, Failure, FailureKind, Octets, Outcome, Target, Timing};
use hyper::ext::ReasonPhrase;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};
use reqwest::{Client, Method, Response, Url};
use rustls::ClientConfig;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The largest body that goes this way: what fits the buffers of the system is written at once, so that an early
/// answer is not lost behind a request that nobody reads.
const MAX_BODY: usize = 16 * 1024;

/// How many turns of the runtime let a client put its connection away, or hear that it was closed.
const TURNS: usize = 4;

/// Sends through reqwest.
pub(super) struct Ordinary {
    config: Arc<ClientConfig>,
    proxy: Option<Proxy>,
    origin: String,
    lanes: Mutex<Vec<Lane>>,
}

/// A client and the stamp of the request that it carries.
struct Lane {
    client: Client,
    stamp: Stamp,
}

/// What one try gave.
struct Try {
    outcome: Outcome,
    timing: Timing,
    next: Next,
}

/// What a try leaves to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Nothing,
    /// A kept connection ended before any answer: once more, on a fresh one.
    Again,
    /// The client gave the request back unsent, since the other side spoke first.
    Unsent,
}

impl Ordinary {
    pub(super) fn new(target: &Target, config: Arc<ClientConfig>, proxy: Option<Proxy>) -> Result<Self, WireError> {
        let scheme = if target.is_tls() { "https" } else { "http" };
        let origin = format!("{scheme}://{}", target.authority());
        let ordinary = Self { config, proxy, origin, lanes: Mutex::default() };
        let lane = ordinary.lane().map_err(|error| WireError::Client(told(&error)))?;
        ordinary.put_away(lane);
        Ok(ordinary)
    }

    /// The request as reqwest carries it; `None` where it would add to it or mend it.
    pub(super) fn request(&self, request: &Request) -> Option<reqwest::Request> {
        let mut headers = HeaderMap::new();
        for (name, value) in &request.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            headers.try_append(name, HeaderValue::from_bytes(value).ok()?).ok()?;
        }
        // Without an Accept of the probe's reqwest sends one of its own.
        if !headers.contains_key(ACCEPT) || request.body.len() > MAX_BODY {
            return None;
        }
        let target = std::str::from_utf8(&request.target).ok()?;
        let url = Url::parse(&format!("{}{target}", self.origin)).ok()?;
        let kept = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        if kept != target {
            return None;
        }
        let mut ready = reqwest::Request::new(Method::from_bytes(request.method.as_bytes()).ok()?, url);
        *ready.headers_mut() = headers;
        *ready.body_mut() = (!request.body.is_empty()).then(|| request.body.clone().into());
        Some(ready)
    }

    /// Sends a request, over a connection of its own where it has to be `fresh`; `None` where nothing of it went out,
    /// because the other side spoke first.
    pub(super) async fn send(
        &self,
        request: reqwest::Request,
        fresh: bool,
        limits: Limits,
    ) -> Option<(Outcome, Timing)> {
        let clock = Clock::start(limits, true);
        turns().await;
        let spare = request.try_clone();
        let lane = match self.take_lane(fresh) {
            Ok(lane) => lane,
            Err(error) => return Some(failed(unset(&error), None, clock)),
        };
        let mut done = self.attempt(lane, request, clock).await;
        // The other side may close a kept connection at any time; only then does the request go out again.
        if let Some(again) = spare.filter(|_| done.next == Next::Again) {
            done = match self.lane() {
                Ok(lane) => self.attempt(lane, again, clock).await,
                Err(error) => return Some(failed(unset(&error), None, clock)),
            };
        }
        (done.next != Next::Unsent).then_some((done.outcome, done.timing))
    }

    async fn attempt(&self, lane: Lane, request: reqwest::Request, clock: Clock) -> Try {
        lane.stamp.reset();
        let began = Instant::now();
        let deadline = |stage| match stage {
            Stage::Kept => clock.first_byte(began),
            Stage::Connecting(began) => clock.connected(began),
            Stage::Connected { stood, .. } => clock.first_byte(stood),
        };
        let answered = tokio::select! {
            biased;
            answered = lane.client.execute(request) => {
                answered.map_err(|error| (self.classified(&error), next(&error, lane.stamp.stage())))
            }
            () = lane.stamp.expired(deadline) => Err((overdue(lane.stamp.stage(), clock.limits), Next::Nothing)),
        };
        let stage = lane.stamp.stage();
        let mut timing = Timing { connect_us: connect_time(stage).map(micros), ..Timing::default() };
        let (outcome, next) = match answered {
            Ok(response) => {
                let stood = if let Stage::Connected { stood, .. } = stage { stood } else { clock.start };
                timing.first_byte_us = Some(micros(stood.elapsed()));
                let answer = read(response, clock).await;
                if answer.end == End::Complete {
                    turns().await;
                    self.put_away(lane);
                }
                (Outcome::Answered(answer), Next::Nothing)
            }
            Err((why, next)) => (Outcome::Failed(why), next),
        };
        timing.total_us = micros(clock.start.elapsed());
        Try { outcome, timing, next }
    }

    fn classified(&self, error: &reqwest::Error) -> Failure {
        if error.is_connect() { connecting(error, self.proxy.is_some()) } else { answering(error) }
    }

    /// A lane; a `fresh` one takes the place of a kept one, which is given up.
    fn take_lane(&self, fresh: bool) -> Result<Lane, reqwest::Error> {
        let kept = self.lanes.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.filter(|_| !fresh).map_or_else(|| self.lane(), Ok)
    }

    fn put_away(&self, lane: Lane) {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if lanes.len() < KEPT {
            lanes.push(lane);
        }
    }

    fn lane(&self) -> Result<Lane, reqwest::Error> {
        let stamp = Stamp::new();
        let mut builder = Client::builder()
            .tls_backend_preconfigured(self.config.as_ref().clone())
            .http1_only()
            .http1_max_headers(MAX_HEADERS)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(IDLE)
            .connector_layer(stamp.clone());
        if let Some(proxy) = &self.proxy {
            let mut standing = reqwest::Proxy::all(proxy.url())?;
            if let Some(authorization) = &proxy.authorization {
                standing = standing.custom_http_auth(authorization.clone());
            }
            builder = builder.proxy(standing);
        }
        Ok(Lane { client: builder.build()?, stamp })
    }
}

/// What an error before the answer leaves to do.
fn next(error: &reqwest::Error, stage: Stage) -> Next {
    if is_unsent(error) {
        return Next::Unsent;
    }
    let ended = matches!(answering(error).kind, FailureKind::Closed | FailureKind::Reset);
    if stage == Stage::Kept && ended { Next::Again } else { Next::Nothing }
}

fn overdue(stage: Stage, limits: Limits) -> Failure {
    match stage {
        Stage::Connecting(_) => no_connection(limits),
        Stage::Kept | Stage::Connected { .. } => no_byte(limits),
    }
}

fn unset(error: &reqwest::Error) -> Failure {
    failure(FailureKind::Unsendable, format!("the HTTP client cannot be set up: {}", told(error)))
}

async fn turns() {
    for _ in 0..TURNS {
        tokio::task::yield_now().await;
    }
}

fn connect_time(stage: Stage) -> Option<Duration> {
    match stage {
        Stage::Kept => None,
        Stage::Connecting(began) => Some(began.elapsed()),
        Stage::Connected { began, stood } => Some(stood - began),
    }
}

/// Reads the body; what came before the end of the connection or the deadline is kept.
async fn read(mut response: Response, clock: Clock) -> Answer {
    let mut body = Vec::new();
    let max_body = clock.limits.max_body;
    let room = usize::try_from(max_body).unwrap_or(usize::MAX);
    let end = loop {
        match timeout_at(clock.whole(), response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let fits = chunk.get(..room - body.len()).unwrap_or(&chunk);
                body.extend_from_slice(fits);
                if fits.len() < chunk.len() {
                    break End::TooLarge { limit: max_body };
                }
            }
            Ok(Ok(None)) => break End::Complete,
            Ok(Err(error)) => break ending(&error, &response, body.len() as u64),
            Err(_) => break End::TimedOut,
        }
    };
    let reason = response.extensions().get::<ReasonPhrase>().map_or_else(
        || response.status().canonical_reason().unwrap_or_default().into(),
        |reason| String::from_utf8_lossy(reason.as_bytes()),
    );
    Answer {
        version: format!("{:?}", response.version()),
        status: response.status().as_u16(),
        reason: reason.into_owned(),
        headers: response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec().into()))
            .collect(),
        body: Octets(body),
        end,
    }
}

/// What an error in the middle of a body says of its end.
fn ending(error: &reqwest::Error, response: &Response, received: u64) -> End {
    let headers = response.headers();
    let declared = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if is_eof(error) {
        // TLS without a farewell ends what is framed by the end of the connection.
        let framed = declared.is_some() || headers.contains_key(TRANSFER_ENCODING);
        return if framed { End::Truncated { declared, received } } else { End::Complete };
    }
    if is_unreadable(error) { End::BadFraming(told(error)) } else { End::Reset }
}
