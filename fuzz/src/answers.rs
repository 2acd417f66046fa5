//! Judging arbitrary bytes as an answer: no panic, bounded findings, and the same twice.

use crate::stage::{STAGE, answer, deep, exchange};
use arbitrary::{Result, Unstructured};
use std::collections::BTreeMap;
use tenantcheck::check::Ledger;
use tenantcheck::contract::{Case, Operation};
use tenantcheck::exchange::{End, Exchange, Failure, FailureKind, Outcome, Probe};

const NAMES: [&str; 8] = [
    "content-type",
    "content-encoding",
    "retry-after",
    "date",
    "location",
    "content-length",
    "transfer-encoding",
    "x-other",
];
const VALUES: [&str; 12] = [
    "application/json",
    "application/json; charset=utf-16",
    "text/html",
    "gzip",
    "deflate",
    "gzip, deflate",
    "br",
    "identity",
    "1",
    "-1",
    "99999999999999999999",
    "Sun, 06 Nov 1994 08:49:37 GMT",
];
/// No answer is told of in more findings than this.
const MOST: usize = 200;

/// Judges what the bytes make up.
pub fn judge(bytes: &[u8]) {
    let Ok((case, exchange)) = draw(&mut Unstructured::new(bytes)) else { return };
    let once = || STAGE.judge.judge(case, &exchange, &mut Ledger::default());
    let (one, other) = deep(|| (once(), once()));
    assert_eq!(one.findings, other.findings, "judged twice, and not the same");
    assert_eq!(one.undecided, other.undecided);
    assert!(one.findings.len() <= MOST, "{} findings", one.findings.len());
    for finding in &one.findings {
        assert!(finding.received.chars().count() <= 400, "{} has a long text", finding.rule);
        assert!(tenantcheck::check::rule(&finding.rule).is_some(), "there is no rule {}", finding.rule);
    }
}

/// A case and an exchange: the case, the status and the headers first, and all that is left is the body.
fn draw(choices: &mut Unstructured<'_>) -> Result<(&'static Case, Exchange)> {
    let case = &STAGE.cases[usize::from(choices.arbitrary::<u16>()?) % STAGE.cases.len()];
    let operation = STAGE.contract.operation(&case.operation).expect("a case has an operation");
    let listed = &operation.answers[usize::from(choices.arbitrary::<u8>()?) % operation.answers.len()];
    let kind = choices.arbitrary::<u8>()?;
    let status = if kind & 1 == 0 { listed.status } else { choices.arbitrary()? };
    let mut headers = vec![("content-type".to_owned(), b"application/json".to_vec())];
    if kind & 2 != 0 {
        headers.clear();
        for _ in 0..choices.int_in_range(0..=5)? {
            let value = if choices.arbitrary()? { choices.choose(&VALUES)?.as_bytes() } else { choices.arbitrary()? };
            headers.push(((*choices.choose(&NAMES)?).to_owned(), value.to_vec()));
        }
    }
    let (end, failed) = ends(kind >> 2, choices)?;
    let probe = probe(operation, case, choices)?;
    let length = choices.len();
    let mut answer = answer(status, headers, choices.bytes(length)?.to_vec());
    answer.end = end;
    let fail = |kind| Failure { kind, detail: "it failed".into(), head: answer.body.clone() };
    let outcome = failed.map(|kind| Outcome::Failed(fail(kind))).unwrap_or(Outcome::Answered(answer.clone()));
    Ok((case, exchange(probe, outcome)))
}

fn ends(kind: u8, choices: &mut Unstructured<'_>) -> Result<(End, Option<FailureKind>)> {
    Ok(match kind {
        0x38 => (End::Truncated { declared: choices.arbitrary()?, received: choices.arbitrary()? }, None),
        0x39 => (End::BadFraming("a chunk".into()), None),
        0x3a => (End::Reset, None),
        0x3b => (End::TimedOut, None),
        0x3c => (End::TooLarge { limit: choices.arbitrary()? }, None),
        0x3d => (End::Complete, Some(FailureKind::Closed)),
        0x3e => (End::Complete, Some(FailureKind::NotHttp)),
        0x3f => (End::Complete, Some(FailureKind::Silence)),
        _ => (End::Complete, None),
    })
}

fn probe(operation: &Operation, case: &Case, choices: &mut Unstructured<'_>) -> Result<Probe> {
    let mut parameters = BTreeMap::new();
    for parameter in &operation.parameters {
        let value = match &parameter.listed {
            Some(listed) => listed[usize::from(choices.arbitrary::<u8>()?) % listed.len()].clone(),
            None => "1".to_owned(),
        };
        parameters.insert(parameter.name.clone(), value);
    }
    let caller = Some("full".to_owned());
    let (operation, case, method) = (operation.id.clone(), case.id.clone(), operation.method.clone());
    let nonce = Some("tc-nonce-1".to_owned());
    Ok(Probe { operation, case, method, caller, parameters, nonce, target: "/".into(), ..Probe::default() })
}
