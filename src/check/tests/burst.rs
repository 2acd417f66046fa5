//! What the answers of a burst, and the one after its wait, are held to.

use super::bench::{REFUSED, SLOW, WHO, WIDGET, answer, case, exchange, failed, json, judge, probe, told, widget};
use crate::check::{Judgement, Ledger};
use crate::exchange::{FailureKind, Outcome, Probe};
use serde_json::json as value;
use std::time::Duration;

fn burst(outcome: Outcome) -> Judgement {
    judge().burst(&case(), &exchange(1, probe(), outcome), &mut Ledger::default())
}

fn limited(headers: &[(&str, &str)]) -> Outcome {
    answer(429, &[&[("content-type", "application/json")], headers].concat(), SLOW)
}

#[test]
fn served_and_limited_answers_keep_the_promise_of_a_burst() {
    assert!(burst(json(200, WIDGET)).findings.is_empty());
    assert!(burst(limited(&[("retry-after", "1")])).findings.is_empty());
    assert_eq!(told(&burst(limited(&[])).findings), [("headers.retry-after", None)]);
}

#[test]
fn whatever_else_comes_in_a_burst_is_told_once() {
    let outcomes = [
        json(500, "{}"),
        answer(503, &[("content-type", "text/html")], "<html>"),
        answer(302, &[("location", "/login")], ""),
        json(418, "{}"),
        json(400, REFUSED),
        json(401, WHO),
        failed(FailureKind::Reset),
        failed(FailureKind::Closed),
        failed(FailureKind::Refused),
        failed(FailureKind::Silence),
        failed(FailureKind::NotHttp),
    ];
    for outcome in outcomes {
        let shown = format!("{outcome:?}");
        assert_eq!(told(&burst(outcome).findings), [("rate.no-collapse", None)], "{shown}");
    }
}

#[test]
fn what_may_be_the_way_there_is_undecided() {
    for kind in [FailureKind::Unreachable, FailureKind::ConnectTimeout, FailureKind::Proxy, FailureKind::Unsendable] {
        let judgement = burst(failed(kind));
        assert!(judgement.findings.is_empty() && judgement.undecided.is_some(), "{kind:?}");
    }
}

#[test]
fn a_thing_that_changes_during_a_burst_is_not_told() {
    let (judge, mut ledger) = (judge(), Ledger::default());
    for number in 1..=4 {
        let asked = Probe { caller: Some("full".into()), ..probe() };
        let body = widget(&value!({ "size": number }));
        let judgement = judge.burst(&case(), &exchange(number, asked, json(200, body)), &mut ledger);
        assert!(judgement.findings.is_empty());
    }
}

#[test]
fn whatever_does_not_serve_after_the_wait_is_told_once() {
    for outcome in [limited(&[("retry-after", "1")]), json(503, ""), failed(FailureKind::Refused)] {
        let exchange = exchange(1, probe(), outcome);
        let judgement = judge().after_wait(&case(), &exchange, Duration::from_secs(7), &mut Ledger::default());
        assert_eq!(told(&judgement.findings), [("rate.serves-after-wait", None)]);
        assert!(judgement.findings[0].expected.contains("(7 s)"));
    }
}
