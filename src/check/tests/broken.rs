//! For every rule an answer that breaks just that promise: just that rule is told.

use super::bench::{
    JOB, REFUSED, SLOW, WHO, WIDGET, answer, case, exchange, expects, failed, http, json, judge, judged, probe, told,
    widget,
};
use crate::check::{Ledger, rules};
use crate::contract::{Case, Contract};
use crate::exchange::{Answer, End, FailureKind, Outcome, Probe};
use crate::verdict::Level;
use serde_json::{Value, json as value};

fn ended(end: End) -> Outcome {
    let Outcome::Answered(whole) = json(200, WIDGET) else { panic!() };
    Outcome::Answered(Answer { end, ..whole })
}

fn doc(changes: &Value) -> Outcome {
    json(200, widget(changes))
}

/// The rule, the pointer, the case, and what came.
type Row = (&'static str, Option<&'static str>, Case, Outcome);

fn refusal() -> Case {
    expects(&[400], "refusal.unknown-thing")
}

/// One broken promise of the whole answer or its headers each.
fn outer() -> Vec<Row> {
    let typed = [("Content-Type", "application/json")];
    let limited = |headers: &[(&str, &str)]| answer(429, &[&typed, headers].concat(), SLOW);
    vec![
        ("answer.http", None, case(), failed(FailureKind::NotHttp)),
        ("answer.http", None, case(), failed(FailureKind::Closed)),
        ("answer.http", None, case(), failed(FailureKind::Reset)),
        ("answer.in-time", None, case(), failed(FailureKind::Silence)),
        ("answer.in-time", None, case(), ended(End::TimedOut)),
        ("answer.complete", None, case(), ended(End::Truncated { declared: Some(9_999), received: 10 })),
        ("answer.complete", None, case(), ended(End::BadFraming("a chunk without a size".into()))),
        ("answer.complete", None, case(), ended(End::Reset)),
        ("answer.no-server-error", None, case(), json(500, "{")),
        ("answer.no-server-error", None, http(&[400]), answer(502, &[], "<html>")),
        ("answer.no-server-error", None, refusal(), answer(501, &[], "")),
        ("answer.no-redirect", None, case(), answer(302, &[("Location", "/login")], "")),
        ("answer.listed-status", None, case(), answer(204, &[], "")),
        ("answer.listed-status", None, http(&[200]), answer(204, &[], "")),
        ("answer.listed-status", None, refusal(), answer(418, &[("Content-Type", "text/plain")], "no")),
        ("answer.expected-status", None, case(), json(400, REFUSED)),
        ("refusal.unknown-thing", None, refusal(), json(200, WIDGET)),
        ("refusal.irregular-input", None, http(&[400]), answer(200, &[], "anything")),
        ("credential.missing", None, expects(&[401], "credential.missing"), json(200, WIDGET)),
        ("headers.media-type", None, case(), answer(200, &[("Content-Type", "text/html")], WIDGET)),
        ("headers.media-type", None, case(), answer(200, &[], "<html>no</html>")),
        ("headers.content-encoding", None, case(), answer(200, &[typed[0], ("Content-Encoding", "gzip")], WIDGET)),
        ("headers.content-encoding", None, case(), answer(200, &[typed[0], ("Content-Encoding", "utf-8")], WIDGET)),
        ("headers.retry-after", None, case(), limited(&[])),
        ("headers.retry-after", None, case(), limited(&[("Retry-After", "-1")])),
        ("headers.retry-after-long", None, case(), limited(&[("Retry-After", "10000")])),
    ]
}

/// One broken promise of the body each.
fn inner() -> Vec<Row> {
    let trace = REFUSED.replace("\"no\"", "\"x\\n\\tat com.example.W.spin(W.java:4)\"");
    let typed = [("Content-Type", "application/json")];
    vec![
        ("body.utf-8", Some(""), case(), json(200, [WIDGET.as_bytes(), b"\xff"].concat())),
        ("body.byte-order-mark", Some(""), case(), json(200, format!("\u{feff}{WIDGET}"))),
        ("body.json", Some(""), case(), json(200, "")),
        ("body.json", Some(""), case(), json(200, format!("{WIDGET}{WIDGET}"))),
        ("body.json", Some(""), refusal(), json(400, "no")),
        (
            "body.duplicate-keys",
            Some("/label"),
            case(),
            json(200, WIDGET.replace("\"label\"", "\"label\":\"b\",\"label\"")),
        ),
        ("body.schema", Some("/glows"), case(), doc(&value!({"glows": "true"}))),
        ("body.schema", Some("/hue"), case(), doc(&value!({"hue": "red"}))),
        ("body.schema", Some("/size"), case(), doc(&value!({"size": 2_147_483_648_i64}))),
        ("body.schema", Some("/size"), case(), doc(&value!({"size": "5"}))),
        ("body.schema", Some("/id"), case(), doc(&value!({"id": null}))),
        ("body.schema", Some("/label"), case(), doc(&value!({"-label": null}))),
        ("body.schema", Some("/owner/name"), case(), doc(&value!({"owner": {"name": 5}}))),
        ("body.schema", Some("/parts/1/hole"), case(), doc(&value!({"parts": [{}, {"type": "NUT", "hole": 1}]}))),
        ("body.schema", Some(""), case(), json(200, "[]")),
        ("body.extra-property", Some("/extra"), case(), doc(&value!({"extra": 1}))),
        ("body.open-enum", Some("/_kind"), case(), doc(&value!({"_kind": "square"}))),
        ("envelope.kind", Some(""), expects(&[401], "credential.missing"), json(401, REFUSED)),
        ("envelope.kind", Some(""), refusal(), json(400, SLOW)),
        ("envelope.kind", Some(""), case(), json(200, WHO)),
        ("envelope.detail-code", Some("/code"), refusal(), json(400, REFUSED.replace("400.1", "404"))),
        ("envelope.locale", Some("/notes/0/lang"), refusal(), json(400, REFUSED.replace("en-US", "en_US"))),
        ("envelope.no-stack-trace", Some("/notes/0/words"), refusal(), json(400, trace)),
        ("envelope.no-stack-trace", Some(""), http(&[400]), answer(400, &[], "<pre>\n at a.B.c(B.java:4)</pre>")),
        ("envelope.no-credential", Some("/label"), case(), json(200, WIDGET.replace("\"a\"", "\"{{secret full}}\""))),
        (
            "envelope.no-credential",
            None,
            case(),
            answer(200, &[typed[0], ("X-Echo", "Bearer {{secret full}}")], WIDGET),
        ),
        ("identity.same-id", Some("/id"), case(), doc(&value!({"id": "w2"}))),
        ("identity.type", Some("/_kind"), case(), doc(&value!({"_kind": "flat"}))),
        ("identity.date-time", Some("/made"), case(), doc(&value!({"made": "2020-09-07T42:14:00.364Z"}))),
        ("identity.times-in-order", Some("/changed"), case(), doc(&value!({"changed": "2019-12-31T23:59:59.9Z"}))),
    ]
}

#[test]
fn a_broken_promise_is_told_under_its_own_rule_and_no_other() {
    for (rule, pointer, case, outcome) in outer().into_iter().chain(inner()) {
        let judgement = judged(&case, outcome.clone());
        assert_eq!(told(&judgement.findings), [(rule, pointer)], "{outcome:?}");
        assert_eq!(judgement.undecided, None, "{rule}");
    }
}

#[test]
fn a_repeated_id_is_told_under_the_rule_of_its_kind_of_answer() {
    let make = Case { operation: "make-widget".into(), ..expects(&[202, 400], "answer.expected-status") };
    for (rule, pointer, status, body) in
        [("identity.unique-ids", "/job/id", 202, JOB), ("envelope.tracking-id-unique", "/trace", 400, REFUSED)]
    {
        let (judge, mut ledger) = (judge(), Ledger::default());
        let mut sent =
            |number| judge.judge(&make, &exchange(number, probe(), json(status, body)), &mut ledger).findings;
        assert!(sent(7).is_empty());
        let repeated = sent(8);
        assert_eq!(told(&repeated), [(rule, Some(pointer))]);
        assert!(repeated[0].expected.contains("exchange 7"));
    }
}

#[test]
fn a_promised_header_that_is_missing_is_told() {
    let mut contract: Contract = super::bench::contract();
    contract.operations[0].answers[0].headers = vec!["Location".into()];
    let judge = crate::check::Judge::new(&contract).unwrap();
    let judgement = judge.judge(&case(), &exchange(1, probe(), json(200, WIDGET)), &mut Ledger::default());
    assert_eq!(told(&judgement.findings), [("headers.promised", None)]);
}

#[test]
fn a_thing_that_is_another_each_time_is_told_and_one_that_comes_back_is_not() {
    let (judge, mut ledger) = (judge(), Ledger::default());
    let asked = || Probe { caller: Some("full".into()), ..probe() };
    let mut sent = |number, size: u32| {
        let answer = json(200, widget(&value!({ "size": size })));
        judge.judge(&case(), &exchange(number, asked(), answer), &mut ledger).findings
    };
    assert_eq!([sent(1, 1).len(), sent(2, 1).len()], [0, 0]);
    assert_eq!(told(&sent(3, 2)), [("identity.repeatable", Some(""))]);
    assert_eq!(told(&sent(4, 3)), [("identity.repeatable", Some(""))]);
    assert!(sent(5, 2).is_empty());
}

#[test]
fn a_header_of_the_request_in_a_body_is_told() {
    let sent = || Probe { nonce: Some("tc-nonce-7".into()), ..probe() };
    let echo = REFUSED.replace("\"no\"", "\"you sent tc-nonce-7\"");
    for (body, wanted) in [(echo.as_str(), 1), (REFUSED, 0)] {
        let answer = exchange(1, sent(), json(400, body));
        let findings = judge().judge(&refusal(), &answer, &mut Ledger::default()).findings;
        assert_eq!(findings.len(), wanted, "{body}");
        assert!(findings.iter().all(|finding| finding.rule == "envelope.no-nonce"));
    }
}

#[test]
fn every_rule_is_reached_by_a_test_or_named_by_cases() {
    let elsewhere = [
        "identity.unique-ids",
        "identity.repeatable",
        "envelope.tracking-id-unique",
        "envelope.no-nonce",
        "headers.promised",
        "rate.no-collapse",
        "rate.serves-after-wait",
    ];
    let reached: Vec<&str> = outer().iter().chain(&inner()).map(|(rule, ..)| *rule).chain(elsewhere).collect();
    for rule in rules() {
        let by_case = rule.id.starts_with("credential.") || rule.id.starts_with("refusal.");
        assert!(by_case || reached.contains(&rule.id), "{}", rule.id);
    }
}

#[test]
fn whatever_rule_a_case_names_tells_its_broken_promise() {
    for rule in rules().iter().filter(|rule| rule.id.starts_with("credential.") || rule.id.starts_with("refusal.")) {
        let judgement = judged(&expects(&[400], rule.id), json(200, WIDGET));
        assert_eq!(told(&judgement.findings), [(rule.id, None)]);
        assert_eq!(judgement.findings[0].title, rule.title);
    }
}

#[test]
fn an_answer_that_is_cut_where_http_itself_refuses_is_a_should() {
    for (case, status, level) in [
        (case(), 400, Level::Must),
        (http(&[400]), 414, Level::Should),
        (http(&[400]), 400, Level::Should),
        (http(&[200]), 200, Level::Must),
    ] {
        let Outcome::Answered(whole) = answer(status, &[], "") else { panic!("an answer") };
        let cut = Outcome::Answered(Answer { end: End::Reset, ..whole });
        let judgement = judged(&case, cut);
        let told = judgement.findings.iter().find(|finding| finding.rule == "answer.complete").unwrap();
        assert_eq!(told.level, level, "{status}");
    }
}

#[test]
fn a_refusal_that_is_not_https_own_is_judged_where_http_itself_may_refuse() {
    for status in [402, 409, 410, 418, 422, 423, 428, 451] {
        let judgement = judged(&http(&[400]), answer(status, &[], "no"));
        assert_eq!(told(&judgement.findings), [("answer.listed-status", None)], "{status}");
    }
    for status in [302, 405, 406, 415] {
        let judgement = judged(&http(&[401]), answer(status, &[], "no"));
        assert_eq!(judgement.findings.len(), 1, "{status}");
    }
}

#[test]
fn a_connection_closed_on_what_http_may_refuse_is_a_should() {
    for (case, level) in [(case(), Level::Must), (http(&[400]), Level::Should)] {
        let judgement = judged(&case, failed(FailureKind::Closed));
        assert_eq!(judgement.findings[0].level, level);
    }
    assert_eq!(judged(&http(&[400]), failed(FailureKind::Silence)).findings[0].level, Level::Must);
}
