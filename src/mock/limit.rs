//! The rate limit: a count per client and API version in windows of fixed length.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many requests a client may send in how many seconds, for each API version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The number of requests, at least 1.
    pub requests: u32,
    /// The length of the window in seconds, at least 1.
    pub seconds: u32,
}

/// The counts of all clients. Only known clients are counted, so that the table cannot grow without bound.
#[derive(Debug)]
pub struct Limit {
    rate: Rate,
    windows: Mutex<HashMap<(String, &'static str), Window>>,
}

#[derive(Debug)]
struct Window {
    ends: Instant,
    left: u32,
}

impl Limit {
    /// Starts with no request counted.
    pub fn new(rate: Rate) -> Self {
        Self { rate, windows: Mutex::default() }
    }

    /// Counts one request, or tells the seconds after which a request will be served.
    pub fn take(&self, client: &str, version: &'static str, now: Instant) -> Result<(), u64> {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let length = Duration::from_secs(self.rate.seconds.into());
        let fresh = || Window { ends: now + length, left: self.rate.requests };
        let window = windows.entry((client.to_owned(), version)).or_insert_with(fresh);
        if window.ends <= now {
            *window = fresh();
        }
        match window.left.checked_sub(1) {
            Some(left) => window.left = left,
            None => return Err(whole_seconds(window.ends.saturating_duration_since(now))),
        }
        Ok(())
    }
}

/// Rounded up: a client that waits this long is served.
fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_announced_wait_the_client_is_served() {
        let limit = Limit::new(Rate { requests: 2, seconds: 3 });
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        assert_eq!(limit.take("a", "v3", at(0)), Ok(()));
        assert_eq!(limit.take("a", "v3", at(10)), Ok(()));
        assert_eq!(limit.take("a", "v3", at(20)), Err(3));
        assert_eq!(limit.take("a", "v3", at(2000)), Err(1));
        assert_eq!(limit.take("a", "v3", at(2999)), Err(1));
        assert_eq!(limit.take("a", "v3", at(3000)), Ok(()));
    }

    #[test]
    fn clients_and_versions_are_counted_apart() {
        let limit = Limit::new(Rate { requests: 1, seconds: 60 });
        let now = Instant::now();
        assert_eq!(limit.take("a", "v3", now), Ok(()));
        assert_eq!(limit.take("b", "v3", now), Ok(()));
        assert_eq!(limit.take("a", "beta", now), Ok(()));
        assert_eq!(limit.take("a", "v3", now), Err(60));
    }
}
