//! What a finding says: level, words, fingerprint, erratum, and the nearest body that would conform.

use super::bench::{REFUSED, SLOW, WIDGET, answer, case, contract, expects, json, judged, schemas, told, widget};
use crate::check::{CheckError, Judge, rules};
use crate::contract::{Case, Contract};
use crate::verdict::{Level, fingerprint};
use serde_json::{Value, json as value};

#[test]
fn expected_and_received_are_short_words_for_people() {
    for (changes, expected, received) in [
        (value!({"glows": "true"}), "a boolean or null", "the string \"true\""),
        (value!({"hue": "Pink"}), "one of RED, BLUE, null", "the string \"Pink\""),
        (value!({"size": 3_000_000_000_u64}), "a number of at most 2147483647", "the number 3000000000"),
        (value!({"-label": null}), "a property `label`", "no such property"),
        (value!({"owner": [1, 2]}), "an object or null", "an array of 2 items"),
        (
            value!({"made": "today"}),
            "a date-time of RFC 3339 with a zone, such as 2020-01-01T00:00:00Z",
            "the string \"today\"",
        ),
    ] {
        let findings = judged(&case(), json(200, widget(&changes))).findings;
        assert_eq!((findings[0].expected.as_str(), findings[0].received.as_str()), (expected, received));
    }
    let refused = judged(&expects(&[404], "refusal.unknown-thing"), json(200, WIDGET)).findings;
    assert_eq!(refused[0].expected, "status 404");
    assert!(refused[0].received.starts_with("status 200: {\"id\":\"w1\""), "{}", refused[0].received);
}

#[test]
fn however_long_a_body_is_what_was_received_is_a_short_text() {
    let body = "\u{1}".repeat(2_000);
    for rule in rules().iter().map(|rule| rule.id) {
        let refused = judged(&expects(&[403], rule), answer(401, &[], &body)).findings;
        let told = refused.iter().find(|finding| finding.rule == rule);
        let short = told.is_none_or(|finding| finding.received.chars().count() <= 400);
        assert!(short, "{rule}");
    }
    let refused = judged(&expects(&[403], "credential.lacking-authority"), answer(401, &[], &body)).findings;
    assert!(refused[0].received.ends_with("expired would look the same)"), "{}", refused[0].received);
}

#[test]
fn every_wrong_place_is_told_once_and_the_nearest_body_mends_them_all() {
    let body = widget(
        &value!({"glows": "True", "size": "5", "hue": "red", "made": 5.5, "-label": null, "parts": [[{"type": "NUT"}]],
        "owner": 1, "id": "w2"}),
    );
    let findings = judged(&case(), json(200, &body)).findings;
    let mut places: Vec<_> = told(&findings);
    places.sort_unstable_by_key(|(_, pointer)| *pointer);
    let schema = |pointer| ("body.schema", Some(pointer));
    let wanted = ["/glows", "/hue", "/id", "/label", "/made", "/owner", "/parts/0", "/size"].map(schema);
    let wanted = wanted.map(|(rule, at)| (if at == Some("/id") { "identity.same-id" } else { rule }, at));
    assert_eq!(places, wanted);
    let nearest = findings[0].nearest.clone().unwrap();
    let kept = value!({"id": "w1", "_kind": "round", "made": "2020-01-01T00:00:00Z", "changed": "2020-01-02T00:00:00Z", "glows": true,
        "size": 5, "hue": "RED", "parts": [{"type": "NUT"}], "owner": {}, "label": "text"});
    assert_eq!(nearest, kept);
    assert!(findings.iter().all(|finding| finding.nearest.as_ref() == Some(&nearest)));
    assert!(judged(&case(), json(200, nearest.to_string())).findings.is_empty());
}

#[test]
fn an_envelope_of_another_kind_shows_the_pages_own_example() {
    let findings = judged(&expects(&[401], "credential.missing"), json(401, SLOW)).findings;
    assert_eq!(findings[0].nearest, Some(value!({"who": "example"})));
}

#[test]
fn a_wrong_code_is_mended_by_its_status() {
    let body = REFUSED.replace("400.1 Bad", "500.0 Fault");
    let findings = judged(&expects(&[400], "refusal.unknown-thing"), json(400, body)).findings;
    assert_eq!(findings[0].nearest.as_ref().unwrap()["code"], "400.0 Fault");
}

#[test]
fn what_is_put_in_for_a_missing_code_begins_with_the_status_too() {
    let mut body: Value = serde_json::from_str(REFUSED).unwrap();
    body.as_object_mut().unwrap().remove("code");
    let findings = judged(&expects(&[400], "refusal.unknown-thing"), json(400, body.to_string())).findings;
    assert_eq!(told(&findings), [("body.schema", Some("/code"))]);
    assert_eq!(findings[0].nearest.as_ref().unwrap()["code"], "400 text");
}

#[test]
fn a_recorded_erratum_is_a_note_that_names_it_and_a_pages_own_excuses_nothing() {
    let finding = |changes: &Value| judged(&case(), json(200, widget(changes))).findings.remove(0);
    let made = finding(&value!({"made": 1_714_574_212_775_u64}));
    assert_eq!((made.level, made.failing, made.erratum.as_deref()), (Level::Note, false, Some("made-in-ms")));
    let pod = finding(&value!({"pod": "x"}));
    assert_eq!((pod.rule.as_str(), pod.erratum.as_deref()), ("body.extra-property", Some("pod")));
    for changes in [value!({"made": "1714574212775"}), value!({"made": true}), value!({"size": "5"})] {
        let other = finding(&changes);
        assert_eq!((other.level, other.failing, other.erratum), (Level::Must, true, None), "{changes}");
    }
}

#[test]
fn the_same_extra_property_in_many_items_is_told_once() {
    let parts: Vec<Value> = (0..100).map(|n| value!({"type": "NUT", "x": n, "y": n})).collect();
    let findings = judged(&case(), json(200, widget(&value!({"parts": parts})))).findings;
    assert_eq!(
        told(&findings),
        [("body.extra-property", Some("/parts/0/x")), ("body.extra-property", Some("/parts/0/y"))]
    );
}

#[test]
fn one_cause_in_many_items_leaves_room_for_another_cause() {
    let parts: Vec<Value> = (0..60).map(|_| value!({"type": "nut"})).collect();
    let findings = judged(&case(), json(200, widget(&value!({"parts": parts, "hue": 5})))).findings;
    assert_eq!(findings.len(), 4);
    assert!(told(&findings).contains(&("body.schema", Some("/hue"))));
}

#[test]
fn fingerprints_tell_the_cases_own_promise_by_its_file_and_the_rest_by_its_kind() {
    let family = |family: &str| Case { family: family.into(), ..expects(&[404], "refusal.unknown-thing") };
    let both = |case: &Case| judged(case, json(200, widget(&value!({"glows": 5})))).findings;
    let (one, other) = (both(&family("get-widget/shelf/a")), both(&family("get-widget/shelf/b")));
    assert_ne!(one[0].fingerprint, other[0].fingerprint);
    assert_eq!(one[1].fingerprint, other[1].fingerprint);
    assert_eq!(one[1].fingerprint, fingerprint("body.schema", "get-widget", Some("/glows"), "shelf"));
}

#[test]
fn the_words_of_a_finding_are_the_closest_of_the_page() {
    let findings =
        judged(&expects(&[404], "refusal.unknown-thing"), json(200, widget(&value!({"-label": null})))).findings;
    assert_eq!(findings[0].clause, "The page's words for the case.");
    assert_eq!(findings[1].clause, "What people call it.");
    let findings = judged(&case(), json(200, widget(&value!({"hue": 5})))).findings;
    assert_eq!(findings[0].clause, "Words for 200.");
}

#[test]
fn the_level_of_a_cases_own_promise_is_the_cases() {
    let mut case = expects(&[400], "refusal.irregular-input");
    case.expect.level = Level::Should;
    let findings = judged(&case, json(200, WIDGET)).findings;
    assert_eq!((findings[0].level, findings[0].failing), (Level::Should, false));
}

#[test]
fn a_server_error_and_what_it_leaks_are_two_findings() {
    let body = "{\"a\":[\"Traceback (most recent call last):\"],\"b\":\"{{secret full}}\"}";
    let findings = judged(&case(), json(500, body)).findings;
    let wanted = [
        ("answer.no-server-error", None),
        ("envelope.no-credential", Some("/b")),
        ("envelope.no-stack-trace", Some("/a/0")),
    ];
    assert_eq!(told(&findings), wanted);
}

#[test]
fn a_server_error_in_the_pages_form_is_judged_by_its_annotations_too() {
    let crash = ("answer.no-server-error", None);
    let right = REFUSED.replace("400.1", "500.0");
    let code = ("envelope.detail-code", Some("/code"));
    for (body, wanted) in [(REFUSED, &[crash, code][..]), (&right, &[crash]), ("{\"code\":\"400.1\"}", &[crash])] {
        assert_eq!(told(&judged(&case(), json(500, body)).findings), wanted, "{body}");
    }
}

#[test]
fn the_body_of_an_unexpected_status_is_judged_by_that_status_but_not_compared_with_what_was_asked() {
    let refusal = expects(&[404], "refusal.unknown-thing");
    let findings = judged(&refusal, json(200, widget(&value!({"id": "w9", "glows": 5})))).findings;
    assert_eq!(told(&findings), [("refusal.unknown-thing", None), ("body.schema", Some("/glows"))]);
}

#[test]
fn a_body_of_an_unlisted_branch_is_judged_as_json_only() {
    let probe = crate::exchange::Probe {
        parameters: [("kind".to_owned(), "ROUND".to_owned())].into(),
        ..super::bench::probe()
    };
    let judge = super::bench::judge();
    let sent = |body: &str| {
        let exchange = super::bench::exchange(1, probe.clone(), json(200, body));
        judge.judge(&case(), &exchange, &mut crate::check::Ledger::default()).findings
    };
    assert!(sent("{\"label\":5}").is_empty());
    assert_eq!(told(&sent("{")), [("body.json", Some(""))]);
}

#[test]
fn a_contract_that_no_rule_understands_is_refused_with_its_place() {
    let with = |file: &str, schema: Value| {
        let mut contract: Contract = contract();
        contract.schemas.insert(file.into(), schema);
        Judge::new(&contract).unwrap_err()
    };
    let unknown = with("who.json", value!({"properties": {"a/b": {"items": {"x-uniqe": "run"}}}}));
    assert!(matches!(&unknown, CheckError::UnknownAnnotation { file, pointer, name, .. }
        if file == "who.json" && pointer == "/properties/a~1b/items" && name == "x-uniqe"));
    assert!(matches!(with("who.json", value!({"x-equals": "id"})), CheckError::AnnotationValue { .. }));
    assert!(matches!(
        with("who.json", value!({"$ref": "nowhere.json"})),
        CheckError::Schema { .. } | CheckError::Reference { .. }
    ));
    assert!(matches!(with("who.json", value!({"type": "strin"})), CheckError::Schema { .. }));
    assert!(matches!(with("who.json", value!({"format": "int7"})), CheckError::Schema { .. }));
    assert!(matches!(with("other.json", value!({"$id": "relative.json"})), CheckError::Identifier { .. }));
    let mut contract = contract();
    contract.schemas = schemas();
    contract.schemas.remove("who.json");
    assert!(matches!(Judge::new(&contract), Err(CheckError::NoSchema { status: 401, .. })));
}

#[test]
fn compiling_the_contract_is_a_matter_of_milliseconds() {
    let contract = contract();
    let started = std::time::Instant::now();
    Judge::new(&contract).unwrap();
    assert!(started.elapsed().as_millis() < 1_000, "{:?}", started.elapsed());
}
