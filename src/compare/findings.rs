//! What became of each finding: matched by fingerprint, never called new or fixed where its case was not judged.

use super::digest::{Digest, Found};
use crate::event::{Change, Turn};
use crate::verdict::{Finding, Stability};

/// More cases are counted only.
const NAMED: usize = 3;

/// The findings of either run and what became of them, the most important first.
pub(super) fn changes(old: &Digest, new: &Digest) -> Vec<Change> {
    let gone = old.findings.iter().filter(|(fingerprint, _)| !new.findings.contains_key(*fingerprint));
    let mut changes: Vec<Change> = gone.map(|(_, found)| gone_from(old, new, found)).collect();
    for (fingerprint, found) in &new.findings {
        changes.push(match old.findings.get(fingerprint) {
            Some(former) => again(old, new, former, found),
            None => appeared(old, new, found),
        });
    }
    let rank = |change: &Change| (change.turn, !change.failing, std::cmp::Reverse(change.level));
    changes.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| one.case.cmp(&other.case)));
    changes
}

fn is_flaky(finding: &Finding) -> bool {
    finding.stability == Stability::Flaky
}

fn appeared(old: &Digest, new: &Digest, found: &Found) -> Change {
    let finding = &found.finding;
    let silences = silences(old, new, found);
    // New is what at least one case shows that both runs judged.
    if let Some(why) = silences.first().filter(|_| silences.len() == found.cases.len()) {
        return Change::of(finding, Turn::NotRun, vec![format!("in the old run {why}")]);
    }
    // The first flaky finding of a rule proves nothing, and does not fail a run.
    let turn = if is_flaky(finding) && !finding.failing { Turn::Flaky } else { Turn::New };
    let how = if turn == Turn::Flaky { vec!["only the new run shows it".to_owned()] } else { Vec::new() };
    Change::of(finding, turn, how)
}

fn gone_from(old: &Digest, new: &Digest, found: &Found) -> Change {
    // Fixed is what none of the cases shows any more.
    if let Some(why) = silences(new, old, found).first() {
        return Change::of(&found.finding, Turn::NotRun, vec![format!("in the new run {why}")]);
    }
    if is_flaky(&found.finding) {
        return Change::of(&found.finding, Turn::Flaky, vec!["only the old run shows it".to_owned()]);
    }
    Change::of(&found.finding, Turn::Fixed, Vec::new())
}

/// Why a run says nothing about a finding of another run, for each of its cases about which it does not.
fn silences(run: &Digest, other: &Digest, found: &Found) -> Vec<String> {
    let silent = found.cases.iter().filter_map(|(case, candidate)| {
        let why = run.is_silent(other, case, *candidate)?;
        Some(if *case == found.finding.case { why } else { format!("{case}: {why}") })
    });
    silent.collect()
}

fn again(old: &Digest, new: &Digest, before: &Found, found: &Found) -> Change {
    let (former, finding) = (&before.finding, &found.finding);
    // What comes and goes does so in any case.
    let steady = !is_flaky(former) && !is_flaky(finding);
    let more = if steady { new.newly_broken(found, old, before) } else { Vec::new() };
    let fewer = if steady { old.newly_broken(before, new, found) } else { Vec::new() };
    let told =
        [cases("breaks", &more, "held in the old run"), cases("no longer breaks", &fewer, "held in the new run")];
    let mut how: Vec<String> = told.into_iter().flatten().collect();
    let mut differ = |what: &str, one: String, other: String| {
        if one != other {
            how.push(format!("{what} {one}, now {other}"));
        }
    };
    let status = |finding: &Finding| finding.status.map_or_else(|| "none".to_owned(), |status| status.to_string());
    let fails = |finding: &Finding| match (finding.failing, finding.is_known()) {
        (true, _) => "failing".to_owned(),
        (_, true) => "known".to_owned(),
        _ => "not failing".to_owned(),
    };
    differ("status", status(former), status(finding));
    differ("level", former.level.to_string(), finding.level.to_string());
    differ("was", fails(former), fails(finding));
    differ("expected", calm(&former.expected), calm(&finding.expected));
    differ("stability", stability(former), stability(finding));
    // Another status says it already.
    if former.case == finding.case && former.status == finding.status {
        differ("received", calm(&former.received), calm(&finding.received));
    }
    let turn = match () {
        // What was known was there already; that it is listed no more is no deed of the tenant.
        () if finding.failing && (!former.breaks() || !more.is_empty()) => Turn::Worse,
        () if is_flaky(finding) && !finding.failing => Turn::Flaky,
        () if is_flaky(former) != is_flaky(finding) => Turn::Flaky,
        () if how.is_empty() => Turn::Still,
        () => Turn::Changed,
    };
    Change { more, fewer, ..Change::of(finding, turn, how) }
}

/// Some cases in a clause, the first ones by name.
fn cases(verb: &str, names: &[String], held: &str) -> Option<String> {
    let shown: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let rest = names.len().saturating_sub(NAMED);
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let plural = if names.len() == 1 { "" } else { "s" };
    (!names.is_empty()).then(|| format!("{verb} {} case{plural} that {held}: {}{rest}", names.len(), shown.join(", ")))
}

/// Whether it was looked for again says nothing about the tenant.
fn stability(finding: &Finding) -> String {
    if is_flaky(finding) { "flaky" } else { "stable" }.to_owned()
}

/// A text without what differs each time: quoted values, ids, numbers and times stand as `…`.
fn calm(text: &str) -> String {
    let mut calm = String::new();
    for (index, piece) in text.split(['"', '`']).enumerate() {
        if index % 2 == 1 {
            calm.push('…');
            continue;
        }
        for word in piece.split_inclusive(' ') {
            let volatile = word.bytes().any(|byte| byte.is_ascii_digit()) && word.trim_end().len() > 3;
            calm.push_str(if volatile { "… " } else { word });
        }
    }
    calm.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{calm, changes};
    use crate::compare::Digest;
    use crate::event::{Event, Judged, Turn};
    use crate::verdict::{Finding, Known, Level, Stability};

    fn finding() -> Finding {
        Finding {
            fingerprint: "0011223344556677".into(),
            rule: "body.schema".into(),
            level: Level::Must,
            operation: "read-widget".into(),
            case: "read-widget/a".into(),
            status: Some(200),
            pointer: Some("/id".into()),
            expected: "a string".into(),
            received: "a number".into(),
            stability: Stability::Stable,
            erratum: None,
            failing: true,
            title: String::new(),
            clause: String::new(),
            exchange: 1,
            earlier: None,
            nearest: None,
            seen: 1,
            known: None,
            shrunk: None,
            left: Vec::new(),
            expect: None,
        }
    }

    fn run(finding: Option<Finding>, verdict: &str) -> Digest {
        let mut digest = Digest::new("log");
        if let Some(finding) = finding {
            digest.observe(&Event::Finding(Box::new(finding)), true);
        }
        let judged = Judged { case: "read-widget/a".into(), verdict: verdict.into(), ..Judged::default() };
        digest.observe(&Event::Case(judged), true);
        digest
    }

    /// What becomes of a finding from an old run to a new one.
    fn turn(old: Option<Finding>, new: Option<Finding>, verdict: &str) -> (Turn, Vec<String>) {
        let all = changes(&run(old, "broken"), &run(new, verdict));
        assert_eq!(all.len(), 1);
        all.into_iter().map(|change| (change.turn, change.how)).next().unwrap()
    }

    #[test]
    fn a_finding_takes_each_turn() {
        let one = || Some(finding());
        let with = |change: fn(&mut Finding)| {
            let mut finding = finding();
            change(&mut finding);
            Some(finding)
        };
        let quiet = |finding: &mut Finding| finding.failing = false;
        let known = |finding: &mut Finding| {
            finding.failing = false;
            finding.known = Some(Known::default());
        };
        let flaky = |finding: &mut Finding| (finding.failing, finding.stability) = (false, Stability::Flaky);
        assert_eq!(turn(one(), one(), "broken"), (Turn::Still, vec![]));
        assert_eq!(turn(None, one(), "broken"), (Turn::New, vec![]));
        assert_eq!(turn(one(), None, "held"), (Turn::Fixed, vec![]));
        assert_eq!(turn(with(quiet), one(), "broken").0, Turn::Worse);
        assert_eq!(turn(one(), with(quiet), "held").0, Turn::Changed);
        assert_eq!(turn(None, with(flaky), "held").0, Turn::Flaky);
        assert_eq!(turn(one(), with(flaky), "held").0, Turn::Flaky);
        assert_eq!(turn(with(flaky), None, "held").0, Turn::Flaky);
        assert_eq!(turn(with(known), with(known), "broken"), (Turn::Still, vec![]));
        assert_eq!(turn(with(known), None, "held"), (Turn::Fixed, vec![]));
        let listed = turn(one(), with(known), "broken");
        assert_eq!(listed, (Turn::Changed, vec!["was failing, now known".to_owned()]));
        let unlisted = turn(with(known), one(), "broken");
        assert_eq!(unlisted, (Turn::Changed, vec!["was known, now failing".to_owned()]));
        let status = turn(one(), with(|finding| finding.status = Some(202)), "broken");
        assert_eq!(status, (Turn::Changed, vec!["status 200, now 202".to_owned()]));
        let kind = turn(one(), with(|finding| finding.received = "a list".into()), "broken");
        assert_eq!(kind, (Turn::Changed, vec!["received a number, now a list".to_owned()]));
    }

    #[test]
    fn what_was_not_judged_is_never_fixed() {
        for verdict in ["skipped", "inconclusive"] {
            let (turn, how) = turn(Some(finding()), None, verdict);
            assert_eq!((turn, how), (Turn::NotRun, vec![format!("in the new run its case is {verdict}")]));
        }
        let all = changes(&run(Some(finding()), "broken"), &Digest::new("log"));
        assert_eq!(all.iter().map(|change| change.turn).collect::<Vec<_>>(), [Turn::NotRun]);
    }

    #[test]
    fn what_was_not_judged_before_is_never_new() {
        for verdict in ["skipped", "inconclusive"] {
            let all = changes(&run(None, verdict), &run(Some(finding()), "broken"));
            let told: Vec<_> = all.iter().map(|change| (change.turn, change.how.join(", "))).collect();
            assert_eq!(told, [(Turn::NotRun, format!("in the old run its case is {verdict}"))]);
        }
    }

    #[test]
    fn what_differs_each_time_stays_out() {
        let one = calm("trackingId \"a1b2\" at 2026-11-21T10:00:00Z, id 2c9180056ca3b033");
        assert_eq!(one, calm("trackingId \"ffff\" at 2026-11-22T11:09:00Z, id 2c9180a74482f4a8"));
        assert_ne!(calm("200 with a body"), calm("500 with a body"));
        assert_ne!(calm("a string"), calm("a number"));
    }
}
