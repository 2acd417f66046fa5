//! How fast a run may send.

use std::collections::{BTreeMap, VecDeque};
use std::str::FromStr;
use std::time::Duration;
use thiserror::Error;

/// A number of requests in a number of seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many requests.
    pub requests: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// Why a text is no rate.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is not a rate: write NUMBER/SECONDS, both at least 1, like 100/10")]
pub struct RateError(String);

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        let wrong = || RateError(text.to_owned());
        let (requests, seconds) = text.split_once('/').ok_or_else(wrong)?;
        let number = |part: &str| part.trim().parse().ok().filter(|number: &u32| *number > 0).ok_or_else(wrong);
        Ok(Self { requests: number(requests)?, seconds: number(seconds)? })
    }
}

/// Keeps each caller under a rate, over a sliding window.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    rate: Option<Rate>,
    sent: BTreeMap<String, VecDeque<Duration>>,
}

impl Pace {
    /// A pace; `None` is as fast as the connections carry it.
    pub fn new(rate: Option<Rate>) -> Self {
        Self { rate, sent: BTreeMap::new() }
    }

    /// How long a caller must wait at `now` (time since the run began) before it may send; then books the request.
    pub fn book(&mut self, caller: &str, now: Duration) -> Duration {
        let Some(rate) = self.rate else { return Duration::ZERO };
        let window = Duration::from_secs(rate.seconds.into());
        let sent = self.sent.entry(caller.to_owned()).or_default();
        let full = sent.len() >= rate.requests as usize;
        let free_at = if full { sent.pop_front().map_or(now, |oldest| oldest + window) } else { now };
        let at = free_at.max(now);
        sent.push_back(at);
        at.saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::{Pace, Rate};
    use std::time::Duration;

    #[test]
    fn no_window_ever_holds_more_than_the_rate() {
        let mut pace = Pace::new(Some(Rate { requests: 5, seconds: 2 }));
        let (mut now, mut sent) = (Duration::ZERO, Vec::new());
        for step in 0..60_u64 {
            now += pace.book("full", now);
            sent.push(now);
            now += Duration::from_millis(step % 7 * 90);
        }
        for window in sent.windows(6) {
            assert!(window[5].saturating_sub(window[0]) >= Duration::from_secs(2), "{window:?}");
        }
    }

    #[test]
    fn callers_do_not_share_a_pace() {
        let mut pace = Pace::new(Some(Rate { requests: 1, seconds: 10 }));
        assert_eq!(pace.book("full", Duration::ZERO), Duration::ZERO);
        assert_eq!(pace.book("limited", Duration::ZERO), Duration::ZERO);
        assert_eq!(pace.book("full", Duration::ZERO), Duration::from_secs(10));
    }

    #[test]
    fn a_rate_is_two_numbers() {
        assert_eq!("100/10".parse(), Ok(Rate { requests: 100, seconds: 10 }));
        for text in ["100", "0/1", "1/0", "a/b", "", "1/2/3", "-1/2"] {
            assert!(text.parse::<Rate>().is_err(), "{text}");
        }
    }
}
