//! Budget, pace and time: how long a run may wait, and how fast it may send. Pure; the clock comes in.

mod pace;
mod rest;

pub use pace::{Pace, Rate};
pub use rest::Rest;

use std::time::Duration;

/// What waiting is paid from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pocket {
    /// Waiting for answers that are late.
    Deadlines,
    /// Waiting for a limit or an outage that the tenant announces.
    Limits,
}

/// How much waiting the user chose to pay for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waits {
    /// `--wait-deadlines`: for answers that are late, over the whole run.
    pub deadlines: Option<Duration>,
    /// `--wait-limits`: for limits and outages, over the whole run.
    pub limits: Option<Duration>,
}

/// How much waiting a run may still do.
#[derive(Debug, Clone)]
pub struct Purse {
    deadlines: Duration,
    limits: Duration,
    ceiling: Option<Duration>,
}

/// After this long no new request goes to a loopback target, so that a run ends within 100 s whatever happens.
const LOOPBACK_CEILING: Duration = Duration::from_secs(85);

impl Purse {
    /// The purse for a target: what the user chose, else 30 s for deadlines and 60 s for limits on loopback, ten times
    /// as much elsewhere.
    pub fn new(loopback: bool, waits: Waits) -> Self {
        let times = if loopback { 1 } else { 10 };
        Self {
            deadlines: waits.deadlines.unwrap_or(Duration::from_secs(30 * times)),
            limits: waits.limits.unwrap_or(Duration::from_secs(60 * times)),
            ceiling: loopback.then_some(LOOPBACK_CEILING),
        }
    }

    /// The same purse; only where it is bounded, sending ends after 85 s on loopback.
    #[must_use]
    pub fn bounded(self, bounded: bool) -> Self {
        Self { ceiling: self.ceiling.filter(|_| bounded), ..self }
    }

    /// Whether a run that began `elapsed` ago may still send.
    pub fn open(&self, elapsed: Duration) -> bool {
        self.ceiling.is_none_or(|ceiling| elapsed < ceiling)
    }

    /// Takes a wait out of a pocket before it begins; false where the pocket does not hold that much.
    #[must_use = "a wait that was not paid for must not be waited"]
    pub fn pay(&mut self, pocket: Pocket, wait: Duration) -> bool {
        let held = self.pocket(pocket);
        held.checked_sub(wait).inspect(|rest| *held = *rest).is_some()
    }

    /// Takes a wait out of a pocket that has already been waited, down to empty.
    pub fn charge(&mut self, pocket: Pocket, waited: Duration) {
        let held = self.pocket(pocket);
        *held = held.saturating_sub(waited);
    }

    /// Whether a pocket is empty.
    pub fn is_empty(&self, pocket: Pocket) -> bool {
        match pocket {
            Pocket::Deadlines => self.deadlines.is_zero(),
            Pocket::Limits => self.limits.is_zero(),
        }
    }

    fn pocket(&mut self, pocket: Pocket) -> &mut Duration {
        match pocket {
            Pocket::Deadlines => &mut self.deadlines,
            Pocket::Limits => &mut self.limits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Pocket, Purse, Waits};
    use std::time::Duration;

    #[test]
    fn a_wait_that_the_purse_does_not_hold_is_not_paid() {
        let mut purse = Purse::new(true, Waits::default());
        assert!(purse.pay(Pocket::Limits, Duration::from_secs(59)));
        assert!(!purse.pay(Pocket::Limits, Duration::from_secs(2)));
        assert!(purse.pay(Pocket::Limits, Duration::from_secs(1)));
        assert!(purse.is_empty(Pocket::Limits) && !purse.is_empty(Pocket::Deadlines));
    }

    #[test]
    fn only_loopback_has_a_ceiling() {
        let late = Duration::from_secs(86);
        assert!(!Purse::new(true, Waits::default()).open(late) && Purse::new(false, Waits::default()).open(late));
    }
}
