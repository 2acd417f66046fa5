//! What kind of failure an error is, told by its causes and never by its text alone.

use super::limits::{Clock, Limits, micros};
use crate::exchange::{Failure, FailureKind, Octets, Outcome, Timing};
use std::error::Error;
use std::io;
use std::time::Duration;

/// How many of the first bytes of something that is not HTTP are kept.
const HEAD: usize = 512;

/// A failure without any byte of an answer.
pub(super) fn failure(kind: FailureKind, detail: impl Into<String>) -> Failure {
    Failure { kind, detail: detail.into(), head: Octets::default() }
}

/// A failure after some bytes had come.
pub(super) fn after(kind: FailureKind, detail: impl Into<String>, came: &[u8]) -> Failure {
    let head = came.get(..HEAD).unwrap_or(came).to_vec();
    Failure { kind, detail: detail.into(), head: Octets(head) }
}

/// The connection did not stand in time.
pub(super) fn no_connection(limits: Limits) -> Failure {
    failure(FailureKind::ConnectTimeout, format!("no connection within {:?}", limits.connect.min(limits.whole)))
}

/// Nothing came in time.
pub(super) fn no_byte(limits: Limits) -> Failure {
    failure(FailureKind::Silence, format!("no answer began within {:?}", limits.first_byte.min(limits.whole)))
}

/// The outcome of a request that failed before it was sent.
pub(super) fn failed(why: Failure, connect: Option<Duration>, clock: Clock) -> (Outcome, Timing) {
    let total_us = micros(clock.start.elapsed());
    (Outcome::Failed(why), Timing { connect_us: connect.map(micros), first_byte_us: None, total_us })
}

/// What went wrong while connecting.
pub(super) fn connecting(error: &(dyn Error + 'static), proxied: bool) -> Failure {
    let kind = causes(error).find_map(connecting_kind).unwrap_or(FailureKind::Unreachable);
    let own = matches!(kind, FailureKind::Tls if !is_eof(error)) || kind == FailureKind::ConnectTimeout;
    let plain = causes(error).any(speaks_no_tls);
    let advice =
        if plain { ": what answers there does not speak TLS; without it a target begins with http://" } else { "" };
    failure(if proxied && !own { FailureKind::Proxy } else { kind }, told(error) + advice)
}

fn speaks_no_tls(cause: &(dyn Error + 'static)) -> bool {
    use rustls::InvalidMessage::InvalidContentType;
    matches!(cause.downcast_ref(), Some(rustls::Error::InvalidMessage(InvalidContentType)))
}

fn connecting_kind(cause: &(dyn Error + 'static)) -> Option<FailureKind> {
    if cause.is::<rustls::Error>() {
        return Some(FailureKind::Tls);
    }
    match cause.downcast_ref::<io::Error>()?.kind() {
        io::ErrorKind::ConnectionRefused => Some(FailureKind::Refused),
        io::ErrorKind::TimedOut => Some(FailureKind::ConnectTimeout),
        // A connection that ends while it is made ends in the TLS handshake.
        io::ErrorKind::UnexpectedEof => Some(FailureKind::Tls),
        kind if is_reset(kind) => Some(FailureKind::Reset),
        _ => None,
    }
}

/// What went wrong between the connection and the head of the answer.
pub(super) fn answering(error: &(dyn Error + 'static)) -> Failure {
    let kind = causes(error).find_map(answering_kind).unwrap_or(FailureKind::Closed);
    failure(kind, told(error))
}

fn answering_kind(cause: &(dyn Error + 'static)) -> Option<FailureKind> {
    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        return match () {
            () if error.is_parse() => Some(FailureKind::NotHttp),
            () if error.is_user() => Some(FailureKind::Unsendable),
            () if error.is_incomplete_message() || error.is_canceled() => Some(FailureKind::Closed),
            () => None,
        };
    }
    if cause.is::<rustls::Error>() {
        return Some(FailureKind::Tls);
    }
    match cause.downcast_ref::<io::Error>()?.kind() {
        io::ErrorKind::UnexpectedEof => Some(FailureKind::Closed),
        kind if is_reset(kind) => Some(FailureKind::Reset),
        _ => None,
    }
}

/// Whether an error says that the client never began to send.
pub(super) fn is_unsent(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|cause| cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled))
}

/// Whether an error says that the stream ended.
pub(super) fn is_eof(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|cause| {
        cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message)
            || cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof)
    })
}

/// Whether an error says that what came cannot be read.
pub(super) fn is_unreadable(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|cause| {
        cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse)
            || cause
                .downcast_ref::<io::Error>()
                .is_some_and(|error| matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput))
    })
}

fn is_reset(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe)
}

/// What an error and its causes say, each once; reqwest's own sentence is left out, since it may hold the URL.
pub(super) fn told(error: &(dyn Error + 'static)) -> String {
    let mut said: Vec<String> = Vec::new();
    for cause in causes(error).filter(|cause| !cause.is::<reqwest::Error>()) {
        let text = cause.to_string();
        if !said.iter().any(|earlier| earlier.contains(&text)) {
            said.push(text);
        }
    }
    if said.is_empty() { "no cause was given".into() } else { said.join(": ") }
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| beneath(*error))
}

/// The error beneath; an `io::Error` skips the one that it wraps when it is asked for its source.
fn beneath<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    if let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return Some(inner);
    }
    error.source()
}

#[cfg(test)]
mod tests {
    use super::{FailureKind, answering, connecting, told};
    use std::io;

    #[test]
    fn the_cause_is_found_below_the_errors_that_wrap_it() {
        let refused = io::Error::other(io::Error::from(io::ErrorKind::ConnectionRefused));
        assert_eq!(connecting(&refused, false).kind, FailureKind::Refused);
        assert_eq!(connecting(&refused, true).kind, FailureKind::Proxy);
        let unknown_issuer = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let tls = io::Error::new(io::ErrorKind::InvalidData, unknown_issuer);
        assert_eq!(connecting(&tls, true).kind, FailureKind::Tls);
        assert_eq!(answering(&io::Error::from(io::ErrorKind::BrokenPipe)).kind, FailureKind::Reset);
    }

    #[test]
    fn each_cause_is_told_once() {
        let error = io::Error::other(io::Error::other("the lookup failed"));
        assert_eq!(told(&error), "the lookup failed");
    }
}
