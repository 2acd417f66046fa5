//! Evidence as tables of histories: what was heard, step by step, and what is concluded from it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tenantcheck::evidence::{Conclusion, Condition, Control, Heard, Inquiry, Memory, Step};
use tenantcheck::exchange::Purpose;
use tenantcheck::verdict::{Finding, Level, Stability, fingerprint};

/// What an exchange brings: condition, broken rules (a `?` makes a should), whether the status is allowed.
struct Brings(Condition, &'static [&'static str], bool);

const FINE: Brings = Brings(Condition::Served, &[], true);
const CRASH: Brings = Brings(Condition::Other, &["crash"], false);
const REFUSED: Brings = Brings(Condition::Denied(401), &["status"], false);
const SILENT: Brings = Brings(Condition::Silent, &["in-time"], false);

fn limited(seconds: Option<u64>) -> Brings {
    Brings(Condition::Limited(seconds.map(Duration::from_secs)), &[], false)
}

fn outage() -> Brings {
    Brings(Condition::Unavailable(503, Some(Duration::from_secs(2))), &["no-5xx"], false)
}

fn lost() -> Brings {
    Brings(Condition::Lost("refused".into()), &[], false)
}

fn finding(rule: &str) -> Finding {
    let (level, rule) = rule.strip_suffix('?').map_or((Level::Must, rule), |rule| (Level::Should, rule));
    Finding {
        fingerprint: fingerprint(rule, "op", None, "kind"),
        rule: rule.into(),
        level,
        operation: "op".into(),
        case: "op/kind/case".into(),
        status: None,
        pointer: None,
        expected: String::new(),
        received: String::new(),
        stability: Stability::Once,
        erratum: None,
        failing: level == Level::Must,
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

/// Every exchange is sent long after the one before it.
static CLOCK: AtomicU64 = AtomicU64::new(1);

/// Plays a history and answers the conclusion, and what was sent and waited on the way.
fn play(control: Control, memory: &mut Memory, history: &[(Purpose, &Brings)]) -> (Conclusion, Vec<String>) {
    play_as(true, control, memory, history)
}

fn play_as(
    valid: bool,
    control: Control,
    memory: &mut Memory,
    history: &[(Purpose, &Brings)],
) -> (Conclusion, Vec<String>) {
    let mut inquiry = Inquiry::new(control, valid);
    let mut steps = Vec::new();
    let mut history = history.iter();
    loop {
        let purpose = match inquiry.next(memory) {
            Step::Conclude(conclusion) => {
                assert_eq!(history.next().map(|(purpose, _)| purpose), None, "concluded too early after {steps:?}");
                return (*conclusion, steps);
            }
            Step::Wait { wait, then, .. } => {
                steps.push(format!("wait {}", wait.as_secs()));
                then
            }
            Step::Send(purpose) => purpose,
        };
        steps.push(format!("{purpose:?}").to_lowercase());
        let Some((wanted, Brings(condition, rules, allowed))) = history.next() else {
            unreachable!("one more step than the history has: {steps:?}");
        };
        assert_eq!(purpose, *wanted, "after {steps:?}");
        let took = match condition {
            Condition::Silent => Duration::from_secs(5),
            _ if rules.contains(&"slow?") => Duration::from_millis(1500),
            _ => Duration::from_millis(3),
        };
        let put_off = (matches!(condition, Condition::Busy(_)) && !allowed) || rules.contains(&"joined");
        let findings = rules.iter().map(|rule| finding(rule)).collect();
        let (condition, allowed) = (condition.clone(), *allowed);
        let sent = Duration::from_secs(100 * CLOCK.fetch_add(1, Ordering::SeqCst));
        inquiry.hear(Heard { purpose, put_off, condition, allowed, findings, undecided: None, sent, took });
    }
}

use Purpose::{Again, Case, Control as Ask};

fn verdict(control: Control, history: &[(Purpose, &Brings)]) -> &'static str {
    play(control, &mut Memory::default(), history).0.verdict.word()
}

#[test]
fn what_keeps_its_promise_is_asked_once() {
    assert_eq!(verdict(Control::Working, &[(Case, &FINE)]), "held");
}

#[test]
fn a_finding_is_sent_again_before_it_counts() {
    let mut memory = Memory::default();
    let (conclusion, _) = play(Control::Working, &mut memory, &[(Case, &CRASH), (Again, &CRASH)]);
    assert_eq!(conclusion.verdict.word(), "broken");
    assert_eq!(conclusion.findings[0].stability, Stability::Stable);
    assert_eq!(conclusion.findings[0].seen, 2);
}

#[test]
fn what_repeats_a_stable_finding_is_not_sent_again() {
    let mut memory = Memory::default();
    let _ = play(Control::Working, &mut memory, &[(Case, &CRASH), (Again, &CRASH)]);
    let (conclusion, _) = play(Control::Working, &mut memory, &[(Case, &CRASH)]);
    assert_eq!((conclusion.verdict.word(), conclusion.findings[0].seen), ("broken", 3));
}

#[test]
fn the_first_flaky_finding_of_a_rule_is_a_note_and_the_second_counts() {
    let mut memory = Memory::default();
    let flaky = [(Case, &CRASH), (Again, &FINE)];
    let (first, _) = play(Control::Working, &mut memory, &flaky);
    assert_eq!((first.verdict.word(), first.findings[0].level), ("held", Level::Note));
    let (second, _) = play(Control::Working, &mut memory, &flaky);
    assert_eq!((second.verdict.word(), second.findings[0].stability), ("broken", Stability::Flaky));
}

#[test]
fn one_hiccup_that_meets_several_requests_at_once_counts_once() {
    let mut memory = Memory::default();
    let mut doubt =
        |sent, settled| memory.doubt(finding("crash"), Duration::from_secs(sent), Duration::from_secs(settled)).failing;
    assert_eq!([doubt(1, 5), doubt(2, 7), doubt(6, 9), doubt(9, 10)], [false, false, false, true]);
}

#[test]
fn a_should_is_not_sent_again_and_breaks_nothing() {
    let odd = Brings(Condition::Served, &["odd?"], false);
    let (conclusion, _) = play(Control::Working, &mut Memory::default(), &[(Case, &odd)]);
    assert_eq!((conclusion.verdict.word(), conclusion.findings.len()), ("held", 1));
}

#[test]
fn a_refusal_that_the_control_gets_too_excuses() {
    let history = [(Case, &REFUSED), (Ask, &REFUSED)];
    let (conclusion, _) = play(Control::Working, &mut Memory::default(), &history);
    assert_eq!((conclusion.verdict.word(), conclusion.excused), ("inconclusive", true));
    assert!(conclusion.findings.is_empty());
}

#[test]
fn a_refusal_of_the_case_alone_is_broken() {
    let history = [(Case, &REFUSED), (Ask, &FINE), (Again, &REFUSED), (Ask, &FINE)];
    assert_eq!(verdict(Control::Working, &history), "broken");
}

#[test]
fn a_403_is_not_excused_by_a_401_of_the_control() {
    let forbidden = Brings(Condition::Denied(403), &["status"], false);
    let history = [(Case, &forbidden), (Ask, &REFUSED), (Again, &forbidden), (Ask, &REFUSED)];
    assert_eq!(verdict(Control::Working, &history), "broken");
}

#[test]
fn a_refusal_that_the_case_expects_needs_no_control() {
    let expected = Brings(Condition::Denied(401), &[], true);
    assert_eq!(verdict(Control::Working, &[(Case, &expected)]), "held");
}

#[test]
fn without_a_control_a_refusal_decides_nothing() {
    assert_eq!(verdict(Control::Absent, &[(Case, &REFUSED)]), "inconclusive");
    assert_eq!(verdict(Control::Itself, &[(Case, &REFUSED)]), "inconclusive");
}

#[test]
fn a_crash_of_the_control_itself_is_broken() {
    assert_eq!(verdict(Control::Itself, &[(Case, &CRASH), (Again, &CRASH)]), "broken");
}

#[test]
fn a_limit_is_waited_for_as_announced_and_else_for_one_second_doubling() {
    let history = [(Case, &limited(Some(7))), (Case, &limited(None)), (Case, &FINE)];
    let (conclusion, steps) = play(Control::Working, &mut Memory::default(), &history);
    assert_eq!(conclusion.verdict.word(), "held");
    assert_eq!(steps, ["case", "wait 7", "case", "wait 2", "case"]);
}

#[test]
fn a_limit_that_never_ends_is_inconclusive() {
    let long = limited(Some(6));
    let history = [(Case, &long), (Case, &long), (Case, &long), (Case, &long)];
    let (conclusion, steps) = play(Control::Working, &mut Memory::default(), &history);
    assert_eq!(conclusion.verdict.word(), "inconclusive");
    assert_eq!(steps, ["case", "wait 6", "case", "wait 7", "case", "wait 8", "case"]);
    assert_eq!(conclusion.throttled.as_deref(), Some("429 came 4 times in a row, each after the announced wait"));
}

#[test]
fn a_limit_is_backed_off_from_for_fifteen_seconds_where_it_announces_less() {
    for seconds in [None, Some(0), Some(1)] {
        let one = limited(seconds);
        let history = [(Case, &one), (Case, &one), (Case, &one), (Case, &one), (Case, &one)];
        let (conclusion, steps) = play(Control::Working, &mut Memory::default(), &history);
        assert_eq!(steps, ["case", "wait 1", "case", "wait 2", "case", "wait 4", "case", "wait 8", "case"]);
        let words = match seconds {
            None => "429 came again after backing off 4 times, 15 s in all",
            Some(_) => "429 came 5 times in a row, each after the announced wait",
        };
        assert_eq!(conclusion.throttled.as_deref(), Some(words));
    }
}

#[test]
fn the_form_of_a_429_counts_when_it_is_wrong_twice() {
    let bad = Brings(Condition::Limited(None), &["form"], false);
    let mut memory = Memory::default();
    let (first, _) = play(Control::Working, &mut memory, &[(Case, &bad), (Case, &FINE)]);
    assert_eq!(first.verdict.word(), "held");
    let (second, _) = play(Control::Working, &mut memory, &[(Case, &bad), (Case, &FINE)]);
    assert_eq!(second.verdict.word(), "broken");
}

#[test]
fn an_outage_of_the_control_too_is_waited_for_and_the_case_is_sent_anew() {
    let history = [(Case, &outage()), (Ask, &outage()), (Case, &FINE)];
    let (conclusion, steps) = play(Control::Working, &mut Memory::default(), &history);
    assert_eq!(conclusion.verdict.word(), "held");
    assert_eq!(steps, ["case", "control", "wait 2", "case"]);
}

#[test]
fn a_503_of_the_case_alone_is_broken() {
    let history = [(Case, &outage()), (Ask, &FINE), (Again, &outage()), (Ask, &FINE)];
    assert_eq!(verdict(Control::Working, &history), "broken");
}

#[test]
fn silence_twice_is_broken_if_the_control_is_prompt() {
    let history = [(Case, &SILENT), (Ask, &FINE), (Again, &SILENT), (Ask, &FINE)];
    assert_eq!(verdict(Control::Working, &history), "broken");
}

#[test]
fn three_refused_connections_lose_the_target() {
    let history = [(Case, &lost()), (Case, &lost()), (Case, &lost())];
    let (conclusion, steps) = play(Control::Working, &mut Memory::default(), &history);
    assert!(conclusion.lost && conclusion.verdict.word() == "inconclusive");
    assert_eq!(steps, ["case", "wait 1", "case", "wait 1", "case"]);
}

#[test]
fn one_refused_connection_is_nothing() {
    assert_eq!(verdict(Control::Working, &[(Case, &lost()), (Case, &FINE)]), "held");
}

const REFUSAL: Brings = Brings(Condition::Refused, &["status"], false);

#[test]
fn a_valid_request_that_is_refused_while_the_control_is_too_proves_nothing() {
    assert_eq!(verdict(Control::Working, &[(Case, &REFUSAL), (Ask, &REFUSAL)]), "inconclusive");
}

#[test]
fn a_valid_request_that_alone_is_refused_is_broken() {
    let history = [(Case, &REFUSAL), (Ask, &FINE), (Again, &REFUSAL), (Ask, &FINE)];
    assert_eq!(verdict(Control::Working, &history), "broken");
}

#[test]
fn an_invalid_request_is_owed_its_own_refusal_and_the_control_is_not_asked() {
    let history = [(Case, &REFUSAL), (Again, &REFUSAL)];
    let (conclusion, _) = play_as(false, Control::Working, &mut Memory::default(), &history);
    assert_eq!(conclusion.verdict.word(), "broken");
}

const BUSY: Brings = Brings(Condition::Busy(409), &["status"], false);

const JOINED: Brings = Brings(Condition::Served, &["joined"], true);

/// As often as it is waited for an earlier request to be worked off, and once more.
fn seven(purpose: Purpose, brings: &Brings) -> Vec<(Purpose, &Brings)> {
    vec![(purpose, brings); 7]
}

#[test]
fn a_conflict_is_waited_for_as_an_earlier_request_may_still_be_worked_on() {
    let history = [(Case, &BUSY), (Case, &BUSY), (Case, &FINE)];
    assert_eq!(verdict(Control::Working, &history), "held");
    let history = [(Case, &CRASH), (Again, &BUSY), (Again, &CRASH)];
    assert_eq!(verdict(Control::Working, &history), "broken");
}

#[test]
fn a_conflict_that_lasts_and_that_the_control_meets_too_proves_nothing_about_an_invalid_request() {
    let history = [seven(Case, &BUSY), vec![(Ask, &BUSY)]].concat();
    let (conclusion, _) = play_as(false, Control::Working, &mut Memory::default(), &history);
    assert_eq!(conclusion.verdict.word(), "inconclusive");
}

#[test]
fn a_conflict_that_lasts_and_that_the_control_does_not_meet_is_broken() {
    let ask = || vec![(Ask, &FINE)];
    let history = [seven(Case, &BUSY), ask(), seven(Again, &BUSY), ask()].concat();
    let mut memory = Memory::default();
    let (conclusion, _) = play_as(false, Control::Working, &mut memory, &history);
    assert_eq!(conclusion.verdict.word(), "broken");
    let known = [(Case, &BUSY), (Ask, &FINE)];
    let (conclusion, _) = play_as(false, Control::Working, &mut memory, &known);
    assert_eq!((conclusion.verdict.word(), conclusion.findings[0].seen), ("broken", 3));
}

#[test]
fn a_request_that_joins_an_earlier_one_is_no_finding_unless_it_joins_for_good() {
    assert_eq!(verdict(Control::Working, &[(Case, &JOINED), (Case, &JOINED), (Case, &FINE)]), "held");
    let history = [seven(Case, &JOINED), seven(Again, &JOINED)].concat();
    assert_eq!(verdict(Control::Working, &history), "broken");
}

#[test]
fn one_late_answer_of_a_slow_tenant_proves_nothing_however_often() {
    let slow = Brings(Condition::Served, &["slow?"], true);
    let mut memory = Memory::default();
    for _ in 0..3 {
        let (conclusion, _) = play(Control::Working, &mut memory, &[(Case, &SILENT), (Ask, &slow), (Again, &FINE)]);
        assert_eq!(conclusion.verdict.word(), "inconclusive");
        let (conclusion, _) = play(Control::Working, &mut memory, &[(Case, &SILENT), (Ask, &FINE), (Again, &slow)]);
        assert_eq!(conclusion.verdict.word(), "inconclusive");
    }
}

#[test]
fn one_late_answer_of_a_prompt_tenant_is_a_doubt() {
    let mut memory = Memory::default();
    let late = [(Case, &SILENT), (Ask, &FINE), (Again, &FINE)];
    let verdicts = [0, 1].map(|_| play(Control::Working, &mut memory, &late).0.verdict.word());
    assert_eq!(verdicts, ["held", "broken"]);
}

#[test]
fn who_says_that_it_is_away_for_a_moment_and_was_is_not_blamed_however_often() {
    let mut memory = Memory::default();
    for _ in 0..3 {
        let (conclusion, _) =
            play(Control::Working, &mut memory, &[(Case, &outage()), (Ask, &FINE), (Again, &REFUSAL_DUE)]);
        assert_eq!((conclusion.verdict.word(), conclusion.findings[0].level), ("held", Level::Note));
    }
}

#[test]
fn what_is_served_though_it_must_not_be_counts_together_whatever_rule_tells_it() {
    let served = |rules| Brings(Condition::Served, rules, false);
    let (one, two) = (served(&["missing"]), served(&["malformed"]));
    let mut memory = Memory::default();
    let verdicts = [one, two]
        .map(|served| play(Control::Working, &mut memory, &[(Case, &served), (Again, &REFUSAL_DUE)]).0.verdict.word());
    assert_eq!(verdicts, ["held", "broken"]);
}

const REFUSAL_DUE: Brings = Brings(Condition::Refused, &[], true);
