//! How long answers took, as a plot for each operation on one shared scale.

use super::histogram::Histogram;
use super::spelled::short;
use crate::exchange::Exchange;
use crate::report::page::thousands;
use serde::Serialize;
use std::collections::BTreeMap;

/// Operations beyond these are told as one.
const OPERATIONS: usize = 12;
/// Bars to a decade.
const BARS: usize = 8;
/// The plot: its left edge, its width, its top and its height, in units of the picture.
pub const LEFT: u64 = 58;
pub const WIDTH: u64 = 408;
pub const TOP: u64 = 36;
pub const HEIGHT: u64 = 100;

/// The times of a run.
#[derive(Debug, Default)]
pub struct Latency(BTreeMap<String, Times>);

#[derive(Debug, Default)]
struct Times {
    answered: Histogram,
    silent: u64,
}

/// One operation's plot.
#[derive(Debug, Serialize)]
pub struct Plot {
    operation: String,
    count: String,
    silent: u64,
    highest: String,
    bars: Vec<Bar>,
    ticks: Vec<Tick>,
    marks: Vec<Mark>,
    longest: String,
}

#[derive(Debug, Serialize)]
struct Bar {
    x: u64,
    y: u64,
    width: u64,
    height: u64,
    told: String,
}

/// A place on an axis and what stands there.
#[derive(Debug, Serialize)]
pub struct Tick {
    /// Where.
    pub at: u64,
    /// What.
    pub label: String,
}

#[derive(Debug, Serialize)]
struct Mark {
    at: u64,
    name: &'static str,
    value: String,
}

impl Latency {
    /// Counts an exchange.
    pub fn add(&mut self, exchange: &Exchange) {
        let name = short(&exchange.probe.operation, 60);
        let known = self.0.contains_key(&name) || self.0.len() < OPERATIONS;
        let times = self.0.entry(if known { name } else { "others".to_owned() }).or_default();
        match exchange.answer() {
            Some(_) => times.answered.add(exchange.timing.total_us),
            None => times.silent += 1,
        }
    }

    /// The plots, on one scale.
    pub fn plots(&self) -> Vec<Plot> {
        let known = self.0.values().map(|times| &times.answered).filter(|times| times.count() > 0);
        let decades = known.map(Histogram::decades).reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        let Some(decades) = decades else { return Vec::new() };
        self.0.iter().map(|(name, times)| plot(name, times, decades)).collect()
    }
}

fn plot(operation: &str, times: &Times, decades: (usize, usize)) -> Plot {
    let counts = times.answered.coarse(BARS, decades);
    let highest = counts.iter().copied().max().unwrap_or(0).max(1);
    let step = WIDTH / (counts.len() as u64).max(1);
    let bar = |(index, count): (usize, &u64)| {
        let height = (count * HEIGHT).div_ceil(highest);
        let (from, to) = (edge(index, decades.0), edge(index + 1, decades.0));
        let told = format!("{} between {} and {}", thousands(*count), time(from), time(to));
        Bar {
            x: LEFT + index as u64 * step,
            y: TOP + HEIGHT - height,
            width: step.saturating_sub(2).max(1),
            height,
            told,
        }
    };
    let ticks = (decades.0..=decades.1).map(|decade| Tick {
        at: LEFT + (decade - decades.0) as u64 * step * BARS as u64,
        label: time(edge(0, decade)),
    });
    let marks = [("p50", 50), ("p90", 90), ("p99", 99)].map(|(name, hundredths)| {
        let micros = times.answered.percentile(hundredths);
        Mark { at: place(micros, decades.0, step * BARS as u64), name, value: time(micros) }
    });
    Plot {
        operation: operation.to_owned(),
        count: thousands(times.answered.count()),
        silent: times.silent,
        highest: thousands(highest),
        bars: counts.iter().enumerate().filter(|(_, count)| **count > 0).map(bar).collect(),
        ticks: ticks.collect(),
        marks: if times.answered.count() > 0 { marks.into() } else { Vec::new() },
        longest: time(times.answered.longest()),
    }
}

/// Microseconds as a person would say them.
pub fn time(micros: u64) -> String {
    match micros {
        0..10_000 => format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100),
        10_000..1_000_000 => format!("{} ms", micros / 1_000),
        1_000_000..10_000_000 => format!("{}.{} s", micros / 1_000_000, micros % 1_000_000 / 100_000),
        _ => format!("{} s", thousands(micros / 1_000_000)),
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place on a scale of seven decades is far from the ends of these types"
)]
fn place(micros: u64, first: usize, decade: u64) -> u64 {
    let decades = (micros.max(1) as f64 / 100.0).log10() - first as f64;
    LEFT + (decades.max(0.0) * decade as f64) as u64
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an edge on a scale of seven decades is far from the ends of these types"
)]
fn edge(bar: usize, decade: usize) -> u64 {
    (100.0 * 10_f64.powf(decade as f64 + bar as f64 / BARS as f64)).round() as u64
}

#[cfg(test)]
mod tests {
    use super::{LEFT, Latency, TOP, WIDTH, time};
    use crate::exchange::{Exchange, Failure, FailureKind, Outcome, Purpose, Timing};

    fn exchange(total_us: u64) -> Exchange {
        let failure = Failure { kind: FailureKind::Silence, detail: String::new(), head: "".into() };
        let timing = Timing { total_us, ..Timing::default() };
        let outcome = Outcome::Failed(failure);
        Exchange {
            number: 1,
            purpose: Purpose::Case,
            at_ms: 0,
            probe: crate::exchange::Probe::default().into(),
            outcome,
            timing,
        }
    }

    #[test]
    fn times_are_readable() {
        assert_eq!(
            [100, 1_550, 12_345, 1_250_000, 61_000_000].map(time),
            ["0.1 ms", "1.5 ms", "12 ms", "1.2 s", "61 s"]
        );
    }

    #[test]
    fn silence_is_no_time_of_an_answer() {
        let mut latency = Latency::default();
        latency.add(&exchange(5_000_000));
        assert!(latency.plots().is_empty());
    }

    #[test]
    fn every_bar_lies_in_the_plot() {
        let mut latency = Latency::default();
        let times = latency.0.entry("a".into()).or_default();
        for time in [90, 3_000, 3_100, 70_000, 9_000_000] {
            times.answered.add(time);
        }
        let plots = latency.plots();
        assert_eq!(plots[0].bars.len(), 4);
        assert!(plots[0].bars.iter().all(|bar| bar.x >= LEFT && bar.x + bar.width <= LEFT + WIDTH && bar.y >= TOP));
        assert!(plots[0].marks.iter().all(|mark| mark.at >= LEFT && mark.at <= LEFT + WIDTH));
    }
}
