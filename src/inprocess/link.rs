//! Calls a service in process: a probe goes in, an exchange comes out. What only a socket could carry is not sent.

use crate::exchange::{Answer, End, Exchange, Failure, FailureKind, Octets, Outcome, Probe, Purpose, Secrets, Timing};
use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use futures_util::StreamExt;
use http::header::{CONTENT_LENGTH, HOST};
use http::{HeaderName, HeaderValue, Method, Request, Response};
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tower_service::Service;

/// How long the service may take for one answer.
const DEADLINE: Duration = Duration::from_secs(10);
/// The largest body that is read.
const LARGEST: usize = 32 << 20;
/// What belongs to the framing of a connection, and means nothing without one.
const FRAMING: [&str; 6] = ["connection", "content-length", "expect", "te", "trailer", "transfer-encoding"];

/// An answer, or why there is none.
type Came = Result<Answer, String>;
type Call = Box<dyn Fn(Request<Vec<u8>>) -> Pin<Box<dyn Future<Output = Came>>> + Send + Sync>;

/// The way to a service in process.
pub struct Link {
    call: Call,
    secrets: Secrets,
    runtime: Runtime,
    sent: AtomicU64,
    began: Instant,
}

impl Link {
    /// A way to a service; the secrets are put in where their markers stand, and masked in what comes back.
    pub fn new<S, R>(service: S, secrets: Secrets) -> io::Result<Self>
    where
        S: Service<Request<Body>, Response = Response<R>> + Clone + Send + 'static,
        S::Error: std::fmt::Display,
        R: HttpBody<Data = Bytes> + Send + 'static,
        R::Error: Into<BoxError>,
    {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let service = Mutex::new(service);
        let call = move |request: Request<Vec<u8>>| -> Pin<Box<dyn Future<Output = Came>>> {
            let mut service = service.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Box::pin(async move {
                poll_fn(|context| service.poll_ready(context)).await.map_err(|error| error.to_string())?;
                let response = service.call(request.map(Body::from)).await.map_err(|error| error.to_string())?;
                Ok(answer(response.map(Body::new)).await)
            })
        };
        Ok(Self { call: Box::new(call), secrets, runtime, sent: AtomicU64::new(0), began: Instant::now() })
    }

    /// Sends a probe; `None` where only a socket could carry it as it stands.
    pub fn send(&self, probe: &Arc<Probe>, purpose: Purpose) -> Option<Exchange> {
        let probe = self.secrets.settled(probe);
        let request = request(&probe, &self.secrets)?;
        let began = Instant::now();
        let came = self.runtime.block_on(async { timeout(DEADLINE, (self.call)(request)).await });
        let failed = |kind, detail: String| {
            Outcome::Failed(Failure { kind, detail: self.secrets.mask_text(&detail), head: Octets::default() })
        };
        let outcome = match came {
            Ok(Ok(answer)) => Outcome::Answered(self.masked(answer, probe.method == "HEAD")),
            Ok(Err(error)) => failed(FailureKind::Closed, error),
            Err(_) => failed(FailureKind::Silence, format!("no answer in {} s", DEADLINE.as_secs())),
        };
        let took = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        Some(Exchange {
            number: self.sent.fetch_add(1, Ordering::Relaxed) + 1,
            purpose,
            at_ms: u64::try_from(began.duration_since(self.began).as_millis()).unwrap_or(u64::MAX),
            probe,
            outcome,
            timing: Timing { connect_us: None, first_byte_us: Some(took), total_us: took },
        })
    }

    fn masked(&self, answer: Answer, bodiless: bool) -> Answer {
        let headers = answer.headers.iter().map(|(name, value)| (name.clone(), self.secrets.mask(value)));
        let (body, end) = if bodiless { (Octets::default(), End::Complete) } else { (answer.body, answer.end) };
        Answer { headers: headers.collect(), body: self.secrets.mask(&body), end, ..answer }
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Link").field("secrets", &self.secrets).field("sent", &self.sent).finish_non_exhaustive()
    }
}

/// The request that a server would hand to the service.
fn request(probe: &Probe, secrets: &Secrets) -> Option<Request<Vec<u8>>> {
    let framed = probe.headers.iter().any(|(name, _)| FRAMING.iter().any(|framing| name.eq_ignore_ascii_case(framing)));
    if framed || !probe.target.0.starts_with(b"/") {
        return None;
    }
    let body = secrets.fill(&probe.body.0);
    let mut request = Request::builder()
        .method(Method::from_bytes(probe.method.as_bytes()).ok()?)
        .uri(secrets.fill(&probe.target.0).as_slice());
    for (name, value) in &probe.headers {
        // The blanks around a value are no part of it.
        let value = HeaderValue::from_bytes(secrets.fill(&value.0).trim_ascii()).ok()?;
        request = request.header(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    if probe.header(HOST.as_str()).is_none() && !probe.omit.iter().any(|name| name == HOST.as_str()) {
        request = request.header(HOST, "localhost");
    }
    if !body.is_empty() || probe.method == "POST" {
        request = request.header(CONTENT_LENGTH, body.len());
    }
    request.body(body).ok()
}

async fn answer(response: Response<Body>) -> Answer {
    let (head, body) = response.into_parts();
    let declared = head.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let (body, end) = whole(body, declared).await;
    let headers = head.headers.iter().map(|(name, value)| (name.to_string(), Octets(value.as_bytes().to_vec())));
    Answer {
        version: format!("{:?}", head.version),
        status: head.status.as_u16(),
        reason: head.status.canonical_reason().unwrap_or_default().to_owned(),
        headers: headers.collect(),
        body: body.into(),
        end,
    }
}

/// Reads a body to its end, as a client that knows its declared length would.
async fn whole(body: Body, declared: Option<u64>) -> (Vec<u8>, End) {
    let (mut stream, mut bytes) = (body.into_data_stream(), Vec::new());
    while let Some(chunk) = stream.next().await {
        let Ok(chunk) = chunk else {
            let received = bytes.len() as u64;
            return (bytes, End::Truncated { declared, received });
        };
        if bytes.len() + chunk.len() > LARGEST {
            return (bytes, End::TooLarge { limit: LARGEST as u64 });
        }
        bytes.extend_from_slice(&chunk);
    }
    let received = bytes.len() as u64;
    let short = declared.is_some_and(|declared| declared > received);
    (bytes, if short { End::Truncated { declared, received } } else { End::Complete })
}
