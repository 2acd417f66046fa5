//! Times in a fixed number of steps: a run of a million answers takes no more room than one of ten.

const DECADES: usize = 7;
/// Steps to a decade: a time is told at most 7.5 % too long.
pub const FINE: usize = 32;
/// Where the first step begins, in microseconds.
const FIRST: f64 = 100.0;

/// How many answers took how long, from 0.1 ms to 1,000 s.
#[derive(Debug, Clone)]
pub struct Histogram {
    steps: Vec<u64>,
    count: u64,
    longest: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { steps: vec![0; DECADES * FINE], count: 0, longest: 0 }
    }
}

impl Histogram {
    /// Counts a time in microseconds.
    pub fn add(&mut self, micros: u64) {
        if let Some(step) = self.steps.get_mut(step(micros)) {
            *step += 1;
        }
        self.count += 1;
        self.longest = self.longest.max(micros);
    }

    /// How many times were counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The longest time in microseconds.
    pub fn longest(&self) -> u64 {
        self.longest
    }

    /// The time that so many of a hundred did not exceed, in microseconds.
    pub fn percentile(&self, hundredths: u64) -> u64 {
        let wanted = (self.count * hundredths).div_ceil(100).max(1);
        let mut passed = 0;
        let at = self.steps.iter().position(|count| {
            passed += count;
            passed >= wanted
        });
        at.map_or(0, |at| edge(at + 1).min(self.longest))
    }

    /// The decades, from 0.1 ms, that hold all times: the first one and the one behind the last.
    pub fn decades(&self) -> (usize, usize) {
        let first = self.steps.iter().position(|count| *count > 0).unwrap_or(0);
        let last = self.steps.iter().rposition(|count| *count > 0).unwrap_or(0);
        (first / FINE, last / FINE + 1)
    }

    /// The counts in wider steps, so many to a decade, between two decades.
    pub fn coarse(&self, per_decade: usize, (from, to): (usize, usize)) -> Vec<u64> {
        let range = self.steps.get(from * FINE..to * FINE).unwrap_or_default();
        range.chunks(FINE / per_decade.clamp(1, FINE)).map(|steps| steps.iter().sum()).collect()
    }
}

fn step(micros: u64) -> usize {
    let edges = 1..DECADES * FINE;
    edges.clone().find(|at| micros < edge(*at)).map_or(edges.end - 1, |at| at - 1)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a step of a scale of seven decades is far from the ends of these types"
)]
fn edge(step: usize) -> u64 {
    (FIRST * 10_f64.powf(step as f64 / FINE as f64)) as u64
}

#[cfg(test)]
mod tests {
    use super::Histogram;

    fn of(times: impl IntoIterator<Item = u64>) -> Histogram {
        let mut histogram = Histogram::default();
        times.into_iter().for_each(|time| histogram.add(time));
        histogram
    }

    #[test]
    fn percentiles_are_near_and_never_below() {
        let histogram = of((1..=1_000).map(|number| number * 100));
        for (hundredths, exact) in [(50, 50_000), (90, 90_000), (99, 99_000), (100, 100_000)] {
            let told = histogram.percentile(hundredths);
            assert!(told >= exact && told <= exact * 108 / 100, "{hundredths}: {told}");
        }
        assert_eq!((histogram.count(), histogram.longest()), (1_000, 100_000));
    }

    #[test]
    fn the_ends_of_the_scale_hold_what_lies_beyond() {
        let histogram = of([0, 1, u64::MAX]);
        assert_eq!(histogram.decades(), (0, 7));
        assert_eq!(histogram.coarse(1, (0, 7)), [2, 0, 0, 0, 0, 0, 1]);
        assert_eq!(Histogram::default().percentile(50), 0);
    }

    #[test]
    fn wider_steps_hold_the_same_answers() {
        let histogram = of([150, 1_500, 1_600, 15_000]);
        assert_eq!(histogram.decades(), (0, 3));
        assert_eq!(histogram.coarse(8, (0, 3)).iter().sum::<u64>(), 4);
    }
}
