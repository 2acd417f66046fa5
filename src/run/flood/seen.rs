//! What a burst has seen, as an event.

use super::burst::Burst;
use crate::contract::Case;
use crate::event::{Flood, Form, Latency};
use std::collections::BTreeMap;
use std::time::Duration;

/// Further forms are counted together.
const FORMS: usize = 16;

impl Burst {
    /// What it has seen.
    pub(super) fn seen(&self, case: &Case) -> Flood {
        let limited_at = self.heard.iter().filter(|heard| heard.is_limit()).map(|heard| heard.end).min();
        let again = self.after.served.zip(limited_at).map(|(served, limited)| served.saturating_sub(limited));
        let millis = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        Flood {
            operation: case.operation.clone(),
            case: case.id.clone(),
            before: self.before,
            requests: self.heard.len() as u64,
            at_once: self.at_once,
            served: self.heard.iter().filter(|heard| heard.served).count() as u64,
            limited: self.limits(),
            announced_ms: self.after.announced.map(millis),
            again_ms: again.map(millis),
            honest: self.after.honest,
            forms: self.forms(),
            latency: latency(self.heard.iter().map(|heard| heard.took).collect()),
        }
    }

    fn forms(&self) -> Vec<Form> {
        let mut counts: BTreeMap<(Option<u16>, &str), u64> = BTreeMap::new();
        for heard in &self.heard {
            *counts.entry((heard.status, heard.form.as_str())).or_default() += 1;
        }
        let of = |((status, shape), count): ((Option<u16>, &str), u64)| Form { status, shape: shape.to_owned(), count };
        let mut forms: Vec<Form> = counts.into_iter().map(of).collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.count));
        let rest: u64 = forms.iter().skip(FORMS).map(|form| form.count).sum();
        forms.truncate(FORMS);
        forms.extend((rest > 0).then(|| Form { status: None, shape: "of other forms".to_owned(), count: rest }));
        forms
    }
}

fn latency(mut took: Vec<Duration>) -> Latency {
    took.sort_unstable();
    let rank = |percent: usize| (took.len() * percent).div_ceil(100).saturating_sub(1);
    let at =
        |percent| took.get(rank(percent)).map_or(0.0, |duration| (duration.as_secs_f64() * 10_000.0).round() / 10.0);
    Latency { p50_ms: at(50), p90_ms: at(90), p99_ms: at(99), max_ms: at(100) }
}

#[cfg(test)]
mod tests {
    use super::latency;
    use crate::event::Latency;
    use std::time::Duration;

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let took = (1..=200).rev().map(Duration::from_millis).collect();
        let expected = Latency { p50_ms: 100.0, p90_ms: 180.0, p99_ms: 198.0, max_ms: 200.0 };
        assert_eq!(latency(took), expected);
        let one = latency(vec![Duration::from_micros(1_260)]);
        assert_eq!((one.p50_ms, one.max_ms), (1.3, 1.3));
        assert_eq!(latency(Vec::new()), Latency::default());
    }
}
