//! Ids of 32 hexadecimal digits that never repeat within a tenant.

use ring::hmac;
use std::sync::atomic::{AtomicU64, Ordering};

/// A source of ids: a counter under a keyed hash, so that ids look random and cannot fail to be had.
#[derive(Debug)]
pub struct Ids {
    key: hmac::Key,
    next: AtomicU64,
}

impl Ids {
    /// Starts a series of its own for each key.
    pub fn new(key: hmac::Key) -> Self {
        Self { key, next: AtomicU64::new(0) }
    }

    /// The next id.
    pub fn next(&self) -> String {
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        let hash = hmac::sign(&self.key, &count.to_be_bytes());
        let first = hash.as_ref().iter().take(16).fold(0, |number: u128, byte| number << 8 | u128::from(*byte));
        format!("{first:032x}")
    }
}
