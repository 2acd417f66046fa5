//! What tenants were recorded to answer is tolerated, as a note that names its erratum, and nothing more than that.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by a panic")]

use serde_json::{Value, json};
use std::sync::Arc;
use tenantcheck::check::Judge;
use tenantcheck::contract::{Case, Expect};
use tenantcheck::exchange::{Answer, End, Exchange, Octets, Outcome, Probe, Purpose, Timing};
use tenantcheck::load::{Source, contract};
use tenantcheck::verdict::Level;

/// What is found in a body: rule, place, whether it fails, erratum.
type Found = (String, String, bool, Option<String>);

fn found(operation: &str, status: u16, index: &str, body: &Value) -> Vec<Found> {
    let judge = Judge::new(&contract(&Source::Embedded).unwrap()).unwrap();
    let case = Case {
        operation: operation.to_owned(),
        expect: Expect { statuses: vec![status], ..Expect::default() },
        ..Case::default()
    };
    let parameters = [("index".to_owned(), index.to_owned())].into();
    let answer = Answer {
        version: "HTTP/1.1".into(),
        status,
        reason: String::new(),
        headers: vec![("Content-Type".into(), Octets(b"application/json".to_vec()))],
        body: Octets(body.to_string().into_bytes()),
        end: End::Complete,
    };
    let exchange = Exchange {
        number: 1,
        purpose: Purpose::Case,
        at_ms: 0,
        probe: Arc::new(Probe { parameters, ..Probe::default() }),
        outcome: Outcome::Answered(answer),
        timing: Timing::default(),
    };
    let findings = judge.judge(&case, &exchange, &mut tenantcheck::check::Ledger::default()).findings;
    findings
        .into_iter()
        .map(|finding| {
            assert!(finding.erratum.is_none() || finding.level == Level::Note);
            (finding.rule, finding.pointer.unwrap_or_default(), finding.failing, finding.erratum)
        })
        .collect()
}

fn task(extra: &Value) -> Vec<Found> {
    let mut task = json!({"id": "t1"});
    for (key, value) in extra.as_object().unwrap() {
        task[key] = value.clone();
    }
    found("load-accounts", 202, "", &json!({"success": true, "task": task}))
}

fn one(rule: &str, pointer: &str, failing: bool, erratum: Option<&str>) -> Found {
    (rule.to_owned(), pointer.to_owned(), failing, erratum.map(ToOwned::to_owned))
}

#[test]
fn times_of_a_task_in_milliseconds_are_a_note_that_names_the_erratum() {
    let times = task(&json!({"created": 1_714_574_212_775_i64, "launched": 1_714_574_212_990_i64}));
    let id = Some("task-times-in-milliseconds");
    let wanted = [one("body.schema", "/task/created", false, id), one("body.schema", "/task/launched", false, id)];
    assert_eq!(times, wanted);
}

#[test]
fn other_times_of_a_task_stay_broken() {
    for (key, value, rule) in [
        ("completed", json!(1_714_574_212_775_i64), "body.schema"),
        ("created", json!("2024-05-01"), "identity.date-time"),
        ("created", json!("1714574212775"), "identity.date-time"),
        ("created", json!("2024-05-01T42:36:52.775Z"), "identity.date-time"),
        ("launched", json!(1_714_574_212.775), "body.schema"),
        ("launched", json!(true), "body.schema"),
        ("created", json!({}), "body.schema"),
    ] {
        let mut times = serde_json::Map::new();
        times.insert(key.to_owned(), value);
        assert_eq!(task(&Value::Object(times)), [one(rule, &format!("/task/{key}"), true, None)], "{key}");
    }
}

#[test]
fn an_event_id_of_a_task_is_a_note_that_names_the_erratum() {
    let wanted = one("body.extra-property", "/task/attributes/eventId", false, Some("task-event-id"));
    assert_eq!(task(&json!({"attributes": {"appId": "a", "eventId": 2_150_640}})), [wanted]);
    let other = one("body.extra-property", "/task/attributes/eventId", false, None);
    assert_eq!(task(&json!({"attributes": {"eventId": "2150640"}})), [other]);
}

#[test]
fn pod_org_and_type_of_a_document_are_notes_that_name_the_erratum() {
    let body = json!({"id": "e1", "name": "e", "pod": "stg-1", "org": "acme", "type": "entitlement", "news": "x"});
    let id = Some("document-with-pod-org-and-type");
    let wanted = [
        one("body.extra-property", "/pod", false, id),
        one("body.extra-property", "/org", false, id),
        one("body.extra-property", "/type", false, id),
        one("body.extra-property", "/news", false, None),
    ];
    assert_eq!(found("get-document", 200, "entitlements", &body), wanted);
    let event = json!({"id": "e1", "name": "e", "type": 7});
    assert_eq!(found("get-document", 200, "events", &event), [one("body.schema", "/type", true, None)]);
}

#[test]
fn what_conforms_anyway_needs_no_note() {
    let body =
        json!({"id": "e1", "name": "e", "modified": "2018-12-07T01:07:48Z", "tags": null, "identityCount": null});
    assert_eq!(found("get-document", 200, "entitlements", &body), []);
    let messages = json!([{"locale": "en-US", "localeOrigin": "DEFAULT", "text": "a"}, {"locale": "und", "localeOrigin": "REQUEST", "text": "b"}]);
    let envelope = |causes: &Value| json!({"detailCode": "400.1.3 Illegal value", "trackingId": "t", "messages": messages, "causes": causes});
    assert_eq!(found("load-accounts", 400, "", &envelope(&json!([]))), []);
    let absent = json!({"detailCode": "400.1.3 Illegal value", "trackingId": "t", "messages": messages});
    assert_eq!(found("get-document", 400, "roles", &absent), []);
}

#[test]
fn a_tenant_that_answers_as_a_wrong_example_is_broken() {
    let task = found("load-accounts", 202, "", &json!({"success": "true", "task": {"id": "t1"}}));
    assert_eq!(task, [one("body.schema", "/success", true, None)]);
    let envelope = json!({"detailCode": "400.1 Bad Request Content", "trackingId": "t", "messages": []});
    assert_eq!(
        found("get-document", 404, "roles", &envelope),
        [one("envelope.detail-code", "/detailCode", true, None)]
    );
    let profile = json!({"id": "p1", "name": "p", "_type": "identity"});
    assert_eq!(found("get-document", 200, "accessprofiles", &profile), [one("identity.type", "/_type", true, None)]);
}
