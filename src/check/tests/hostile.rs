//! Answers of hostile tenants: judging ends, within bounds, without a panic, and is the same twice.

use super::bench::{
    REFUSED, WIDGET, answer, case, contract, exchange, expects, http, json, judge, probe, told, widget,
};
use crate::check::{Judge, Judgement, Ledger};
use crate::exchange::{Answer, End, Outcome};
use flate2::Compression;
use flate2::read::GzEncoder;
use serde_json::json as value;
use std::io::Read;

/// Judges on a stack as large as the run's.
fn judged(outcome: Outcome) -> Judgement {
    let work = move || judge().judge(&case(), &exchange(1, probe(), outcome), &mut Ledger::default());
    std::thread::Builder::new().stack_size(64 << 20).spawn(work).unwrap().join().unwrap()
}

/// A small generator of bytes with a fixed seed.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    /// A valid body with a few bytes changed, or bytes without any form.
    fn body(&mut self) -> Vec<u8> {
        let mut body = [WIDGET, REFUSED, "{\"a\":[1,{\"b\":\"\\u12\"}]}", ""][self.below(4)].as_bytes().to_vec();
        if self.below(4) == 0 {
            body = (0..self.below(200)).map(|_| u8::try_from(self.below(256)).unwrap()).collect();
        }
        for _ in 0..self.below(4) {
            let at = self.below(body.len() + 1);
            let bytes = [b'"', b'{', b'}', b'[', b']', b',', b'\\', b':', 0xff, 0, b'1', b'{'];
            if self.below(2) == 0 || at == body.len() {
                body.insert(at, bytes[self.below(12)]);
            } else {
                body[at] = bytes[self.below(12)];
            }
        }
        body
    }
}

#[test]
fn arbitrary_answers_are_judged_without_a_panic_and_twice_the_same() {
    let (judge, mut noise) = (judge(), Noise(0x5eed));
    let statuses = [0, 99, 200, 202, 204, 302, 400, 401, 404, 429, 500, 501, 700, 65_535];
    let headers = ["application/json", "text/html", "gzip", "deflate, gzip", "br", "-1", "\u{7}", ""];
    let names = ["content-type", "content-encoding", "retry-after", "date", "location"];
    let cases = [case(), expects(&[400], "refusal.irregular-input"), http(&[400]), expects(&[], "no.such-rule")];
    for round in 0..2_000 {
        let header = |noise: &mut Noise| (names[noise.below(5)], headers[noise.below(8)]);
        let mut lines = vec![("Content-Type", "application/json")];
        lines.extend((0..noise.below(3)).map(|_| header(&mut noise)));
        let outcome = answer(statuses[noise.below(14)], &lines, noise.body());
        let exchange = exchange(round, probe(), outcome);
        let case = &cases[noise.below(4)];
        let [one, other] = [(), ()].map(|()| judge.judge(case, &exchange, &mut Ledger::default()));
        assert_eq!(one.findings, other.findings);
        assert!(one.findings.iter().all(|finding| finding.received.chars().count() <= 400));
        assert!(one.findings.len() <= 200);
    }
}

#[test]
fn nesting_is_judged_to_its_limit_and_undecided_beyond() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let (deep, deeper) = (WIDGET.replace("\"a\"", &nested(4_095)), WIDGET.replace("\"a\"", &nested(5_000)));
    let findings = judged(json(200, deep)).findings;
    assert_eq!((told(&findings), &findings[0].nearest), (vec![("body.schema", Some("/label"))], &None));
    let judgement = judged(json(200, deeper));
    assert!(judgement.findings.is_empty() && judgement.undecided.unwrap().contains("4096"));
}

#[test]
fn a_large_document_is_judged_and_its_one_fault_found() {
    let body = widget(&value!({"glows": "no", "label": "x".repeat(20 << 20)}));
    let judgement = judged(json(200, body));
    assert_eq!(told(&judgement.findings), [("body.schema", Some("/glows"))]);
    assert_eq!((judgement.undecided, judgement.findings[0].nearest.as_ref()), (None, None));
}

#[test]
fn a_body_too_large_to_read_or_to_unpack_is_undecided_but_its_headers_are_judged() {
    let Outcome::Answered(cut) = answer(200, &[("content-type", "text/html")], "{\"id\"") else { panic!() };
    let judgement = judged(Outcome::Answered(Answer { end: End::TooLarge { limit: 5 }, ..cut }));
    assert_eq!(told(&judgement.findings), [("headers.media-type", None)]);
    assert!(judgement.undecided.unwrap().contains("5 bytes"));
    let mut bomb = Vec::new();
    GzEncoder::new(std::io::repeat(b' ').take(33 << 20), Compression::fast()).read_to_end(&mut bomb).unwrap();
    let judgement = judged(answer(200, &[("content-type", "application/json"), ("content-encoding", "gzip")], bomb));
    assert!(judgement.findings.is_empty() && judgement.undecided.is_some());
}

#[test]
fn thousands_of_faults_in_one_body_are_a_few_findings() {
    let wrong: Vec<_> = (0..20_000).map(|_| value!({"type": 5})).collect();
    let findings = judged(json(200, widget(&value!({"parts": wrong})))).findings;
    assert!((1..=3).contains(&findings.len()));
    let names: serde_json::Map<_, _> = (0..20_000).map(|n| (format!("n{n}"), value!(n))).collect();
    assert!(judged(json(200, widget(&names.into()))).findings.len() <= 50);
}

#[test]
fn what_a_tenant_sends_is_inert_in_findings() {
    let body = widget(&value!({"glows": "\u{1b}]0;x\u{7}\u{202e}<script>"}));
    let findings = judged(json(200, body)).findings;
    assert_eq!(findings[0].received, "the string \"\\u{1b}]0;x\\u{7}\\u{202e}<script>\"");
}

#[test]
fn an_operation_that_the_contract_lacks_is_undecided() {
    let case = crate::contract::Case { operation: "lose-widget".into(), ..case() };
    let judge = Judge::new(&contract()).unwrap();
    let judgement = judge.judge(&case, &exchange(1, probe(), json(200, "")), &mut Ledger::default());
    assert!(judgement.findings.is_empty() && judgement.undecided.is_some());
}
