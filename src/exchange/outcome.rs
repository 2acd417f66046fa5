//! What came back, or how it failed.

use super::Octets;
use serde::{Deserialize, Serialize};

/// What became of a probe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// An answer began to arrive: its status line and headers were read.
    Answered(Answer),
    /// No answer that could be read as HTTP began to arrive.
    Failed(Failure),
}

/// An answer, whole or cut short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The HTTP version, such as `HTTP/1.1`.
    pub version: String,
    /// The status.
    pub status: u16,
    /// The reason phrase; empty where it is not known.
    pub reason: String,
    /// The headers in the order of arrival, repeated ones kept (reqwest gives names in lower case).
    pub headers: Vec<(String, Octets)>,
    /// The body with transfer framing taken off, content coding still on.
    pub body: Octets,
    /// How the answer ended.
    pub end: End,
}

/// How an answer ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// As its framing announced.
    Complete,
    /// The connection ended before the declared length.
    Truncated {
        /// The declared length in bytes, where one was declared.
        declared: Option<u64>,
        /// The bytes that came.
        received: u64,
    },
    /// The framing cannot be read (a broken chunk, lengths that contradict each other), with the reason.
    BadFraming(String),
    /// The connection was reset in the middle.
    Reset,
    /// The deadline for the whole answer passed.
    TimedOut,
    /// The body is larger than what is read.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of failure.
    pub kind: FailureKind,
    /// What the system said, for people.
    pub detail: String,
    /// The first bytes that came, where they are not HTTP.
    #[serde(default)]
    pub head: Octets,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// The name cannot be resolved, or there is no route.
    Unreachable,
    /// The connection was refused.
    Refused,
    /// No connection within the deadline.
    ConnectTimeout,
    /// The TLS handshake or certificate failed.
    Tls,
    /// A proxy stood in the way and refused.
    Proxy,
    /// No byte of an answer within the deadline.
    Silence,
    /// The connection was reset before an answer.
    Reset,
    /// The connection was closed before an answer.
    Closed,
    /// What came is no HTTP answer.
    NotHttp,
    /// The request could not be sent as it stands.
    Unsendable,
}

/// How long the stages took, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Timing {
    /// Connecting, TLS included; `None` where a kept connection was used.
    pub connect_us: Option<u64>,
    /// From the connection (or the start, on a kept one) to the first byte of the answer.
    pub first_byte_us: Option<u64>,
    /// From the start to the end of the answer or the failure.
    pub total_us: u64,
}

impl Answer {
    /// Every value of a header, in order of arrival; the letter case of the name is free.
    pub fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Octets> + 'a {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}
