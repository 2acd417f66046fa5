//! One cause: a fingerprint, the first finding that showed it, and where else it was met.

use super::evidence::Evidence;
use super::spelled::short;
use crate::event::Judged;
use crate::report::page::{Distinct, Witness, count, smaller, thousands};
use crate::verdict::{Finding, Level, Stability};
use serde::Serialize;

const NAMED: usize = 8;
const NAME: usize = 300;
const WORDS: usize = 1_000;

/// A cause, as the page shows it. What the page does not show is skipped.
#[derive(Debug, Serialize)]
pub struct Cause {
    anchor: String,
    fingerprint: String,
    /// The rule.
    pub rule: String,
    /// What the rule promises.
    pub title: String,
    /// The page's own words.
    pub clause: String,
    /// How grave it is.
    #[serde(rename = "level")]
    pub grave: Level,
    /// Whether it fails the run.
    pub failing: bool,
    /// What the list of known failures says of it; empty where nothing.
    known: String,
    flaky: bool,
    /// Whether a file is kept of it, so that it can be sent again.
    kept: bool,
    /// The command that sends it again, or checks its case again.
    again: Option<String>,
    erratum: Option<String>,
    /// The operation.
    pub operation: String,
    case: String,
    status: Option<u16>,
    /// The place in the body, where there is one.
    pub pointer: Option<String>,
    expected: String,
    received: String,
    seed: String,
    /// What tells it from others of its rule and operation.
    #[serde(skip)]
    pub spot: Option<String>,
    /// What it takes to show it.
    takes: String,
    /// What was combined in the request, and how much smaller it was made.
    combined: String,
    shrunk: String,
    stability: String,
    verdict: String,
    case_title: String,
    case_clause: String,
    place: String,
    line: String,
    exchange: u64,
    evidence: Option<Evidence>,
    also: Vec<String>,
    also_told: String,
    places_told: String,
    #[serde(skip)]
    first_pointer: Option<String>,
    #[serde(skip)]
    first_case: String,
    #[serde(skip)]
    others: Distinct<200>,
    #[serde(skip)]
    places: u64,
    #[serde(skip)]
    seen: u64,
}

impl Cause {
    /// Opens a cause with its first finding, which was seen by a witness.
    pub fn new(number: usize, finding: &Finding, witness: &Witness, evidence: Option<Evidence>) -> Self {
        let seen = witness.exchange(finding.exchange);
        let kept = finding.breaks() && witness.shows_alone(finding);
        let again = if kept { witness.again(finding) } else { witness.recheck(finding) };
        let id = &finding.fingerprint;
        let plain = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        let probe = seen.map(|seen| &seen.exchange.probe);
        let origin = probe.map(|probe| match probe.candidate {
            0 => format!("{}", probe.seed),
            candidate => format!("{}, candidate {candidate}", probe.seed),
        });
        Self {
            anchor: if plain { format!("finding-{id}") } else { format!("finding-{number}") },
            fingerprint: short(id, 64),
            rule: short(&finding.rule, NAME),
            title: short(&finding.title, WORDS),
            clause: words(&finding.clause),
            grave: finding.level,
            failing: finding.failing,
            known: finding.known.as_ref().map(|known| short(&known.to_string(), WORDS)).unwrap_or_default(),
            flaky: finding.stability == Stability::Flaky,
            kept,
            again: again.map(|line| short(&line, WORDS)),
            erratum: finding.erratum.as_deref().map(|id| short(id, NAME)),
            operation: short(&finding.operation, NAME),
            case: short(&finding.case, NAME),
            status: finding.status,
            pointer: finding.pointer.as_deref().map(|pointer| short(pointer, NAME)),
            expected: short(&finding.expected, WORDS),
            received: short(&finding.received, WORDS),
            seed: origin.unwrap_or_default(),
            spot: finding.place(),
            takes: finding.takes().map(|takes| short(&takes, WORDS)).unwrap_or_default(),
            combined: probe.map(|probe| short(&probe.defects.join(" + "), NAME)).unwrap_or_default(),
            shrunk: finding.shrunk.map(smaller).unwrap_or_default(),
            stability: stability(finding.stability, finding.seen),
            verdict: verdict(finding.failing, finding.is_known()).to_owned(),
            case_title: String::new(),
            case_clause: String::new(),
            place: String::new(),
            line: String::new(),
            exchange: finding.exchange,
            evidence,
            also: Vec::new(),
            also_told: String::new(),
            places_told: String::new(),
            first_pointer: finding.pointer.clone().filter(|pointer| pointer.len() <= WORDS),
            first_case: finding.case.clone(),
            others: Distinct::default(),
            places: 0,
            seen: finding.seen,
        }
    }

    /// Takes another finding of the same fingerprint.
    pub fn again(&mut self, finding: &Finding) {
        self.failing |= finding.failing;
        if finding.case != self.first_case {
            return self.also(&finding.case);
        }
        if finding.pointer != self.first_pointer {
            self.places += 1;
            self.places_told = format!("also at {} of this case", count(self.places, "other place"));
        }
        if finding.seen > self.seen {
            self.seen = finding.seen;
            self.flaky = finding.stability == Stability::Flaky;
            self.stability = stability(finding.stability, finding.seen);
        }
    }

    /// Takes the verdict of the case that was the first to show it.
    pub fn judge(&mut self, judged: &Judged) {
        let own = verdict(self.failing, self.is_known());
        let word = if own.is_empty() { verdict(!judged.known, judged.known) } else { own };
        self.verdict = short(if judged.verdict == "broken" { word } else { &judged.verdict }, NAME);
        self.case_title = short(&judged.title, WORDS);
        self.case_clause = words(&judged.clause);
        let place = &judged.place;
        if !place.path.is_empty() {
            self.place = format!("{}:{}:{}", short(&place.path, NAME), place.line, place.column);
            self.line = short(place.text.trim(), NAME);
        }
    }

    /// Whether it is known and does not fail the run.
    pub fn is_known(&self) -> bool {
        !self.failing && !self.known.is_empty()
    }

    /// Takes another case that shows it.
    pub fn also(&mut self, case: &str) {
        if case == self.first_case || !self.others.insert(case) {
            return;
        }
        if self.also.len() < NAMED {
            self.also.push(short(case, NAME));
        }
        let (others, more) = (self.others.count(), self.others.count() - self.also.len() as u64);
        let rest = if more > 0 { format!(", {} of them not named here", thousands(more)) } else { String::new() };
        self.also_told = format!("the same in {}{rest}", count(others, "other case"));
    }

    /// About how many bytes it takes on the page.
    pub fn weight(&self) -> usize {
        let texts = [&self.title, &self.clause, &self.expected, &self.received, &self.rule, &self.case];
        let texts: usize = texts.iter().map(|text| text.len() * 2).sum();
        3_000 + texts + self.evidence.as_ref().map_or(0, Evidence::weight)
    }

    /// Where it stands on the page, and its rule.
    pub fn anchor(&self) -> (&str, &str) {
        (&self.anchor, &self.rule)
    }
}

/// The word by which the page filters.
fn verdict(failing: bool, known: bool) -> &'static str {
    match (failing, known) {
        (true, _) => "broken",
        (false, true) => "known",
        _ => "",
    }
}

fn words(text: &str) -> String {
    short(&text.split_whitespace().collect::<Vec<_>>().join(" "), WORDS)
}

fn stability(stability: Stability, seen: u64) -> String {
    match (stability, seen) {
        (Stability::Stable, seen) => format!("stable, seen {} times", thousands(seen.max(2))),
        (Stability::Flaky, _) => "flaky: not seen again on the same bytes".to_owned(),
        (Stability::Once, 0 | 1) => "seen once".to_owned(),
        (Stability::Once, seen) => format!("seen {} times", thousands(seen)),
    }
}
