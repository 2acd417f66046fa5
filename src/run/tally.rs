//! Counts verdicts and decides how the run ends.

use super::baseline::Upkeep;
use super::exit::Exit;
use super::unserved::Controls;
use super::{Job, line::Line};
use crate::event::Summary;
use crate::evidence::Conclusion;
use crate::exchange::Probe;
use crate::plan::Planned;
use crate::verdict::{Level, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::SystemTime;

/// A caller that is given up.
pub(super) struct GivenUp {
    /// Why, for people.
    pub(super) why: String,
    /// The request that was limited last.
    pub(super) probe: Arc<Probe>,
}

/// What a run has come to so far.
#[derive(Default)]
pub(super) struct Tally {
    held: u64,
    broken: u64,
    /// How many of the broken cases are broken by known failures only.
    known: u64,
    /// How many of them have a finding that fails the run, and how many one that was known once.
    failing: u64,
    expired: u64,
    skipped: u64,
    inconclusive: u64,
    notes: BTreeSet<String>,
    shoulds: BTreeSet<String>,
    /// Every fingerprint that was met.
    seen: BTreeSet<String>,
    hints: Vec<String>,
    /// By operation and thing of the world that makes it testable: whether a case about that was judged.
    testable: BTreeMap<(String, String), bool>,
    /// Whether the configuration is wrong, as the tenant shows.
    pub(super) misconfigured: bool,
    /// The callers that are given up, since they stay limited; empty for whoever shows no good credential.
    pub(super) throttled: BTreeMap<String, GivenUp>,
    /// Whether the target was lost.
    pub(super) lost: bool,
    /// Whether a control was refused like a case, for the lack of a credential or of authority.
    pub(super) excused: bool,
    /// What became of the requests that should work.
    pub(super) controls: Controls,
}

impl Tally {
    /// Counts a verdict.
    pub(super) fn count(&mut self, planned: &Planned, conclusion: &Conclusion, depends: bool) {
        let judged = match &conclusion.verdict {
            Verdict::Held => add(&mut self.held, true),
            Verdict::Broken { .. } => add(&mut self.broken, true),
            Verdict::Skipped { .. } => add(&mut self.skipped, false),
            Verdict::Inconclusive { .. } => add(&mut self.inconclusive, false),
        };
        if depends && planned.skip.is_none() {
            let thing = planned.case.thing().unwrap_or_default().to_owned();
            *self.testable.entry((planned.case.operation.clone(), thing)).or_default() |= judged;
        }
        self.known += u64::from(conclusion.verdict.is_known());
        if let Verdict::Broken { findings } = &conclusion.verdict {
            self.failing += u64::from(findings.iter().any(|finding| finding.failing));
            self.expired += u64::from(
                findings
                    .iter()
                    .any(|finding| finding.failing && finding.known.as_ref().is_some_and(|known| known.expired)),
            );
        }
        self.seen.extend(conclusion.findings.iter().map(|finding| finding.fingerprint.clone()));
        for finding in conclusion.findings.iter().filter(|finding| !finding.breaks()) {
            self.notes.insert(finding.fingerprint.clone());
            if finding.level == Level::Should {
                self.shoulds.insert(finding.fingerprint.clone());
            }
        }
        if let Some(hint) = planned.skip.as_ref().map(|skip| &skip.enable).filter(|hint| !self.hints.contains(hint)) {
            self.hints.push(hint.clone());
        }
    }

    /// Every fingerprint that was met.
    pub(super) fn seen(&self) -> &BTreeSet<String> {
        &self.seen
    }

    /// The end of the run.
    pub(super) fn summary(&self, line: &Line<'_>, job: &Job<'_>) -> Summary {
        let exit = self.exit(line.interrupted, job);
        let controls = self.controls.told();
        let (why, hints) = match exit {
            Exit::Undecided => (self.undecided(job.strict, &controls), Vec::new()),
            _ => (String::new(), controls),
        };
        Summary {
            requests: line.requests + line.fetches,
            held: self.held,
            broken: self.broken,
            known: self.known,
            skipped: self.skipped,
            inconclusive: self.inconclusive,
            notes: self.notes.len() as u64,
            shoulds: self.shoulds.len() as u64,
            rules: job.rules as u64,
            ms: line.elapsed_ms(),
            hints: hints.into_iter().chain(self.hints.iter().cloned()).collect(),
            exit: exit.code(),
            why,
        }
    }

    /// Why a run could not judge, in sentences.
    fn undecided(&self, strict: bool, controls: &[String]) -> String {
        let about = |(operation, thing): &(String, String)| match thing.as_str() {
            "" => operation.clone(),
            thing => format!("{operation} with `{thing}` of [world]"),
        };
        let unjudged: Vec<String> =
            self.testable.iter().filter(|(_, judged)| !**judged).map(|(key, _)| about(key)).collect();
        let of_run = [
            (self.lost, "The tenant was not reached, or was lost on the way."),
            (
                self.excused && !self.controls.none_worked(),
                "A request that had worked was refused later, and others with it.",
            ),
        ];
        let of_cases = [
            (!unjudged.is_empty(), format!("No case of {} was judged.", unjudged.join(" or "))),
            (strict && self.inconclusive > 0, "--strict does not take inconclusive cases.".to_owned()),
        ];
        let of_run = of_run.into_iter().map(|(holds, text)| (holds, text.to_owned()));
        let controls = controls.iter().map(|text| (true, text.clone()));
        let told = of_run.chain(controls).chain(of_cases).filter(|(holds, _)| *holds);
        let told: Vec<String> = told.map(|(_, text)| text).collect();
        if told.is_empty() { "Every case that was asked is inconclusive.".to_owned() } else { told.join(" ") }
    }

    fn exit(&self, interrupted: bool, job: &Job<'_>) -> Exit {
        // What is written into the list after the run is known then; an entry that is over is renewed by nobody.
        let updates = job.list.is_some_and(|list| list.upkeep == Upkeep::Writes);
        let fails = if updates { self.expired } else { self.failing } > 0;
        let unjudged = self.testable.values().any(|judged| !judged);
        let undecided = self.lost || self.excused || unjudged || (job.strict && self.inconclusive > 0);
        match () {
            () if interrupted => Exit::Interrupted,
            () if self.misconfigured => Exit::Usage,
            () if fails => Exit::Broken,
            () if undecided => Exit::Undecided,
            () if self.held + self.broken > 0 => Exit::Held,
            () if self.inconclusive > 0 => Exit::Undecided,
            () => Exit::Nothing,
        }
    }
}

fn add(count: &mut u64, judged: bool) -> bool {
    *count += 1;
    judged
}

/// The time of day, RFC 3339 in UTC, to the second.
pub(super) fn now() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let (days, second) = (since / 86_400, since % 86_400);
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// Year, month and day of a number of days since 1970-01-01, in the Gregorian calendar.
fn civil(days: u64) -> (u64, u64, u64) {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (mut year, mut rest) = (1970, days);
    while rest >= 365 + u64::from(leap(year)) {
        rest -= 365 + u64::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    (year, month, rest + 1)
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_become_dates() {
        for (days, date) in
            [(0, (1970, 1, 1)), (11_016, (2000, 2, 29)), (19_782, (2024, 2, 29)), (20_778, (2026, 11, 21))]
        {
            assert_eq!(civil(days), date, "{days}");
        }
    }
}
