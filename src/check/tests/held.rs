//! Odd but correct answers: none of them breaks a rule.

use super::bench::{
    JOB, REFUSED, SLOW, WHO, WIDGET, answer, case, exchange, expects, failed, http, json, judge, probe, widget,
};
use crate::check::Ledger;
use crate::contract::Case;
use crate::exchange::{FailureKind, Octets, Outcome, Probe};
use crate::verdict::Level;
use flate2::Compression;
use flate2::read::GzEncoder;
use serde_json::json as value;
use std::io::Read;

/// What an answer shows above a note.
fn blamed(case: &Case, probe: Probe, outcome: Outcome) -> Vec<String> {
    let judgement = judge().judge(case, &exchange(1, probe, outcome), &mut Ledger::default());
    assert_eq!(judgement.undecided, None);
    let graver = judgement.findings.iter().filter(|finding| finding.level > Level::Note);
    graver.map(|finding| format!("{} {:?} {}", finding.rule, finding.pointer, finding.received)).collect()
}

#[test]
fn documents_of_every_allowed_form_hold() {
    for changes in [
        value!({}),
        value!({"-_kind": null, "-made": null, "-changed": null}),
        value!({"_kind": null, "made": null, "changed": null, "size": null, "owner": null, "parts": null, "map": null}),
        value!({"_kind": "hexagonal"}),
        value!({"pod": "x", "org": {"deep": [1]}, "type": 5}),
        value!({"made": "2020-01-01T00:00:00+14:00", "changed": "2020-01-01T00:00:00.000000000000001+14:00"}),
        value!({"made": "2020-01-01T09:00:00+09:00", "changed": "2020-01-01T00:00:00Z"}),
        value!({"made": 1_714_574_212_775_u64}),
        value!({"parts": [null, {}, {"type": null}, {"type": "NUT", "hole": true}, {"type": "BOLT", "length": 3}]}),
        value!({"parts": [], "map": {}, "owner": {}}),
        value!({"map": {"stackTrace": "java.lang.Error\n\tat a.B.c(B.java:1)", "x": [null]}}),
        value!({"stackTrace": "Traceback (most recent call last):\n"}),
        value!({"size": 3.0, "label": ""}),
        value!({"size": -2_147_483_648_i64}),
    ] {
        let body = widget(&changes);
        assert_eq!(blamed(&case(), probe(), json(200, &body)), [""; 0], "{body}");
    }
}

#[test]
fn every_way_to_write_the_same_document_holds() {
    for body in [
        format!("\r\n\t {WIDGET} \n"),
        WIDGET.replace("\"a\"", "\"\\u0061\\ud83c\\udf31\""),
        WIDGET.replace("\"a\"", "\"\\ud800\""),
        WIDGET.replace("\"a\"", "\"\u{1f331}\u{0301}\u{202e}\""),
        WIDGET.replace("\"a\"", "\"a\",\"big\":1e400,\"long\":123456789012345678901234567890,\"zero\":-0.0"),
        WIDGET.replace("\"a\"", "\"\\u0000\\u001b[31m\""),
    ] {
        assert_eq!(blamed(&case(), probe(), json(200, &body)), [""; 0], "{body}");
    }
}

#[test]
fn every_framing_of_headers_that_http_allows_holds() {
    for headers in [
        &[("content-type", "Application/JSON ; Charset=UTF-8")][..],
        &[("CONTENT-TYPE", "application/json"), ("content-type", "application/json")],
        &[("Content-Type", "application/json"), ("Content-Encoding", "identity")],
        &[
            ("Content-Type", "application/json"),
            ("Retry-After", "soon"),
            ("SLPT-Request-ID", ""),
            ("Set-Cookie", "a=b"),
        ],
    ] {
        assert_eq!(blamed(&case(), probe(), answer(200, headers, WIDGET)), [""; 0], "{headers:?}");
    }
}

#[test]
fn a_coded_body_holds_whether_the_request_said_so_or_nothing() {
    let mut body = Vec::new();
    GzEncoder::new(WIDGET.as_bytes(), Compression::fast()).read_to_end(&mut body).unwrap();
    let coded = || answer(200, &[("content-type", "application/json"), ("content-encoding", "gzip")], &body);
    assert_eq!(blamed(&case(), probe(), coded()), [""; 0]);
    let headers: Vec<(String, Octets)> = vec![("Accept-Encoding".into(), "br, gzip;q=0.1".into())];
    assert_eq!(blamed(&case(), Probe { headers, ..probe() }, coded()), [""; 0]);
}

#[test]
fn refusals_in_every_allowed_form_hold() {
    let refusal = expects(&[400, 404], "refusal.unknown-thing");
    for body in [
        REFUSED.to_owned(),
        REFUSED.replace("en-US", "und"),
        REFUSED.replace("\"OWN\"", "null"),
        REFUSED.replace("\"OWN\"", "\"TENANT\""),
        REFUSED.replace("\"lang\":\"en-US\",\"origin\":\"OWN\",", ""),
        REFUSED.replace("[{", "[{\"words\":\"x\",\"lang\":\"ja\"},{"),
        REFUSED.replace("[{\"lang\":\"en-US\",\"origin\":\"OWN\",\"words\":\"no\"}]", "[]"),
        REFUSED.replace("\"no\"", "\"see Widget.java:12, at com.example (line: 1, column: 2)\""),
        REFUSED.replace("400.1 Bad", "400"),
        REFUSED.replace("{\"code\"", "{\"causes\":null,\"code\""),
    ] {
        assert_eq!(blamed(&refusal, probe(), json(400, &body)), [""; 0], "{body}");
    }
    assert_eq!(blamed(&refusal, probe(), json(404, REFUSED.replace("400.1 Bad", "404 Not found"))), [""; 0]);
}

#[test]
fn a_rate_limited_answer_is_never_wrong_by_itself() {
    let limited = |wait| answer(429, &[("content-type", "application/json"), ("retry-after", wait)], SLOW);
    for case in [case(), http(&[400]), expects(&[400], "refusal.unknown-thing")] {
        assert_eq!(blamed(&case, probe(), limited("1")), [""; 0]);
        assert_eq!(blamed(&case, probe(), limited("Wed, 21 Oct 2015 07:28:00 GMT")), [""; 0]);
    }
}

#[test]
fn what_http_itself_refuses_may_be_refused_with_any_status_of_its_own_and_any_body() {
    for status in [301, 400, 401, 403, 404, 405, 406, 408, 411, 412, 413, 414, 415, 416, 417, 421, 426, 431, 501, 505] {
        for outcome in
            [answer(status, &[("content-type", "text/plain")], "no"), answer(status, &[], ""), json(status, "{")]
        {
            assert_eq!(blamed(&http(&[400]), probe(), outcome), [""; 0], "{status}");
        }
    }
    assert_eq!(blamed(&http(&[204]), probe(), answer(204, &[("allow", "GET")], "")), [""; 0]);
}

#[test]
fn where_a_credential_is_bad_http_itself_may_refuse_the_message_and_nothing_else() {
    for status in [400, 401, 408, 413, 414, 421, 426, 431] {
        assert_eq!(blamed(&http(&[401]), probe(), answer(status, &[], "no")), [""; 0], "{status}");
    }
}

#[test]
fn an_answer_to_head_has_no_body_to_judge() {
    let head = Probe { method: "HEAD".into(), ..probe() };
    assert_eq!(blamed(&case(), head.clone(), answer(200, &[], "")), [""; 0]);
    assert_eq!(blamed(&case(), head, json(200, "")), [""; 0]);
}

#[test]
fn what_says_nothing_about_the_tenants_answers_breaks_no_rule() {
    for kind in [
        FailureKind::Refused,
        FailureKind::Unreachable,
        FailureKind::ConnectTimeout,
        FailureKind::Tls,
        FailureKind::Proxy,
        FailureKind::Unsendable,
    ] {
        assert_eq!(blamed(&case(), probe(), failed(kind)), [""; 0], "{kind:?}");
    }
}

#[test]
fn a_request_that_is_not_complete_is_owed_no_answer() {
    let headers: Vec<(String, Octets)> = vec![("Content-Length".into(), "9".into())];
    for kind in [FailureKind::Silence, FailureKind::Closed, FailureKind::Reset] {
        let probe = Probe { headers: headers.clone(), body: "abc".into(), ..probe() };
        assert_eq!(blamed(&case(), probe, failed(kind)), [""; 0], "{kind:?}");
    }
}

#[test]
fn a_trace_that_the_request_itself_sent_is_no_leak() {
    let trace = "at a.B.c(B.java:4)";
    let body = REFUSED.replace("\"no\"", &format!("\"unknown column {trace}\""));
    let sent = Probe { body: format!("x,{trace}\n").into(), ..probe() };
    let refusal = expects(&[400], "refusal.irregular-input");
    assert_eq!(blamed(&refusal, sent, json(400, &body)), [""; 0]);
    assert_ne!(blamed(&refusal, probe(), json(400, &body)), [""; 0]);
}

#[test]
fn different_ids_in_a_run_and_the_same_exchange_twice_hold() {
    let (judge, mut ledger) = (judge(), Ledger::default());
    let make = Case { operation: "make-widget".into(), ..expects(&[202], "answer.expected-status") };
    for (number, id) in [(1, "j1"), (2, "j2"), (2, "j2"), (3, "J2")] {
        let sent = exchange(number, probe(), json(202, JOB.replace("j1", id)));
        assert!(judge.judge(&make, &sent, &mut ledger).findings.is_empty(), "{id}");
    }
    let refusal = expects(&[401], "credential.missing");
    for number in [4, 5] {
        assert!(judge.judge(&refusal, &exchange(number, probe(), json(401, WHO)), &mut ledger).findings.is_empty());
    }
}
