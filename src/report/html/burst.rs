//! A burst against the rate limit, as a plot: one mark for each answer, in the order of sending.

use super::latency::{HEIGHT, LEFT, TOP, Tick, WIDTH, time};
use super::spelled::short;
use crate::event::Flood;
use crate::exchange::Exchange;
use crate::report::page::{duration, thousands};
use serde::Serialize;
use std::collections::VecDeque;

/// So many of the latest exchanges are remembered, each in a few bytes.
const LATEST: usize = 600;
const BURSTS: usize = 10;
const FORMS: usize = 12;

/// The bursts of a run.
#[derive(Debug, Default)]
pub struct Bursts {
    latest: VecDeque<Point>,
    plots: Vec<Plot>,
}

#[derive(Debug)]
struct Point {
    case: String,
    micros: u64,
    status: Option<u16>,
}

/// One burst, as the page shows it.
#[derive(Debug, Serialize)]
pub struct Plot {
    operation: String,
    case: String,
    requests: String,
    at_once: String,
    before: u64,
    served: u64,
    limited: u64,
    others: u64,
    announced: String,
    again: String,
    honest: Option<bool>,
    percentiles: Vec<(&'static str, String)>,
    forms: Vec<(String, String, String)>,
    marks: Vec<Mark>,
    across: Vec<Tick>,
    up: Vec<Tick>,
}

#[derive(Debug, Serialize)]
struct Mark {
    x: u64,
    y: u64,
    kind: &'static str,
}

impl Bursts {
    /// Remembers an exchange.
    pub fn remember(&mut self, exchange: &Exchange) {
        if self.latest.len() == LATEST {
            self.latest.pop_front();
        }
        let case = short(&exchange.probe.case, 200);
        self.latest.push_back(Point { case, micros: exchange.timing.total_us, status: exchange.status() });
    }

    /// Takes a burst; its answers are among the latest.
    pub fn add(&mut self, flood: &Flood) {
        if self.plots.len() < BURSTS {
            let case = short(&flood.case, 200);
            let points: Vec<&Point> = self.latest.iter().filter(|point| point.case == case).collect();
            self.plots.push(plot(flood, &points));
        }
        self.latest.clear();
    }

    /// The plots.
    pub fn plots(&self) -> &[Plot] {
        &self.plots
    }
}

fn height(micros: u64, longest: u64) -> u64 {
    let height = u128::from(micros) * u128::from(HEIGHT) / u128::from(longest.max(1));
    height.try_into().unwrap_or(HEIGHT).min(HEIGHT)
}

fn plot(flood: &Flood, points: &[&Point]) -> Plot {
    let number = points.len().max(1) as u64;
    let longest = ceiling(points.iter().map(|point| point.micros).max().unwrap_or(0));
    let mark = |(index, point): (usize, &&Point)| Mark {
        x: LEFT + (index as u64 * 2 + 1) * WIDTH / (number * 2),
        y: TOP + HEIGHT - height(point.micros, longest),
        kind: match point.status {
            Some(429) => "limited",
            Some(200..=299) => "served",
            Some(_) => "other",
            None => "silent",
        },
    };
    let latency = &flood.latency;
    let percentiles =
        [("p50", latency.p50_ms), ("p90", latency.p90_ms), ("p99", latency.p99_ms), ("longest", latency.max_ms)];
    let form = |form: &crate::event::Form| {
        let status = form.status.map_or_else(|| "none".to_owned(), |status| status.to_string());
        (status, thousands(form.count), short(&form.shape, 200))
    };
    Plot {
        operation: short(&flood.operation, 200),
        case: short(&flood.case, 200),
        requests: thousands(flood.requests),
        at_once: thousands(flood.at_once),
        before: flood.before,
        served: flood.served,
        limited: flood.limited,
        others: flood.requests.saturating_sub(flood.served).saturating_sub(flood.limited),
        announced: flood.announced_ms.map(duration).unwrap_or_default(),
        again: flood.again_ms.map(duration).unwrap_or_default(),
        honest: flood.honest,
        percentiles: percentiles.map(|(name, ms)| (name, format!("{ms} ms"))).into(),
        forms: flood.forms.iter().take(FORMS).map(form).collect(),
        marks: points.iter().enumerate().map(mark).collect(),
        across: [0, 1, 2].map(|half| Tick { at: LEFT + half * WIDTH / 2, label: thousands(number * half / 2) }).into(),
        up: [0, 1, 2]
            .map(|half| Tick {
                at: TOP + HEIGHT - half * HEIGHT / 2,
                label: if half == 0 { "0".to_owned() } else { time(longest.saturating_mul(half) / 2) },
            })
            .into(),
    }
}

/// The next number of microseconds that is easy to read on an axis, and easy to halve.
fn ceiling(micros: u64) -> u64 {
    let mut power = 1_000_u64;
    while power < micros && power < u64::MAX / 100 {
        power *= 10;
    }
    [power / 5, power * 2 / 5, power * 3 / 5, power * 4 / 5]
        .into_iter()
        .find(|step| *step >= micros)
        .unwrap_or(power)
        .max(1_000)
}

#[cfg(test)]
mod tests {
    use super::{Bursts, Flood, HEIGHT, LATEST, LEFT, Point, TOP, WIDTH, ceiling};

    fn bursts(points: usize) -> Bursts {
        let mut bursts = Bursts::default();
        let point = |number: usize| Point {
            case: "a".into(),
            micros: number as u64 * 1_000,
            status: Some(if number > 2 { 429 } else { 200 }),
        };
        bursts.latest.extend((0..points).map(point));
        bursts
    }

    #[test]
    fn an_axis_ends_at_a_round_number() {
        assert_eq!([0, 900, 1_001, 3_900, 236_800].map(ceiling), [1_000, 1_000, 2_000, 4_000, 400_000]);
        assert!(ceiling(u64::MAX) > 0);
    }

    #[test]
    fn the_answers_of_a_burst_are_marked_by_what_they_are() {
        let mut bursts = bursts(5);
        bursts.add(&Flood { case: "a".into(), ..Flood::default() });
        let kinds: Vec<_> = bursts.plots()[0].marks.iter().map(|mark| mark.kind).collect();
        assert_eq!(kinds, ["served", "served", "served", "limited", "limited"]);
        let inside = |at, from, length| (from..=from + length).contains(&at);
        assert!(bursts.plots()[0].marks.iter().all(|mark| inside(mark.x, LEFT, WIDTH) && inside(mark.y, TOP, HEIGHT)));
    }

    #[test]
    fn only_the_latest_are_remembered() {
        let mut bursts = bursts(LATEST);
        let probe = crate::exchange::Probe::default().into();
        let failure = crate::exchange::Failure {
            kind: crate::exchange::FailureKind::Reset,
            detail: String::new(),
            head: "".into(),
        };
        bursts.remember(&crate::exchange::Exchange {
            number: 1,
            purpose: crate::exchange::Purpose::Case,
            at_ms: 0,
            probe,
            outcome: crate::exchange::Outcome::Failed(failure),
            timing: crate::exchange::Timing::default(),
        });
        assert_eq!(bursts.latest.len(), LATEST);
    }
}
