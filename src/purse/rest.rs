//! How long a tenant works on what it has taken before it takes the next: learned from what it puts off.

use std::time::Duration;

/// How long to leave a tenant alone after each thing that it took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rest {
    taken: Option<Duration>,
    needed: Duration,
}

impl Rest {
    /// Notes when a thing was taken, since the start of the run.
    pub fn take(&mut self, at: Duration) {
        self.taken = self.taken.max(Some(at));
    }

    /// Notes when a request was sent that was no longer put off; whether more time is needed than was known before.
    pub fn learn(&mut self, sent: Duration) -> bool {
        let needed = sent.saturating_sub(self.taken.unwrap_or_default()).min(LONGEST);
        let more = needed > self.needed;
        self.needed = needed.max(self.needed);
        more
    }

    /// How long it needs, where that is known.
    pub fn needed(&self) -> Option<Duration> {
        Some(self.needed).filter(|needed| !needed.is_zero())
    }

    /// Until when it is left alone, since the start of the run.
    pub fn due(&self) -> Duration {
        self.needed().zip(self.taken).map(|(needed, taken)| taken + needed).unwrap_or_default()
    }
}

const LONGEST: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use super::Rest;
    use std::time::Duration;

    #[test]
    fn only_a_tenant_that_puts_off_is_left_alone() {
        let second = Duration::from_secs;
        let mut rest = Rest::default();
        rest.take(second(10));
        assert_eq!((rest.due(), rest.needed()), (Duration::ZERO, None));
        assert!(rest.learn(second(12)) && !rest.learn(second(11)));
        rest.take(second(12));
        assert_eq!((rest.due(), rest.needed()), (second(14), Some(second(2))));
        rest.take(second(20));
        assert!(rest.learn(second(90)));
        assert_eq!(rest.due(), second(25));
    }
}
