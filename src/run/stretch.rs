//! How long each caller was limited, from a first 429 to the next answer that is none, and what that tells of the window.

use crate::evidence::Condition;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long callers were limited so far.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    callers: BTreeMap<String, Caller>,
    quiet: Duration,
    outlasts: bool,
}

#[derive(Debug)]
struct Caller {
    /// Since when it was served, counted from the start of the run.
    served: Duration,
    /// Since when it is limited, and the wait that was announced first.
    limited: Option<(Duration, Option<Duration>)>,
}

/// Waits come in whole seconds, which may be rounded down or up.
const GRACE: Duration = Duration::from_secs(1);
/// What is sent at the same time is heard so far apart.
const JITTER: Duration = Duration::from_millis(500);
/// No window is taken to be longer.
const LONGEST: Duration = Duration::from_secs(15);

impl Stretches {
    /// Takes in what a caller got, and when that ended, counted from the start of the run.
    pub(super) fn hear(&mut self, caller: &str, condition: &Condition, end: Duration) {
        let caller = self.callers.entry(caller.to_owned()).or_insert(Caller { served: end, limited: None });
        match (condition, caller.limited) {
            (Condition::Limited(announced), None) => caller.limited = Some((end, *announced)),
            (Condition::Limited(announced), Some((since, first))) => {
                let due = |end: Duration, wait: Option<Duration>| wait.map(|wait| end.saturating_add(wait));
                let later = due(end, *announced).zip(due(since, first));
                self.outlasts |= later.is_some_and(|(due, first)| due >= first.saturating_add(GRACE));
            }
            (_, Some((since, _))) => {
                let limited = end.saturating_sub(since);
                let window = (4 * limited).min(end.saturating_sub(caller.served)) + JITTER;
                self.quiet = self.quiet.max(window).min(LONGEST);
                (caller.served, caller.limited) = (end, None);
            }
            (_, None) => {}
        }
    }

    /// For how long nothing must be sent until nothing counts towards a limit any more: from the first request that was
    /// served before it to the next one, but at most four times as long as the limit lasted.
    pub(super) const fn quiet(&self) -> Duration {
        self.quiet
    }

    /// Whether a 429 announced an end that is clearly later than what the first of its stretch did.
    pub(super) const fn outlasts(&self) -> bool {
        self.outlasts
    }
}

#[cfg(test)]
mod tests {
    use super::Stretches;
    use crate::evidence::Condition;
    use std::time::Duration;

    fn heard(history: &[(u64, Option<u64>)]) -> Stretches {
        let mut stretches = Stretches::default();
        for (end, announced) in history {
            let limited = |seconds| Condition::Limited(Some(Duration::from_secs(seconds)));
            stretches.hear("full", &announced.map_or(Condition::Served, limited), Duration::from_millis(*end));
            stretches.hear("limited", &Condition::Served, Duration::from_millis(*end));
        }
        stretches
    }

    #[test]
    fn a_window_is_as_long_as_it_takes_to_fill_and_to_wait_for() {
        let stretches = heard(&[(0, None), (1_000, Some(9)), (10_000, None)]);
        assert_eq!((stretches.quiet().as_millis(), stretches.outlasts()), (10_500, false));
        assert_eq!(heard(&[(0, None), (60_000, Some(2)), (62_000, None)]).quiet().as_millis(), 8_500);
        assert_eq!(heard(&[(0, None), (60_000, Some(40)), (100_000, None)]).quiet().as_secs(), 15);
        assert!(heard(&[(0, None), (9_000, None), (9_500, Some(1))]).quiet().is_zero());
    }

    #[test]
    fn a_wait_that_is_rounded_is_not_outlasted() {
        assert!(!heard(&[(0, Some(2)), (2_000, Some(0)), (2_990, None)]).outlasts());
        assert!(!heard(&[(0, Some(2)), (900, Some(2)), (2_000, None)]).outlasts());
        assert!(heard(&[(0, Some(2)), (2_001, Some(1))]).outlasts());
        assert!(!heard(&[(0, Some(2)), (9_000, None)]).outlasts(), "nothing was asked meanwhile");
    }
}
