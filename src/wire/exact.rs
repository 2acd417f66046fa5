//! The exact way: the bytes of a request over a connection of our own, the answer read while they are written.

use super::connect::{Connector, Link};
use super::failure::{answering, failed, failure, no_byte, no_connection};
use super::limits::{Clock, IDLE, KEPT, Limits, micros};
use super::reading::Reading;
use super::request::Request;
use crate::exchange::{End, Failure, FailureKind, Outcome, Timing};
use futures_util::FutureExt as _;
use futures_util::future::{Either, select};
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, timeout_at};

/// How many bytes are written at once: while the system takes them in it acknowledges nothing, and what a server holds
/// back until then is lost when it resets.
const PIECE: usize = 16 * 1024;

/// Sends exact bytes, one connection a request, kept where the answer allows it.
pub(super) struct Exact {
    connector: Connector,
    /// What makes a target absolute, for a proxy that forwards; empty where there is none.
    base: String,
    kept: Mutex<Vec<(Instant, Link)>>,
}

/// One conversation over one connection.
struct Talk {
    outcome: Outcome,
    timing: Timing,
    /// The connection ended before any byte.
    silent_end: bool,
}

impl Exact {
    pub(super) fn new(connector: Connector) -> Self {
        let base = connector.forwarder().map(|_| format!("http://{}", connector.target.authority()));
        Self { base: base.unwrap_or_default(), connector, kept: Mutex::default() }
    }

    /// Whether somebody accepts a connection at the target.
    pub(super) async fn reach(&self, limits: Limits) -> Result<(), Failure> {
        let clock = Clock::start(limits, true);
        self.connect(clock).await.map(drop)
    }

    /// Sends a request; `owed` says whether an answer is.
    pub(super) async fn send(&self, request: &Request, limits: Limits, owed: bool) -> (Outcome, Timing) {
        // On loopback nothing is slow on its way out, and a run has to end.
        let away = !self.connector.target.is_loopback();
        let limits = if away { limits.with_time_to_send(request.body.len()) } else { limits };
        let clock = Clock::start(limits, owed);
        if !self.base.is_empty() && !request.target.starts_with(b"/") {
            let why = "a proxy forwards requests, and this target cannot be made absolute for it";
            return failed(failure(FailureKind::Unsendable, why), None, clock);
        }
        let authorization = self.connector.forwarder().and_then(|proxy| proxy.authorization.as_ref());
        let bytes = request.bytes(
            &self.connector.target.authority(),
            &self.base,
            authorization.map(http::HeaderValue::as_bytes),
        );
        if request.clean
            && let Some(link) = self.take().await.filter(|_| !request.wants_fresh())
        {
            let talk = self.talk(link, request, &bytes, clock, None).await;
            // The other side may close a kept connection at any time; only then does the request go out again.
            if !talk.silent_end {
                return (talk.outcome, talk.timing);
            }
        }
        let began = Instant::now();
        match self.connect(clock).await {
            Ok(link) => {
                let talk = self.talk(link, request, &bytes, clock, Some(began.elapsed())).await;
                (talk.outcome, talk.timing)
            }
            Err(why) => failed(why, Some(began.elapsed()), clock),
        }
    }

    async fn connect(&self, clock: Clock) -> Result<Link, Failure> {
        let deadline = clock.connected(Instant::now());
        timeout_at(deadline, self.connector.connect()).await.unwrap_or_else(|_| Err(no_connection(clock.limits)))
    }

    async fn talk(&self, link: Link, request: &Request, bytes: &[u8], clock: Clock, connect: Option<Duration>) -> Talk {
        let stood = if connect.is_some() { Instant::now() } else { clock.start };
        let (mut input, mut output) = tokio::io::split(link);
        let mut reading = Reading::new(clock.limits.max_body);
        let (read, written) = {
            let read = pin!(converse(&mut reading, &mut input, &request.method, clock, stood));
            let write = pin!(async {
                for piece in bytes.chunks(PIECE) {
                    output.write_all(piece).await?;
                }
                output.flush().await
            });
            match select(read, write).await {
                // Answered before all of it was written: nobody waits for the rest.
                Either::Left((read, _)) => (read, false),
                Either::Right((written, read)) => (read.await, written.is_ok()),
            }
        };
        let timing = Timing {
            connect_us: connect.map(micros),
            first_byte_us: reading.first_byte.map(|at| micros(at.saturating_duration_since(stood))),
            total_us: micros(clock.start.elapsed()),
        };
        let silent_end = reading.first_byte.is_none()
            && matches!(&read, Err(why) if matches!(why.kind, FailureKind::Closed | FailureKind::Reset));
        if read == Ok(End::Complete) && written && request.clean && reading.leaves_open() {
            self.keep(input.unsplit(output));
        }
        let outcome = match read {
            Ok(end) => reading.answer(end).map_or_else(
                || Outcome::Failed(failure(FailureKind::Closed, "the connection was closed before an answer")),
                Outcome::Answered,
            ),
            Err(why) => Outcome::Failed(why),
        };
        Talk { outcome, timing, silent_end }
    }

    fn keep(&self, link: Link) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push((Instant::now(), link));
        }
    }

    /// A kept connection that still stands, as far as can be known.
    async fn take(&self) -> Option<Link> {
        // Lets the runtime hear of connections that were closed meanwhile.
        tokio::task::yield_now().await;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((since, mut link)) = kept.pop() {
            let quiet = link.read(&mut [0]).now_or_never().is_none();
            if quiet && since.elapsed() < IDLE {
                return Some(link);
            }
        }
        None
    }
}

/// Reads the answer within its deadlines.
async fn converse<R: AsyncRead + Unpin>(
    reading: &mut Reading,
    input: &mut R,
    method: &str,
    clock: Clock,
    stood: Instant,
) -> Result<End, Failure> {
    match timeout_at(clock.first_byte(stood), reading.fill(input)).await {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => return Err(failure(FailureKind::Closed, "the connection was closed before an answer")),
        Ok(Err(error)) => return Err(answering(&error)),
        Err(_) => return Err(no_byte(clock.limits)),
    }
    let Ok(head) = timeout_at(clock.whole(), reading.head(input, method)).await else {
        let why = format!("the head of the answer began and did not end within {:?}", clock.limits.whole);
        return Err(reading.fail(FailureKind::Silence, why));
    };
    match head? {
        End::Complete => Ok(timeout_at(clock.whole(), reading.body(input)).await.unwrap_or(End::TimedOut)),
        end => Ok(end),
    }
}
