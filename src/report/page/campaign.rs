//! What a campaign of seeded combinations did: what was combined and new in each case, and what was found, by fingerprint.

use super::answer::what;
use super::figures::{count, duration, thousands};
use crate::event::{Event, Found, Fuzz};
use crate::exchange::{Exchange, Outcome, Purpose};
use std::collections::{BTreeMap, VecDeque};

/// Cases, and new answers of one case, beyond these are counted only.
const CASES: usize = 40;
const NEWS: usize = 60;
/// So many candidates may be under way or made smaller before one of them is known to be new.
const LATEST: usize = 256;
/// The curve has at most so many points.
const POINTS: usize = 400;

/// What is known of the campaign so far. Holds a bounded number of things.
#[derive(Debug, Default)]
pub struct Campaign {
    latest: VecDeque<(String, New)>,
    strands: Vec<Strand>,
    /// What was sent of cases of which nothing was new yet.
    others: BTreeMap<String, u64>,
    new: u64,
    curve: Vec<(u64, u64)>,
    /// Every so many new answers make a point.
    step: u64,
    fuzz: Option<Fuzz>,
}

/// The candidates of one case.
#[derive(Debug)]
pub struct Strand {
    /// The case.
    pub case: String,
    /// How many candidates were sent.
    pub sent: u64,
    /// Those whose answer was new, the first ones.
    pub news: Vec<New>,
    /// How many more there were.
    pub more: u64,
}

/// A candidate whose answer was like no answer before it.
#[derive(Debug, Clone)]
pub struct New {
    /// Its number.
    pub candidate: u32,
    /// What was combined in it, by id; empty where the request went out as it works.
    pub combined: Vec<String>,
    /// The status and its words, or why no answer came.
    pub answer: String,
}

/// A finding of the campaign, over all cases that show it.
#[derive(Debug)]
pub struct Group<'a> {
    /// Its fingerprint.
    pub fingerprint: &'a str,
    /// Its rule.
    pub rule: &'a str,
    /// Whether it fails the run.
    pub failing: bool,
    /// How many candidates showed it.
    pub count: u64,
    /// The cases, in the order in which they showed it.
    pub cases: Vec<&'a str>,
}

impl Campaign {
    /// Looks at an event.
    pub fn observe(&mut self, event: &Event) {
        match event {
            Event::Exchange(exchange) if exchange.purpose == Purpose::Case && exchange.probe.candidate > 0 => {
                self.remember(exchange);
            }
            Event::News { case, candidate } => self.news(case, *candidate),
            Event::Fuzz(fuzz) => self.fuzz = Some(fuzz.clone()),
            _ => {}
        }
    }

    fn remember(&mut self, exchange: &Exchange) {
        let case = &exchange.probe.case;
        match self.strands.iter_mut().find(|strand| strand.case == *case) {
            Some(strand) => strand.sent += 1,
            None if self.others.len() < LATEST || self.others.contains_key(case) => {
                *self.others.entry(case.clone()).or_default() += 1;
            }
            None => {}
        }
        if self.latest.len() == LATEST {
            self.latest.pop_front();
        }
        let probe = &exchange.probe;
        let (candidate, combined) = (probe.candidate, probe.defects.clone());
        self.latest.push_back((probe.case.clone(), New { candidate, combined, answer: answer(&exchange.outcome) }));
    }

    fn news(&mut self, case: &str, candidate: u32) {
        let known = self.latest.iter().find(|(own, new)| own == case && new.candidate == candidate);
        let Some(new) = known.map(|(_, new)| new.clone()) else { return };
        let at = self.strands.iter().position(|strand| strand.case == case).unwrap_or(self.strands.len());
        if at == self.strands.len() && at < CASES {
            let sent = self.others.remove(case).unwrap_or_default();
            self.strands.push(Strand { case: case.to_owned(), sent, news: Vec::new(), more: 0 });
        }
        self.new += 1;
        self.point();
        match self.strands.get_mut(at) {
            Some(strand) if strand.news.len() < NEWS => strand.news.push(new),
            Some(strand) => strand.more += 1,
            None => {}
        }
    }

    /// How many candidates were sent of the cases that are told.
    fn sent(&self) -> u64 {
        self.strands.iter().map(|strand| strand.sent).sum()
    }

    fn point(&mut self) {
        if self.curve.len() == POINTS {
            self.step = self.step.max(1) * 2;
            let mut dropped = false;
            self.curve.retain(|_| {
                dropped = !dropped;
                !dropped
            });
        }
        if self.new.is_multiple_of(self.step.max(1)) {
            self.curve.push((self.sent(), self.new));
        }
    }

    /// What the campaign met, where there was one and it came to its end.
    pub fn fuzz(&self) -> Option<&Fuzz> {
        self.fuzz.as_ref()
    }

    /// Case by case.
    pub fn strands(&self) -> &[Strand] {
        &self.strands
    }

    /// How many candidates were sent, and how many of them were new, at each step; the last point is the end.
    pub fn curve(&self) -> Vec<(u64, u64)> {
        let end = (self.new > 0).then(|| (self.sent(), self.new));
        self.curve.iter().copied().chain(end).collect()
    }
}

/// Requests, time, pace and behaviours in one sentence.
pub fn pace(fuzz: &Fuzz) -> String {
    let second = fuzz.requests.saturating_mul(1_000).checked_div(fuzz.ms).unwrap_or_default();
    let (requests, behaviours) = (count(fuzz.requests, "request"), count(fuzz.behaviours, "behaviour"));
    let (took, second) = (duration(fuzz.ms), thousands(second));
    format!("{requests} in {took}, {second} a second · {behaviours}")
}

/// How many answers are not among the first ones.
pub fn other_answers(fuzz: &Fuzz, shown: usize) -> u64 {
    fuzz.answers.iter().skip(shown).fold(0, |sum, answers| sum.saturating_add(answers.count))
}

/// The findings by fingerprint: what fails first, then the more frequent.
pub fn found(fuzz: &Fuzz) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    for Found { fingerprint, rule, case, failing, count } in &fuzz.found {
        let none = Group { fingerprint, rule, failing: false, count: 0, cases: Vec::new() };
        let group = groups.entry(fingerprint).or_insert(none);
        group.failing |= failing;
        group.count = group.count.saturating_add(*count);
        if group.cases.len() < CASES && !group.cases.contains(&case.as_str()) {
            group.cases.push(case);
        }
    }
    let mut groups: Vec<Group<'_>> = groups.into_values().collect();
    groups.sort_by_key(|group| (!group.failing, std::cmp::Reverse(group.count)));
    groups
}

fn answer(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answered(answer) => format!("{} {}", answer.status, answer.reason).trim_end().to_owned(),
        Outcome::Failed(failure) => what(failure.kind).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Campaign, NEWS, POINTS, found};
    use crate::event::{Event, Found, Fuzz};
    use crate::exchange::{Exchange, Failure, FailureKind, Outcome, Probe, Purpose, Timing};

    fn sent(candidate: u32, purpose: Purpose) -> Event {
        let probe = Probe { case: "w/fuzz".into(), candidate, defects: vec!["a/b".into()], ..Probe::default() };
        let outcome = Outcome::Failed(Failure { kind: FailureKind::Reset, detail: String::new(), head: "".into() });
        let (number, timing) = (u64::from(candidate), Timing::default());
        Event::Exchange(Exchange { number, purpose, at_ms: 0, probe: probe.into(), outcome, timing }.into())
    }

    fn of(candidates: u32) -> Campaign {
        let mut campaign = Campaign::default();
        for candidate in 1..=candidates {
            campaign.observe(&sent(candidate, Purpose::Case));
            campaign.observe(&sent(candidate, Purpose::Shrink));
            campaign.observe(&Event::News { case: "w/fuzz".into(), candidate });
        }
        campaign
    }

    #[test]
    fn what_was_combined_is_told_of_what_was_new() {
        let campaign = of(2);
        let strand = &campaign.strands()[0];
        assert_eq!((strand.case.as_str(), strand.news.len(), strand.more), ("w/fuzz", 2, 0));
        assert_eq!(strand.news[1].combined, ["a/b"]);
        assert!(strand.news[1].answer.contains("reset"), "{}", strand.news[1].answer);
        assert_eq!(campaign.curve(), [(1, 1), (2, 2), (2, 2)]);
    }

    #[test]
    fn a_campaign_without_end_takes_no_more_room() {
        let campaign = of(5_000);
        assert!(campaign.curve().len() <= POINTS + 1);
        assert_eq!(campaign.curve().last(), Some(&(5_000, 5_000)));
        let strand = &campaign.strands()[0];
        assert_eq!((strand.news.len(), strand.more), (NEWS, 5_000 - NEWS as u64));
    }

    #[test]
    fn findings_are_told_by_fingerprint() {
        let found_in = |case: &str, failing, count| Found {
            fingerprint: "f".into(),
            rule: "r".into(),
            case: case.into(),
            failing,
            count,
        };
        let other = Found { fingerprint: "g".into(), count: 99, ..Found::default() };
        let fuzz = Fuzz { found: vec![other, found_in("a", false, 3), found_in("b", true, 4)], ..Fuzz::default() };
        let groups = found(&fuzz);
        assert_eq!(groups.len(), 2);
        assert_eq!((groups[0].fingerprint, groups[0].failing, groups[0].count), ("f", true, 7));
        assert_eq!(groups[0].cases, ["a", "b"]);
    }
}
