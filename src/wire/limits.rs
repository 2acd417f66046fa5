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

/// The slowest way out that a request is given time for, in bytes a second: one megabit.
const SLOWEST: u32 = 125_000;

impl Limits {
    /// The limits with the time that sending `bytes` takes on a slow way out, as the clocks of an answer run meanwhile.
    #[must_use]
    pub(super) fn with_time_to_send(self, bytes: usize) -> Self {
        let sending = Duration::from_secs(u64::try_from(bytes).unwrap_or(u64::MAX)) / SLOWEST;
        Self { first_byte: self.first_byte + sending, whole: self.whole + sending, ..self }
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

#[cfg(test)]
mod tests {
    use super::Limits;
    use std::time::Duration;

    #[test]
    fn a_large_request_is_given_time_to_go_out() {
        let limits = Limits::default().with_time_to_send(1_250_000);
        assert_eq!((limits.first_byte, limits.whole), (Duration::from_secs(15), Duration::from_secs(20)));
        assert_eq!(Limits::default().with_time_to_send(0), Limits::default());
    }
}
