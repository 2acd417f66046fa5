//! The one seam where requests come in and answers go out: what a variant and the faults make of them.
//!
//! The code between is that of the honest tenant and knows of neither.

use super::answer::Answer;
use super::at::At;
use super::call::Call;
use super::deed::{Asked, Deed};
use super::endpoint::Endpoint;
use super::estate::Estate;
use super::faults::Fault;
use super::field;
use super::variants::Variant;
use axum::body::{Body, Bytes};
use axum::response::Response;
use futures_util::StreamExt as _;
use futures_util::stream;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The variant and the faults of a tenant.
#[derive(Debug, Clone)]
pub struct Seam {
    variant: Option<&'static Variant>,
    faults: Vec<&'static Fault>,
    answers: Arc<AtomicU64>,
    latest: Arc<Mutex<HashMap<String, (Instant, Answer)>>>,
}

impl Seam {
    /// A tenant of a variant, with faults; the faults act first.
    pub fn new(variant: Option<&'static Variant>, faults: Vec<&'static Fault>) -> Self {
        Self { variant, faults, answers: Arc::default(), latest: Arc::default() }
    }

    /// The answer before, where this one comes so soon after it; else this one is what the next may come after.
    fn before(&self, call: &Call, time: Duration, answer: &Answer) -> Option<Answer> {
        let mut latest = self.latest.lock().ok()?;
        let path = call.head.uri.path();
        match latest.get(path) {
            Some((at, before)) if at.elapsed() < time => Some(before.clone()),
            _ => {
                latest.insert(path.to_owned(), (Instant::now(), answer.clone()));
                None
            }
        }
    }

    fn deeds(&self) -> impl Iterator<Item = (&At, Deed)> {
        let variant = self.variant.into_iter().flat_map(|variant| variant.deeds);
        self.faults.iter().map(|fault| (&fault.at, fault.deed)).chain(variant.map(|(at, deed)| (at, *deed)))
    }

    /// Takes a request for another one, where a deed says so.
    pub fn misread(&self, estate: &Estate, endpoint: Option<Endpoint>, call: &mut Call) {
        for (at, deed) in self.deeds() {
            if let Deed::Misread(misread) = deed
                && at.asks(endpoint, call)
            {
                misread(estate, call);
            }
        }
    }

    /// Writes an answer, with what the deeds make of it. Where one shows is told by the honest answer.
    pub async fn leave(&self, endpoint: Option<Endpoint>, call: &Call, id: &str, mut answer: Answer) -> Response {
        let asked = Asked { call, id, count: self.answers.fetch_add(1, Ordering::Relaxed) };
        let here = self.deeds().filter(|(at, _)| at.asks(endpoint, call) && at.answers(&answer));
        let deeds: Vec<Deed> = here.map(|(_, deed)| deed).collect();
        for deed in &deeds {
            match *deed {
                Deed::Put(pointer, put) => field::put(&mut answer.body, pointer, put),
                Deed::Alter(alter) => alter(asked, &mut answer),
                Deed::Delay(wait) => tokio::time::sleep(wait).await,
                Deed::Meanwhile(time, alter) => {
                    if let Some(before) = self.before(call, time, &answer) {
                        alter(asked, &mut answer, &before);
                    }
                }
                Deed::Misread(_) | Deed::Write(_) | Deed::Send(_) | Deed::Pieces(..) => {}
            }
        }
        let mut written = answer.written();
        let mut pieces = None;
        for deed in &deeds {
            match *deed {
                Deed::Write(write) => write(asked, &mut written),
                Deed::Pieces(most, pause) => pieces = Some((most, pause)),
                _ => {}
            }
        }
        for deed in &deeds {
            if let Deed::Send(send) = *deed
                && let Some(raw) = send(asked, &written)
            {
                written.extensions_mut().insert(raw);
            }
        }
        match pieces {
            Some((most, pause)) => written.map(|body| in_pieces(&body, most, pause)),
            None => written.map(Body::from),
        }
    }
}

/// A body whose length is not known before its end.
fn in_pieces(body: &[u8], most: usize, pause: Duration) -> Body {
    let pieces: Vec<Bytes> = body.chunks(most.max(1)).map(Bytes::copy_from_slice).collect();
    Body::from_stream(stream::iter(pieces).then(move |piece| async move {
        tokio::time::sleep(pause).await;
        Ok::<_, Infallible>(piece)
    }))
}
