//! The deadlines and sizes that bound one exchange, and the clock that runs them.

use std::time::Duration;
use tokio::time::Instant;

/// How long each stage may take, and how much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connecting, name lookup, proxy and TLS included.
    pub connect: Duration,
    /// From the connection (or the start, on a kept one) to the first byte of the answer.
    pub first_byte: Duration,
    /// From the start to the end of the answer.
    pub whole: Duration,
    /// The largest body that is read, in bytes.
    pub max_body: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            first_byte: Duration::from_secs(5),
            whole: Duration::from_secs(10),
            max_body: 32 * 1024 * 1024,
        }
    }
}

/// How long an answer is listened for where none is owed.
const UNOWED: Duration = Duration::from_millis(500);

/// How long a connection is kept without use: what stands in between may forget it without a word.
pub(super) const IDLE: Duration = Duration::from_secs(15);

/// How many connections each way keeps.
pub(super) const KEPT: usize = 64;

/// The clock of one exchange.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub(super) start: Instant,
    pub(super) limits: Limits,
}

impl Clock {
    /// Starts now; where no answer is owed the first byte is waited for half a second at most.
    pub(super) fn start(mut limits: Limits, owed: bool) -> Self {
        if !owed {
            limits.first_byte = limits.first_byte.min(UNOWED);
        }
        Self { start: Instant::now(), limits }
    }

    /// When the whole answer must have arrived.
    pub(super) fn whole(&self) -> Instant {
        self.start + self.limits.whole
    }

    /// When a connection begun at `began` must stand.
    pub(super) fn connected(&self, began: Instant) -> Instant {
        (began + self.limits.connect).min(self.whole())
    }

    /// When the first byte must have arrived over a connection that stood at `stood`.
    pub(super) fn first_byte(&self, stood: Instant) -> Instant {
        (stood + self.limits.first_byte).min(self.whole())
    }
}

/// A duration in whole microseconds.
pub(super) fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
