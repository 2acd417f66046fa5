//! Rate limiters as tenants have them. Each answers how long a refused request has to wait.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Lets a request pass, or says how long it has to wait.
pub trait Limiter: Send + Sync + 'static {
    fn take(&self) -> Result<(), Duration>;
}

/// A count in windows that follow each other from the first request on.
pub struct FixedWindow(pub u32, pub Duration, Mutex<Option<(Instant, u32)>>);

/// At most so many requests in any stretch of time; refused ones may count too.
pub struct SlidingLog {
    limit: usize,
    window: Duration,
    counts_refused: bool,
    log: Mutex<VecDeque<Instant>>,
}

/// Tokens that come back one by one.
pub struct TokenBucket {
    size: f64,
    per_second: f64,
    left: Mutex<(Instant, f64)>,
}

impl FixedWindow {
    pub fn new(limit: u32, window: Duration) -> Self {
        Self(limit, window, Mutex::default())
    }
}

impl Limiter for FixedWindow {
    fn take(&self) -> Result<(), Duration> {
        let (mut window, now) = (self.2.lock().unwrap_or_else(PoisonError::into_inner), Instant::now());
        let (began, count) = window.filter(|(began, _)| now - *began < self.1).unwrap_or((now, 0));
        *window = Some((began, count + 1));
        if count < self.0 { Ok(()) } else { Err(self.1.saturating_sub(now - began)) }
    }
}

impl SlidingLog {
    pub fn new(limit: usize, window: Duration, counts_refused: bool) -> Self {
        Self { limit, window, counts_refused, log: Mutex::default() }
    }
}

impl Limiter for SlidingLog {
    fn take(&self) -> Result<(), Duration> {
        let (mut log, now) = (self.log.lock().unwrap_or_else(PoisonError::into_inner), Instant::now());
        while log.front().is_some_and(|oldest| now - *oldest >= self.window) {
            log.pop_front();
        }
        let full = log.len() >= self.limit;
        if !full || self.counts_refused {
            log.push_back(now);
        }
        let frees = log.len().checked_sub(self.limit).and_then(|at| log.get(at));
        if full { Err(frees.map_or(Duration::ZERO, |frees| self.window.saturating_sub(now - *frees))) } else { Ok(()) }
    }
}

impl TokenBucket {
    pub fn new(size: f64, per_second: f64) -> Self {
        Self { size, per_second, left: Mutex::new((Instant::now(), size)) }
    }
}

impl Limiter for TokenBucket {
    fn take(&self) -> Result<(), Duration> {
        let (mut left, now) = (self.left.lock().unwrap_or_else(PoisonError::into_inner), Instant::now());
        let tokens = (left.1 + (now - left.0).as_secs_f64() * self.per_second).min(self.size);
        let pays = tokens >= 1.0;
        *left = (now, if pays { tokens - 1.0 } else { tokens });
        if pays { Ok(()) } else { Err(Duration::from_secs_f64((1.0 - tokens) / self.per_second)) }
    }
}
