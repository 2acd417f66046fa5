//! A made-up contract, and short ways to write down cases and answers.

use crate::check::{Judge, Judgement, Ledger};
use crate::contract::{
    Answer as Promise, AnswerBody, Case, Contract, Erratum, ErratumKind, Expect, Operation, Parameter, Place,
};
use crate::exchange::{Answer, End, Exchange, Failure, FailureKind, Outcome, Probe, Purpose, Timing};
use crate::verdict::{Finding, Level};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

pub const WIDGET: &str =
    r#"{"id":"w1","label":"a","_kind":"round","made":"2020-01-01T00:00:00Z","changed":"2020-01-02T00:00:00Z"}"#;
pub const REFUSED: &str = r#"{"code":"400.1 Bad","trace":"t1","notes":[{"lang":"en-US","origin":"OWN","words":"no"}]}"#;
pub const WHO: &str = r#"{"who":"nobody"}"#;
pub const SLOW: &str = r#"{"slow":" down "}"#;
pub const JOB: &str = r#"{"done":true,"job":{"id":"j1"}}"#;

pub fn schemas() -> BTreeMap<String, Value> {
    let note = json!({"type": "object", "required": ["words"], "properties": {
        "lang": {"type": ["string", "null"], "format": "language-tag", "description": "The language of the words."},
        "origin": {"type": ["string", "null"], "x-extensible-enum": ["OWN", "ASKED", null]},
        "words": {"type": "string"}}});
    let moment = json!({"type": ["string", "null"], "format": "date-time"});
    let later = json!({"type": ["string", "null"], "format": "date-time", "x-not-before": "/made"});
    let part = json!({"type": ["object", "null"], "properties": {"type": {"type": ["string", "null"], "enum": ["NUT", "BOLT", null]}},
        "allOf": [
            {"if": {"type": "object", "required": ["type"], "properties": {"type": {"const": "NUT"}}},
             "then": {"properties": {"hole": {"type": ["boolean", "null"]}}}},
            {"if": {"type": "object", "required": ["type"], "properties": {"type": {"const": "BOLT"}}},
             "then": {"properties": {"length": {"type": ["integer", "null"]}}}}]});
    let widget = |own: &str| {
        json!({"$id": format!("https://tenantcheck.invalid/schemas/widgets/{own}.json"), "type": "object",
            "required": ["id", "label"], "properties": {
            "id": {"type": "string", "x-equals": "path.id"},
            "label": {"type": "string", "description": "What people call it."},
            "_kind": {"type": ["string", "null"], "x-extensible-enum": ["round", "flat"], "x-branch-value": own},
            "made": moment, "changed": later,
            "size": {"type": ["integer", "null"], "minimum": -2_147_483_648_i64, "maximum": 2_147_483_647},
            "hue": {"type": ["string", "null"], "enum": ["RED", "BLUE", null]},
            "glows": {"type": ["boolean", "null"]},
            "owner": {"anyOf": [{"$ref": "../shared/owner.json"}, {"type": "null"}]},
            "map": {"type": ["object", "null"], "additionalProperties": true},
            "stackTrace": {"type": ["string", "null"]},
            "parts": {"type": ["array", "null"], "items": part}}})
    };
    BTreeMap::from([
        ("widgets/round.json".into(), widget("round")),
        ("widgets/flat.json".into(), widget("flat")),
        ("shared/owner.json".into(), json!({"type": "object", "properties": {"name": {"type": ["string", "null"]}}})),
        (
            "refused.json".into(),
            json!({"type": "object", "required": ["code", "trace", "notes"], "properties": {
            "code": {"type": "string", "x-begins-with": "status"}, "trace": {"type": "string", "x-unique": "run"},
            "notes": {"type": "array", "items": note}}}),
        ),
        ("who.json".into(), json!({"type": "object", "required": ["who"], "properties": {"who": {"type": "string"}}})),
        (
            "slow.json".into(),
            json!({"type": "object", "required": ["slow"], "properties": {"slow": {"type": "string"}}}),
        ),
        (
            "job.json".into(),
            json!({"type": "object", "required": ["done", "job"], "properties": {"done": {"type": "boolean"},
            "job": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "x-unique": "run"}}}}}),
        ),
    ])
}

fn promise(status: u16, schema: &str) -> Promise {
    let example = (status == 401).then(|| json!({"who": "example"}));
    let headers = if status == 429 { vec!["Retry-After".into()] } else { Vec::new() };
    let (clause, media_types) = (format!("Words for {status}."), vec!["application/json".into()]);
    Promise { status, clause, media_types, headers, body: AnswerBody::One(schema.into()), example }
}

pub fn contract() -> Contract {
    let errors =
        [(400, "refused.json"), (401, "who.json"), (403, "refused.json"), (404, "refused.json"), (429, "slow.json")];
    let errors: Vec<Promise> = errors.iter().map(|(status, schema)| promise(*status, schema)).collect();
    let kinds = ["round", "flat"].map(|kind| (kind.to_owned(), format!("widgets/{kind}.json")));
    let body = AnswerBody::ByParameter { parameter: "kind".into(), schemas: BTreeMap::from(kinds) };
    let served = Promise { body, ..promise(200, "") };
    let get = Operation {
        id: "get-widget".into(),
        method: "GET".into(),
        parameters: vec![
            Parameter { name: "kind".into(), listed: None },
            Parameter { name: "id".into(), listed: None },
        ],
        answers: [vec![served], errors.clone(), vec![promise(500, "refused.json")]].concat(),
        ..Operation::default()
    };
    let make = Operation {
        id: "make-widget".into(),
        method: "POST".into(),
        answers: [vec![promise(202, "job.json")], errors].concat(),
        ..Operation::default()
    };
    let erratum = |id: &str, kind, pointer: &str, seen_type: &str| Erratum {
        id: id.into(),
        kind,
        operation: Some("get-widget".into()),
        status: 200,
        pointers: vec![pointer.into()],
        seen_type: seen_type.into(),
        rule: None,
        branch: None,
        page: String::new(),
        seen: String::new(),
        place: Place::default(),
    };
    let errata = vec![
        erratum("page-size", ErratumKind::Page, "/size", "string"),
        erratum("made-in-ms", ErratumKind::Recorded, "/made", "integer"),
        erratum("pod", ErratumKind::Recorded, "/pod", "any"),
    ];
    Contract { operations: vec![get, make], schemas: schemas(), world: Vec::new(), errata }
}

/// A case of `get-widget` that must be served.
pub fn case() -> Case {
    Case {
        id: "get-widget/shelf/each".into(),
        family: "get-widget/shelf/each".into(),
        operation: "get-widget".into(),
        clause: "The page's words for the case.".into(),
        expect: Expect { statuses: vec![200], rule: "answer.expected-status".into(), level: Level::Must, http: false },
        ..Case::default()
    }
}

pub fn expects(statuses: &[u16], rule: &str) -> Case {
    Case {
        expect: Expect { statuses: statuses.to_vec(), rule: rule.into(), level: Level::Must, http: false },
        ..case()
    }
}

pub fn http(statuses: &[u16]) -> Case {
    let case = expects(statuses, "refusal.irregular-input");
    Case { expect: Expect { http: true, ..case.expect.clone() }, ..case }
}

pub fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Outcome {
    Outcome::Answered(Answer {
        version: "HTTP/1.1".into(),
        status,
        reason: String::new(),
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect(),
        body: body.as_ref().to_vec().into(),
        end: End::Complete,
    })
}

/// An answer with the listed media type.
pub fn json(status: u16, body: impl AsRef<[u8]>) -> Outcome {
    answer(status, &[("Content-Type", "application/json")], body)
}

pub fn failed(kind: FailureKind) -> Outcome {
    Outcome::Failed(Failure { kind, detail: "said".into(), head: b"SSH-2.0-x\r\n".to_vec().into() })
}

pub fn probe() -> Probe {
    let parameters = [("kind", "round"), ("id", "w1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    Probe { operation: "get-widget".into(), method: "GET".into(), parameters: parameters.into(), ..Probe::default() }
}

pub fn exchange(number: u64, probe: Probe, outcome: Outcome) -> Exchange {
    let (probe, timing) = (Arc::new(probe), Timing::default());
    Exchange { number, purpose: Purpose::Case, at_ms: 0, probe, outcome, timing }
}

pub fn judge() -> Judge {
    Judge::new(&contract()).unwrap()
}

pub fn judged(case: &Case, outcome: Outcome) -> Judgement {
    judge().judge(case, &exchange(1, probe(), outcome), &mut Ledger::default())
}

/// Rule and pointer of each finding.
pub fn told(findings: &[Finding]) -> Vec<(&str, Option<&str>)> {
    findings.iter().map(|finding| (finding.rule.as_str(), finding.pointer.as_deref())).collect()
}

/// The body of [`WIDGET`] with members put in, replaced, or (by `null` under the name `-name`) taken out.
pub fn widget(changes: &Value) -> String {
    let mut widget: Value = serde_json::from_str(WIDGET).unwrap();
    for (name, value) in changes.as_object().unwrap() {
        match name.strip_prefix('-') {
            Some(name) => drop(widget.as_object_mut().unwrap().shift_remove(name)),
            None => widget[name] = value.clone(),
        }
    }
    widget.to_string()
}
