//! The list of known failures in a run: what it says of a finding, and which of its entries tell of nothing any more.

use super::Court;
use crate::event::{Baseline, Event, Stale};
use crate::load::{self, KnownEntry};
use crate::plan::{Phase, Plan, Planned};
use crate::verdict::{Finding, Known, fingerprint};
use std::collections::BTreeSet;
use std::iter;

/// What is done with a list of known failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Upkeep {
    /// It is read only.
    #[default]
    Reads,
    /// After the run what fails is written into it, so that it fails this run no more.
    Writes,
}

/// A list of known failures, as of one day.
pub struct List {
    /// What stands in the file.
    pub file: load::Baseline,
    /// The day of the run, UTC: `YYYY-MM-DD`.
    pub today: String,
    /// What is done with it.
    pub upkeep: Upkeep,
}

/// Statuses of which it is chance which case meets them.
const PASSING: [u16; 4] = [429, 502, 503, 504];
/// No more of them are told one by one.
const TOLD: usize = 20;

impl List {
    /// What the list says of a finding, in a run of a plan and a seed.
    pub(super) fn known(&self, finding: &Finding, plan: &Plan, seed: u64) -> Option<Known> {
        let entry = self.file.entries.iter().find(|entry| entry.fingerprint == finding.fingerprint)?;
        let expired = entry.until.as_ref().is_some_and(|until| *until < self.today);
        let elsewhere = !expired && is_elsewhere(entry, finding, plan, seed);
        Some(Known { reason: entry.reason.clone(), until: entry.until.clone(), expired, elsewhere, added: false })
    }
}

/// Whether an entry names its cases, and a finding is of another one that was asked for the same when it was written.
fn is_elsewhere(entry: &KnownEntry, finding: &Finding, plan: &Plan, seed: u64) -> bool {
    let passing = finding.earlier.is_some() || finding.status.is_some_and(|status| PASSING.contains(&status));
    if entry.cases.is_empty() || entry.flaky || passing {
        return false;
    }
    let named = |planned: &Planned| entry.cases.contains(&planned.case.id);
    let all = plan.operations.iter().flat_map(|stage| &stage.cases);
    let mut all = all.flat_map(|planned| iter::once(planned).chain(&planned.members));
    let own = all.find(|planned| planned.case.id == finding.case);
    own.is_some_and(|planned| {
        let same = match planned.phase {
            Phase::Cases => true,
            Phase::Coverage => entry.seed.is_none_or(|drawn| drawn == seed),
            Phase::Fuzz | Phase::Flood => false,
        };
        same && !named(planned) && !planned.members.iter().any(named)
    })
}

/// What a run knows that tells a mended failure from one that it could not have seen.
pub(super) struct Sight<'a> {
    /// Everything that world and flags allow, whatever is selected.
    pub(super) whole: &'a Plan,
    /// The cases that were judged whole.
    pub(super) judged: &'a BTreeSet<String>,
    /// Every fingerprint that was met.
    pub(super) seen: &'a BTreeSet<String>,
}

impl Sight<'_> {
    /// Whether an entry was not seen although everything that could show it was judged.
    pub(super) fn is_stale(&self, entry: &KnownEntry) -> bool {
        let KnownEntry { rule: Some(rule), operation: Some(operation), .. } = entry else { return false };
        if entry.flaky || self.seen.contains(&entry.fingerprint) {
            return false;
        }
        let shows = |planned: &Planned| {
            let shown = |kind: &str| fingerprint(rule, operation, entry.pointer.as_deref(), kind) == entry.fingerprint;
            planned.case.operation == *operation && (shown(&planned.case.family) || shown(planned.case.kind()))
        };
        let flood = self.whole.flood.iter().filter_map(|flood| flood.tries.first());
        let all = || self.whole.selected().chain(flood.clone());
        let mut able = all().filter(|planned| shows(planned) || planned.members.iter().any(shows)).peekable();
        // Another draw of a campaign shows other things, and what the world lacks now may have been there.
        let named = |case: &String| all().any(|planned| self.settles(planned, case));
        able.peek().is_some()
            && entry.case.as_ref().is_none_or(named)
            && able.all(|planned| planned.phase != Phase::Fuzz && (planned.skip.is_some() || self.is_judged(planned)))
    }

    /// Whether a case was judged, or each of those that share its request.
    fn is_judged(&self, planned: &Planned) -> bool {
        let judged = |planned: &Planned| self.judged.contains(&planned.case.id);
        judged(planned) || (!planned.members.is_empty() && planned.members.iter().all(judged))
    }

    /// Whether this case, or what shares its request, is the one that is named, and was judged.
    fn settles(&self, planned: &Planned, case: &str) -> bool {
        let own = planned.case.id == case || planned.members.iter().any(|member| member.case.id == case);
        own && self.is_judged(planned)
    }
}

impl Court<'_> {
    /// Tells what has become of the list of known failures; what to do about it, a sentence each.
    pub(super) fn take_stock(&mut self) -> Vec<String> {
        let (Some(list), Some(yardstick)) = (self.job.list, self.job.yardstick) else { return Vec::new() };
        let (judged, seen) = (&self.whole, self.tally.seen());
        let sight = Sight { whole: yardstick.whole, judged, seen };
        let entries = &list.file.entries;
        // A part of a run may lack what it takes to show a failure.
        let is_whole = self.halted().is_none() && has_all(self.job.plan, yardstick.whole);
        let stale: Vec<&KnownEntry> = entries.iter().filter(|entry| is_whole && sight.is_stale(entry)).collect();
        let met = entries.iter().filter(|entry| seen.contains(&entry.fingerprint)).count() as u64;
        let hints = if list.upkeep == Upkeep::Writes { Vec::new() } else { hints(&stale) };
        let stale = stale.into_iter().map(told).collect();
        self.line.tell(Event::Baseline(Baseline { entries: entries.len() as u64, seen: met, stale }));
        hints
    }
}

/// Whether a plan has every case that there is.
fn has_all(plan: &Plan, whole: &Plan) -> bool {
    let ids = |plan: &Plan| plan.selected().map(|planned| planned.case.id.clone()).collect::<BTreeSet<_>>();
    ids(plan) == ids(whole) && plan.flood.is_some() == whole.flood.is_some()
}

fn told(entry: &KnownEntry) -> Stale {
    let KnownEntry { fingerprint, reason, case, .. } = entry.clone();
    Stale { fingerprint, reason, rule: entry.rule.clone().unwrap_or_default(), case }
}

fn hints(stale: &[&KnownEntry]) -> Vec<String> {
    let hint = |entry: &&KnownEntry| {
        let (id, rule) = (&entry.fingerprint, entry.rule.as_deref().unwrap_or_default());
        format!("the known failure {id} ({rule}) is not seen any more: --update-baseline takes it out")
    };
    let more = stale.len().saturating_sub(TOLD);
    let rest = (more > 0).then(|| format!("{more} more known failures are not seen any more"));
    stale.iter().take(TOLD).map(hint).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::{List, Sight, Upkeep};
    use crate::contract::Case;
    use crate::load::{Baseline, KnownEntry};
    use crate::plan::{Phase, Plan, Planned, Skip, Stage};
    use crate::run::strict::Measure;
    use crate::verdict::{Finding, fingerprint};
    use std::collections::BTreeSet;

    fn planned(id: &str) -> Planned {
        let case = Case { id: id.into(), family: id.into(), operation: "widgets".into(), ..Case::default() };
        Planned { selected: true, ..Planned::of(case) }
    }

    /// An entry about the body of all cases of `widgets/a/…`, first shown by `widgets/a/one`.
    fn entry() -> KnownEntry {
        let own = |text: &str| Some(text.to_owned());
        KnownEntry {
            fingerprint: fingerprint("body.schema", "widgets", Some("/id"), "a"),
            reason: "ABC-1".into(),
            rule: own("body.schema"),
            operation: own("widgets"),
            case: own("widgets/a/one"),
            pointer: own("/id"),
            ..KnownEntry::default()
        }
    }

    fn stale(entry: &KnownEntry, cases: Vec<Planned>, judged: &[&str], seen: &[&str]) -> bool {
        let operations = vec![Stage { operation: "widgets".into(), cases }];
        let whole = &Plan { operations, ..Plan::default() };
        let set = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<BTreeSet<String>>();
        let (judged, seen) = (&set(judged), &set(seen));
        Sight { whole, judged, seen }.is_stale(entry)
    }

    fn two() -> Vec<Planned> {
        ["widgets/a/one", "widgets/a/two", "widgets/b"].map(planned).into()
    }

    #[test]
    fn what_was_not_seen_where_all_that_could_show_it_was_judged_is_stale() {
        let both = ["widgets/a/one", "widgets/a/two"];
        assert!(stale(&entry(), two(), &both, &[]));
        assert!(!stale(&entry(), two(), &both, &[&entry().fingerprint]), "it was seen");
        assert!(!stale(&entry(), two(), &both[..1], &[]), "another of its kind was not judged");
        assert!(!stale(&entry(), two(), &both[1..], &[]), "its own case was not judged");
        assert!(!stale(&entry(), vec![planned("widgets/b")], &["widgets/b"], &[]), "no case can show it");
    }

    #[test]
    fn what_the_world_lacks_does_not_keep_an_entry_unless_it_was_the_one_that_showed_it() {
        let skip = Some(Skip { why: "w".into(), enable: "e".into() });
        let lacking = |at: usize| {
            let mut cases = two();
            cases[at].skip.clone_from(&skip);
            cases
        };
        assert!(stale(&entry(), lacking(1), &["widgets/a/one"], &[]));
        assert!(!stale(&entry(), lacking(0), &["widgets/a/two"], &[]));
    }

    #[test]
    fn what_comes_and_goes_what_a_campaign_drew_and_what_nobody_can_place_is_never_stale() {
        let judged = ["widgets/a/one", "widgets/a/two"];
        assert!(!stale(&KnownEntry { flaky: true, ..entry() }, two(), &judged, &[]));
        assert!(!stale(&KnownEntry { rule: None, ..entry() }, two(), &judged, &[]));
        let drawn = two().into_iter().map(|planned| Planned { phase: Phase::Fuzz, ..planned }).collect();
        assert!(!stale(&entry(), drawn, &judged, &[]));
    }

    #[test]
    fn those_that_share_a_request_are_judged_with_it_or_one_by_one() {
        let shared = || {
            let members = vec![planned("widgets/a/one"), planned("widgets/a/two")];
            vec![Planned { members, ..planned("widgets/a/together") }]
        };
        assert!(stale(&entry(), shared(), &["widgets/a/together"], &[]));
        assert!(stale(&entry(), shared(), &["widgets/a/one", "widgets/a/two"], &[]));
        assert!(!stale(&entry(), shared(), &["widgets/a/one"], &[]));
    }

    fn settled(until: Option<&str>, today: &str, level: &str, strict: bool) -> Finding {
        let entries = vec![KnownEntry { until: until.map(ToOwned::to_owned), ..entry() }];
        let mut file = Baseline::default();
        file.entries = entries;
        let list = List { file, today: today.into(), upkeep: Upkeep::Reads };
        let finding = serde_json::json!({
            "fingerprint": entry().fingerprint, "rule": "body.schema", "level": level, "operation": "widgets",
            "case": "widgets/a/one", "expected": "", "received": "", "stability": "once", "failing": false,
            "title": "", "clause": "", "exchange": 1, "seen": 1,
        });
        Measure { strict, list: Some(&list), plan: &Plan::default(), seed: 1 }
            .settle(serde_json::from_value(finding).unwrap())
    }

    #[test]
    fn a_case_that_an_entry_does_not_name_is_another_one_where_both_runs_asked_the_same() {
        let is_elsewhere = |change: fn(&mut Finding), phase: Phase, cases: &[&str], seed: u64| {
            let cases = cases.iter().map(|case| (*case).to_owned()).collect();
            let entry = KnownEntry { cases, seed: Some(1), ..entry() };
            let mut all = two();
            for planned in &mut all {
                planned.phase = phase;
            }
            all[0].members = vec![planned("widgets/part")];
            let plan = Plan { operations: vec![Stage { operation: "widgets".into(), cases: all }], ..Plan::default() };
            let mut finding = settled(None, "2026-01-01", "must", false);
            change(&mut finding);
            super::is_elsewhere(&entry, &finding, &plan, seed)
        };
        let two = ["widgets/a/two"];
        assert!(is_elsewhere(|_| {}, Phase::Cases, &two, 2));
        assert!(is_elsewhere(|_| {}, Phase::Coverage, &two, 1));
        assert!(!is_elsewhere(|_| {}, Phase::Coverage, &two, 2), "another seed draws other requests");
        assert!(!is_elsewhere(|_| {}, Phase::Fuzz, &two, 1), "a campaign is guided by answers");
        assert!(!is_elsewhere(|_| {}, Phase::Cases, &[], 1), "the entry is about all cases");
        assert!(!is_elsewhere(|_| {}, Phase::Cases, &["widgets/a/one"], 1));
        assert!(!is_elsewhere(|_| {}, Phase::Cases, &["widgets/part"], 1), "it shares the request");
        assert!(!is_elsewhere(|finding| finding.status = Some(429), Phase::Cases, &two, 1), "any case may meet it");
        assert!(!is_elsewhere(|finding| finding.earlier = Some(1), Phase::Cases, &two, 1), "it takes two to show it");
        assert!(!is_elsewhere(|finding| finding.case = "widgets/gone".into(), Phase::Cases, &two, 1));
    }

    #[test]
    fn an_entry_holds_to_the_end_of_its_last_day() {
        let known = settled(Some("2026-12-31"), "2026-12-31", "must", false);
        assert_eq!((known.failing, known.is_known(), known.breaks()), (false, true, true));
        let over = settled(Some("2026-12-31"), "2027-01-01", "must", false);
        assert_eq!((over.failing, over.is_known(), over.breaks()), (true, false, true));
        assert!(settled(None, "2999-01-01", "must", false).is_known());
    }

    #[test]
    fn what_would_not_fail_the_run_anyway_is_not_known() {
        for (strict, known) in [(false, false), (true, true)] {
            let should = settled(None, "2026-01-01", "should", strict);
            assert_eq!((should.failing, should.is_known(), should.breaks()), (false, known, known));
        }
    }
}
