//! Reads a request's body, whole and bounded, before anything is judged.
//!
//! An answer that comes before the body was read makes the server close a connection that still carries data, and the
//! client may then see a reset instead of the answer.

use super::detail;
use super::envelope::More;
use super::refusal::Refusal;
use axum::body::{Body, Bytes};
use futures_util::StreamExt;
use std::time::Duration;

/// The largest body that is taken, in bytes.
pub const LARGEST: usize = 64 * 1024 * 1024;

/// How much of a larger body is read and thrown away, and for how long, so that its sender can hear the answer.
const DRAINED: usize = 4 * LARGEST;
const DRAINED_WITHIN: Duration = Duration::from_secs(5);

/// Reads the whole body.
pub async fn whole(body: Body) -> Result<Bytes, Refusal> {
    let mut stream = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Refusal::bad_request("The body of the request ended too early."))?;
        if bytes.len() + chunk.len() > LARGEST {
            // Whether draining ends in time changes nothing: the refusal stands.
            let _ = tokio::time::timeout(DRAINED_WITHIN, drain(stream)).await;
            return Err(Refusal::Enveloped(&detail::TOO_LARGE, More::Nothing));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Bytes::from(bytes))
}

async fn drain(mut stream: axum::body::BodyDataStream) {
    let mut read = 0;
    while let Some(Ok(chunk)) = stream.next().await {
        read += chunk.len();
        if read > DRAINED {
            return;
        }
    }
}
