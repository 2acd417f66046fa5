//! The later phases of the recorded run: what fuzzing combines and makes smaller, a burst, a leak, and a target that goes.

use super::{Run, answer, finding, get, json_answer, widget};
use serde_json::json;
use std::sync::Arc;
use tenantcheck::event::{Answers, Baseline, Event, Flood, Form, Found, Fuzz, Latency, Stale};
use tenantcheck::exchange::{Exchange, Failure, FailureKind, Outcome, Probe, Purpose, Timing};
use tenantcheck::verdict::{Finding, Known, Level, Shrunk};

/// A credential comes back in a body; it stands as its marker.
pub fn leak(run: &mut Run) {
    let case = "get-widget/credential/echoed";
    let body = json!({"detailCode": "403 Forbidden", "messages": [{"text": "no such bearer: {{secret limited}}"}]});
    let mut found =
        finding("envelope.no-credential", case, Some("/messages/0/text"), "no credential", "{{secret limited}}");
    found.title = "No answer carries a credential of ours".into();
    found.status = Some(403);
    run.broken(get(case), Outcome::Answered(json_answer(403, &body)), found);
}

/// Seeded combinations: one is new, one breaks a promise and is made smaller, one breaks a should.
pub fn fuzzing(run: &mut Run) {
    let case = "get-widget/fuzz/widgets";
    let candidate = |number, defects: &[&str]| Probe {
        candidate: number,
        defects: defects.iter().map(|id| (*id).to_owned()).collect(),
        target: format!("/v3/widgets/{}", "w".repeat(number as usize * 20)).as_str().into(),
        ..get(case)
    };
    let news = |candidate| Event::News { case: case.into(), candidate };
    run.send(candidate(1, &["negotiation/accept-weights"]), Outcome::Answered(json_answer(200, &widget())));
    run.events.push(news(1));
    let reset =
        || Outcome::Failed(Failure { kind: FailureKind::Reset, detail: "os error 104".into(), head: "".into() });
    run.send(candidate(4, &["identifier/id-zeros", "negotiation/cookie", "value/nul"]), reset());
    let first = run.number;
    let smaller = Probe { target: "/v3/widgets/0".into(), ..candidate(4, &["identifier/id-zeros", "value/nul"]) };
    run.send(smaller, reset());
    purpose(run, Purpose::Shrink);
    run.events.push(news(4));
    let mut found = finding("answer.http", case, None, "an HTTP answer", "the connection was reset before an answer");
    found.status = None;
    found.shrunk = Some(Shrunk { from: 289, to: 66, requests: 12, first });
    let failing = found.fingerprint.clone();
    run.find(found);
    run.send(candidate(9, &["csv/ragged"]), Outcome::Answered(answer(202, "Accepted", &[], "")));
    let soft = finding("refusal.irregular-input", case, None, "a refusal", "status 202");
    let soft = Finding { level: Level::Should, failing: false, ..soft };
    let quiet = soft.fingerprint.clone();
    run.find(soft);
    let answers = |status, code: &str, count| Answers { status, code: code.into(), count };
    let found = |fingerprint, rule: &str, failing, count| Found {
        fingerprint,
        rule: rule.into(),
        case: case.into(),
        failing,
        count,
    };
    run.events.push(Event::Fuzz(Fuzz {
        candidates: 48,
        requests: 60,
        ms: 1_500,
        behaviours: 2,
        answers: vec![answers(Some(200), "", 45), answers(None, "the connection was reset before an answer", 3)],
        found: vec![found(failing, "answer.http", true, 3), found(quiet, "refusal.irregular-input", false, 1)],
    }));
    run.judge(case, "broken", None);
}

/// A burst that meets the limit, whose 429 does not say how long to wait.
pub fn flood(run: &mut Run) {
    let case = "get-widget/flood";
    for _ in 0..3 {
        run.send(get(case), Outcome::Answered(json_answer(200, &widget())));
    }
    let body = json!({"message": "Too many requests"});
    run.send(
        get(case),
        Outcome::Answered(answer(429, "Too Many Requests", &[("retry-after", "soon")], body.to_string())),
    );
    let form = |status, shape: &str, count| Form { status: Some(status), shape: shape.into(), count };
    run.events.push(Event::Flood(Flood {
        operation: "get-widget".into(),
        case: case.into(),
        before: 3,
        requests: 130,
        at_once: 64,
        served: 99,
        limited: 31,
        announced_ms: Some(10_000),
        again_ms: Some(10_020),
        honest: Some(true),
        forms: vec![form(200, "{id, name}", 99), form(429, "{message}", 31)],
        latency: Latency { p50_ms: 1.5, p90_ms: 2.0, p99_ms: 3.0, max_ms: 4.25 },
    }));
    let mut found = finding("headers.retry-after", case, None, "Retry-After in whole seconds", "soon");
    found.status = Some(429);
    found.seen = 31;
    run.find(found).judge(case, "broken", None);
}

/// The target goes away.
pub fn gone(run: &mut Run) {
    let case = "get-widget/plain/last";
    let failure = Failure { kind: FailureKind::Refused, detail: "os error 111".into(), head: "".into() };
    run.send(get(case), Outcome::Failed(failure)).judge(case, "inconclusive", Some("the target was lost"));
}

/// One finding is listed as known, and the entry of another is over.
pub fn known(run: &mut Run) {
    let since = |until: &str, expired| Known {
        reason: "ABC-123".into(),
        until: Some(until.into()),
        expired,
        ..Known::default()
    };
    for (name, known) in [("listed", since("2027-05-31", false)), ("over", since("2026-01-31", true))] {
        let case = format!("get-widget/known-{name}/colour");
        let mut body = widget();
        body["owner"] = json!([]);
        let mut found = finding("body.schema", &case, Some("/owner"), "an object", "an array of 0 items");
        (found.failing, found.known) = (known.expired, Some(known));
        let listed = !found.failing;
        run.broken(get(&case), Outcome::Answered(json_answer(200, &body)), found);
        let told =
            run.events.last_mut().and_then(|event| if let Event::Case(told) = event { Some(told) } else { None });
        told.unwrap().known = listed;
    }
    let entry = |number: u64| Stale {
        fingerprint: format!("{number:016x}"),
        reason: "mended?".into(),
        rule: "headers.retry-after".into(),
        case: None,
    };
    run.events.push(Event::Baseline(Baseline { entries: 3, seen: 2, stale: vec![entry(7)] }));
}

/// Changes what the last exchange was for.
fn purpose(run: &mut Run, purpose: Purpose) {
    let sent =
        run.events.last_mut().and_then(|event| if let Event::Exchange(sent) = event { Some(sent) } else { None });
    let last = sent.unwrap();
    let Exchange { number, at_ms, ref probe, ref outcome, .. } = **last;
    let timing = Timing { connect_us: None, first_byte_us: None, total_us: 2_000 };
    let (probe, outcome) = (Arc::clone(probe), outcome.clone());
    *last = Arc::new(Exchange { number, purpose, at_ms, probe, outcome, timing });
}
