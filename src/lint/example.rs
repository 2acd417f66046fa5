//! Judges the examples of the pages as the body of one answer is judged.

use super::Material;
use super::disagreement::Disagreement;
use super::position;
use crate::check::{Judge, type_of};
use crate::contract::{Case, Erratum, Example, Expect, Operation, Page, Seen};
use crate::exchange::{Answer, End, Exchange, Octets, Outcome, Probe, Purpose, Timing};
use crate::verdict::Finding;
use serde_json::Value;
use std::sync::Arc;

/// Every disagreement, in the order of the pages and of their lines.
pub fn disagreements<'a>(material: Material<'a>, judge: &Judge) -> Vec<Disagreement<'a>> {
    let mut found = Vec::new();
    for page in material.pages {
        let Some(operation) = material.contract.operation(&page.operation) else { continue };
        let bench = Bench { page, operation, errata: &material.contract.errata };
        let mut own: Vec<Disagreement<'_>> =
            page.examples.iter().flat_map(|example| bench.disagreements(judge, example)).collect();
        own.sort_by_key(|disagreement| (disagreement.place.line, disagreement.place.column));
        found.extend(own);
    }
    found
}

#[derive(Clone, Copy)]
struct Bench<'a> {
    page: &'a Page,
    operation: &'a Operation,
    errata: &'a [Erratum],
}

impl<'a> Bench<'a> {
    fn disagreements(self, judge: &Judge, example: &'a Example) -> Vec<Disagreement<'a>> {
        let body = self.page.body(example);
        let case = Case {
            operation: self.operation.id.clone(),
            expect: Expect { statuses: vec![example.status], ..Expect::default() },
            ..Case::default()
        };
        let value = serde_json::from_str(body).unwrap_or_default();
        let findings = judge.judge_body(&case, &exchange(example, body));
        findings.into_iter().map(|finding| self.disagreement(example, &value, finding)).collect()
    }

    fn disagreement(self, example: &'a Example, value: &Value, finding: Finding) -> Disagreement<'a> {
        let pointer = finding.pointer.unwrap_or_default();
        let span = position::span(self.page.body(example), &pointer);
        let seen = Seen {
            operation: &self.operation.id,
            status: example.status,
            branch: self.operation.answer(example.status).and_then(|answer| answer.schema(&example.parameters)),
            rule: &finding.rule,
            pointer: &pointer,
            seen_type: value.pointer(&pointer).map_or("absent", type_of),
        };
        Disagreement {
            erratum: self.errata.iter().find(|erratum| erratum.tells(&seen)),
            place: self.page.place(example.at + span.start, span.len()),
            operation: &self.operation.id,
            status: example.status,
            example: &example.name,
            pointer,
            rule: finding.rule,
            level: finding.level,
            expected: finding.expected,
            received: finding.received,
        }
    }
}

fn exchange(example: &Example, body: &str) -> Exchange {
    let answer = Answer {
        version: String::new(),
        status: example.status,
        reason: String::new(),
        headers: Vec::new(),
        body: Octets(body.into()),
        end: End::Complete,
    };
    Exchange {
        number: 1,
        purpose: Purpose::Case,
        at_ms: 0,
        probe: Arc::new(Probe { parameters: example.parameters.clone(), ..Probe::default() }),
        outcome: Outcome::Answered(answer),
        timing: Timing::default(),
    }
}
