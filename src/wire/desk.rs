//! The clients of a wire and the tokens that they were given: which are due, which have worked.

use super::token_error::TokenError;
use crate::exchange::{Answer, Client, Outcome};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What a token's fetching has come to, for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// The caller.
    pub caller: String,
    /// Why there is no token; `None` where there is one.
    pub error: Option<TokenError>,
}

/// The clients and their tokens.
#[derive(Default)]
pub(super) struct Desk {
    held: BTreeMap<String, Held>,
    fetches: Mutex<Vec<Fetch>>,
}

/// A client and its token.
pub(super) struct Held {
    pub(super) client: Client,
    /// Held while a token is fetched, so that several requests at once cost one token.
    pub(super) turn: tokio::sync::Mutex<()>,
    lease: Mutex<Lease>,
}

/// What is known of the token in use.
#[derive(Default)]
struct Lease {
    fetched: Option<Instant>,
    /// When the next one is due.
    due: Option<Instant>,
    /// Whether the tenant took it at least once.
    worked: bool,
}

/// A token is replaced when this much of its life is left, or a tenth of it.
const MARGIN: Duration = Duration::from_mins(1);

impl Desk {
    pub(super) fn new(clients: Vec<Client>) -> Self {
        let held = |client: Client| {
            (client.caller.clone(), Held { client, turn: tokio::sync::Mutex::default(), lease: Mutex::default() })
        };
        Self { held: clients.into_iter().map(held).collect(), fetches: Mutex::default() }
    }

    pub(super) fn held(&self, caller: Option<&str>) -> Option<&Held> {
        self.held.get(caller?)
    }

    pub(super) fn callers(&self) -> impl Iterator<Item = &str> {
        self.held.keys().map(String::as_str)
    }

    /// Hears how the tenant took a request of a caller.
    pub(super) fn hear(&self, caller: Option<&str>, outcome: &Outcome) {
        if let (Some(held), Outcome::Answered(Answer { status, .. })) = (self.held(caller), outcome)
            && *status != 401
        {
            held.lease().worked = true;
        }
    }

    pub(super) fn record(&self, fetch: Fetch) {
        self.fetches.lock().unwrap_or_else(PoisonError::into_inner).push(fetch);
    }

    /// What was fetched since this was asked last.
    pub(super) fn take_fetches(&self) -> Vec<Fetch> {
        std::mem::take(&mut *self.fetches.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Held {
    /// Whether there is no token, or its end is near.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        let lease = self.lease();
        lease.fetched.is_none() || lease.due.is_some_and(|due| due <= now)
    }

    /// Whether the token in use was fetched at or after an instant.
    pub(super) fn is_newer(&self, than: Instant) -> bool {
        self.lease().fetched.is_some_and(|fetched| fetched >= than)
    }

    /// Whether the tenant took the token in use at least once.
    pub(super) fn has_worked(&self) -> bool {
        self.lease().worked
    }

    /// A new token is there.
    pub(super) fn renewed(&self, now: Instant, life: Option<Duration>) {
        let due = life.and_then(|life| now.checked_add(life.saturating_sub(MARGIN.min(life / 10))));
        *self.lease() = Lease { fetched: Some(now), due, worked: false };
    }

    /// No new token is to be had: the old one is used to its end and not asked for again until it is refused.
    pub(super) fn failed(&self, refused: bool) {
        let mut lease = self.lease();
        lease.due = None;
        lease.worked &= !refused;
    }

    fn lease(&self) -> MutexGuard<'_, Lease> {
        self.lease.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Desk, Held};
    use crate::exchange::Client;
    use std::time::{Duration, Instant};

    fn desk() -> Desk {
        Desk::new(vec![Client { caller: "full".into(), id: String::new(), source: String::new() }])
    }

    /// After how many tenths of a second a token of so many seconds is due.
    fn due_after(held: &Held, life: u64) -> u64 {
        let now = Instant::now();
        held.renewed(now, Some(Duration::from_secs(life)));
        (0..100_000).find(|tenths| held.is_due(now + Duration::from_millis(tenths * 100))).unwrap()
    }

    #[test]
    fn a_token_is_due_when_a_tenth_or_a_minute_of_its_life_is_left() {
        let desk = desk();
        let held = desk.held(Some("full")).unwrap();
        assert!(held.is_due(Instant::now()));
        assert_eq!([1, 200, 600, 3_600].map(|life| due_after(held, life)), [9, 1_800, 5_400, 35_400]);
    }

    #[test]
    fn a_token_of_unknown_life_is_never_due() {
        let desk = desk();
        let held = desk.held(Some("full")).unwrap();
        held.renewed(Instant::now(), None);
        assert!(!held.is_due(Instant::now() + Duration::from_secs(1_000_000)));
    }
}
