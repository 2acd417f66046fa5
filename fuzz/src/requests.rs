//! Whatever request arrives, the embedded tenant answers in a form that the contract lists.

use crate::stage::{STAGE, TENANT, deep, secrets};
use arbitrary::{Result, Unstructured};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use tenantcheck::check::Ledger;
use tenantcheck::contract::{Case, Expect, World};
use tenantcheck::exchange::{Octets, Probe, Purpose, Secrets};
use tenantcheck::inprocess::Link;

static LINK: LazyLock<Link> = LazyLock::new(|| Link::new(TENANT.router(), secrets()).expect("a runtime starts"));
static WORLD: LazyLock<World> = LazyLock::new(|| TENANT.world());

const NAMES: [&str; 10] = [
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "Cookie",
    "If-None-Match",
    "Range",
    "X-HTTP-Method-Override",
    "X-Request-ID",
];
const TYPES: [&str; 5] = [
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "application/json",
    "text/csv",
];

/// Sends one arbitrary request to a path of an operation.
pub fn answer(bytes: &[u8]) {
    let Ok((case, probe)) = draw(&mut Unstructured::new(bytes)) else { return };
    let Some(exchange) = LINK.send(&Arc::new(probe), Purpose::Case) else { return };
    let judgement = deep(|| STAGE.judge.judge(&case, &exchange, &mut Ledger::default()));
    let findings: Vec<_> = judgement.findings.iter().filter(|finding| finding.failing).collect();
    assert!(findings.is_empty(), "{findings:#?}\n{exchange:#?}");
}

fn draw(choices: &mut Unstructured<'_>) -> Result<(Case, Probe)> {
    let operations = &STAGE.contract.operations;
    let operation = &operations[usize::from(choices.arbitrary::<u8>()?) % operations.len()];
    let versions: Vec<&String> = operation.versions.values().collect();
    let mut target = versions[usize::from(choices.arbitrary::<u8>()?) % versions.len()].clone();
    let mut parameters = BTreeMap::new();
    for parameter in &operation.parameters {
        let value = value(parameter.listed.as_deref(), choices)?;
        let encoded: String = value.iter().map(|byte| format!("%{byte:02X}")).collect();
        target = target.replace(&format!("{{{}}}", parameter.name), &encoded);
        parameters.insert(parameter.name.clone(), String::from_utf8_lossy(&value).into_owned());
    }
    let caller = ["full", "limited", ""][usize::from(choices.arbitrary::<u8>()? % 3)];
    let mut headers: Vec<(String, Octets)> = Vec::new();
    if !caller.is_empty() {
        headers.push(("Authorization".into(), format!("Bearer {}", Secrets::marker(caller)).into()));
    }
    if choices.arbitrary()? {
        headers.push(("Content-Type".into(), (*choices.choose(&TYPES)?).into()));
    }
    for _ in 0..choices.int_in_range(0..=3)? {
        headers.push(((*choices.choose(&NAMES)?).into(), choices.arbitrary::<Vec<u8>>()?.into()));
    }
    let statuses = operation.answers.iter().map(|answer| answer.status).collect();
    let expect = Expect { statuses, rule: "answer.expected-status".into(), ..Expect::default() };
    let id = format!("{}/arbitrary/request", operation.id);
    let case = Case { family: id.clone(), id: id.clone(), operation: operation.id.clone(), expect, ..Case::default() };
    let (operation, method) = (operation.id.clone(), operation.method.clone());
    let length = choices.len();
    let body = choices.bytes(length)?.to_vec().into();
    Ok((
        case,
        Probe { operation, case: id, method, target: target.into(), parameters, headers, body, ..Probe::default() },
    ))
}

/// A value that the page lists, one of the tenant's own ids, or any bytes.
fn value(listed: Option<&[String]>, choices: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let known: Vec<&str> = WORLD.pairs("documents").into_iter().map(|(_, id)| id).collect();
    let sources = ["delimited-source", "direct-source"].map(|key| WORLD.id(key).unwrap_or_default());
    let place = usize::from(choices.arbitrary::<u8>()?);
    let value = match (listed, place % 8) {
        (Some(listed), 0..5) => listed[place % listed.len()].clone().into_bytes(),
        (None, 0..2) => sources[place % 2].as_bytes().to_vec(),
        (None, 2..5) => known[place % known.len()].as_bytes().to_vec(),
        _ => choices.arbitrary()?,
    };
    // An empty value is no value: the path then belongs to nothing that the page lists.
    Ok(if value.is_empty() { b"-".to_vec() } else { value })
}
