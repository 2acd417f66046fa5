//! Sends what a fuzzer's bytes choose to a service in process, and judges what comes back.

use super::attack::{Arsenal, Attack, Known};
use super::error::SetupError;
use super::failure::Failure;
use super::link::Link;
use super::setup::Setup;
use crate::check::{Judge, Ledger, MAY_CHANGE, OF_ANY_REQUEST};
use crate::contract::{Case, Contract};
use crate::exchange::{Exchange, Purpose};
use crate::gate::Gate;
use crate::plan::{Ground, Phase, Plan, Planned, Select};
use crate::run::contract_and_cases;
use crate::verdict::{Finding, Stability};
use arbitrary::Unstructured;
use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use http::{Request, Response};
use std::sync::Arc;
use tower_service::Service;

/// How many requests one input chooses at most.
const REQUESTS: usize = 3;
/// A body that nests deeper is judged on a thread with a stack of this many bytes.
const DEEP: usize = 1_000;
const STACK: usize = 64 << 20;

/// Fuzzes a service in process against the contract.
#[derive(Debug)]
pub struct Fuzzer {
    link: Link,
    arsenal: Arsenal,
    judge: Judge,
    /// What the answers to the controls have shown.
    ledger: Ledger,
}

impl Fuzzer {
    /// Reads the contract, plans, and sends each request that should work once: none is held against the service
    /// before these work.
    pub fn new<S, R>(service: S, setup: Setup) -> Result<Self, SetupError>
    where
        S: Service<Request<Body>, Response = Response<R>> + Clone + Send + 'static,
        S::Error: std::fmt::Display,
        R: HttpBody<Data = Bytes> + Send + 'static,
        R::Error: Into<BoxError>,
    {
        let (contract, cases) = contract_and_cases(setup.contract.as_deref())?;
        let contract = served(contract, &setup)?;
        let ground = Ground { world: &setup.world, secrets: &setup.secrets, gate: Gate { writes: true, urls: true } };
        let plan = Plan::new(&contract, &cases, ground, &Select::default(), &[Phase::Cases, Phase::Coverage]);
        let stages = plan.operations.into_iter().flat_map(|stage| stage.cases);
        let all = stages.flat_map(|planned| [vec![planned.clone()], planned.members].concat());
        let planned: Vec<Planned> = all.filter(|planned| planned.skip.is_none()).collect();
        let judge = Judge::new(&contract)?;
        let link = Link::new(service, setup.secrets)?;
        let arsenal = Arsenal { contract, world: setup.world, base_path: setup.base_path, planned };
        let mut fuzzer = Self { link, arsenal, judge, ledger: Ledger::default() };
        fuzzer.controls()?;
        Ok(fuzzer)
    }

    /// Sends what the bytes choose; `Err` where an answer breaks a promise, and breaks it again when asked again,
    /// while a request that should work still does.
    pub fn run(&self, bytes: &[u8]) -> Result<(), Failure> {
        let (mut choices, mut ledger) = (Unstructured::new(bytes), self.ledger.clone());
        for _ in 0..REQUESTS {
            if choices.is_empty() {
                break;
            }
            if let Ok(Some(attack)) = self.arsenal.choose(&mut choices) {
                self.ask(&attack, &mut ledger)?;
            }
        }
        Ok(())
    }

    /// An input for each request of the plan: a corpus to start from.
    pub fn seeds(&self) -> Vec<Vec<u8>> {
        (0..self.arsenal.planned.len()).map(Arsenal::seed).collect()
    }

    fn ask(&self, attack: &Attack, ledger: &mut Ledger) -> Result<(), Failure> {
        let probe = Arc::new(attack.probe.clone());
        let mut hear = |purpose| {
            let exchange = self.link.send(&probe, purpose)?;
            let findings = self.judged(attack, &exchange, ledger);
            Some((exchange, findings)).filter(|(_, findings)| !findings.is_empty())
        };
        let Some((first, findings)) = hear(Purpose::Case) else { return Ok(()) };
        let Some((second, again)) = hear(Purpose::Again) else { return Ok(()) };
        let seen = |finding: &Finding| again.iter().any(|other| other.fingerprint == finding.fingerprint);
        let stable = |finding| Finding { stability: Stability::Stable, seen: 2, ..finding };
        let findings: Vec<Finding> = findings.into_iter().filter(seen).map(stable).collect();
        if findings.is_empty() || !self.works(&attack.case) {
            return Ok(());
        }
        Err(Failure::new(&attack.case, [first, second], findings))
    }

    /// The failing findings of an exchange that are owed to it.
    fn judged(&self, attack: &Attack, exchange: &Exchange, ledger: &mut Ledger) -> Vec<Finding> {
        let judgement = if nests(exchange) {
            let deep = std::thread::Builder::new().stack_size(STACK);
            std::thread::scope(|scope| {
                let judged = deep.spawn_scoped(scope, || self.judge.judge(&attack.case, exchange, ledger));
                judged.ok().and_then(|judged| judged.join().ok()).unwrap_or_default()
            })
        } else {
            self.judge.judge(&attack.case, exchange, ledger)
        };
        let owed = |finding: &Finding| {
            let rule = finding.rule.as_str();
            let known = attack.known != Known::Nothing || OF_ANY_REQUEST.contains(&rule);
            finding.failing && known && !MAY_CHANGE.contains(&rule)
        };
        judgement.findings.into_iter().filter(owed).collect()
    }

    /// Whether a request that should work does at this time; the case itself is not asked.
    fn works(&self, case: &Case) -> bool {
        let others = self.arsenal.planned.iter().filter(|planned| planned.case.control && planned.case.id != case.id);
        let mut others = others.filter(|planned| planned.case.operation == case.operation);
        let control = others.next().and_then(|planned| self.arsenal.build(planned, 0));
        control.is_none_or(|control| {
            let exchange = self.link.send(&Arc::new(control.probe), Purpose::Control);
            exchange.is_some_and(|exchange| is_served(&exchange))
        })
    }

    fn controls(&mut self) -> Result<(), SetupError> {
        let mut asked = Vec::new();
        for planned in self.arsenal.planned.iter().filter(|planned| planned.case.control) {
            let Some(attack) = self.arsenal.build(planned, 0) else { continue };
            let request = format!("{} {}", attack.probe.method, attack.probe.target.text());
            let exchange = self.link.send(&Arc::new(attack.probe.clone()), Purpose::Control);
            if let Some(exchange) = exchange.as_ref().filter(|exchange| is_served(exchange)) {
                self.judge.judge(&attack.case, exchange, &mut self.ledger);
                asked.push(planned.case.operation.as_str());
                continue;
            }
            let status = exchange.and_then(|exchange| exchange.status());
            let answer = status.map_or_else(|| "nothing".to_owned(), |status| status.to_string());
            return Err(SetupError::Control { case: planned.case.id.clone(), request, answer });
        }
        let untried = self.arsenal.contract.operations.iter().find(|operation| !asked.contains(&operation.id.as_str()));
        untried.map_or(Ok(()), |operation| Err(SetupError::NoCase(operation.id.clone())))
    }
}

/// The contract as far as the service serves it, in its versions.
fn served(mut contract: Contract, setup: &Setup) -> Result<Contract, SetupError> {
    let known = contract.operations.iter().map(|operation| operation.id.as_str()).collect::<Vec<_>>().join(", ");
    let named = setup.operations.iter().chain(setup.versions.keys());
    if let Some(name) = named.into_iter().find(|name| contract.operation(name).is_none()) {
        return Err(SetupError::NoOperation { name: name.clone(), known });
    }
    contract.operations.retain(|operation| setup.operations.is_empty() || setup.operations.contains(&operation.id));
    for operation in &mut contract.operations {
        if let Some(version) = setup.versions.get(&operation.id) {
            if !operation.versions.contains_key(version) {
                let known = operation.versions.keys().cloned().collect::<Vec<_>>().join(", ");
                return Err(SetupError::NoVersion { operation: operation.id.clone(), version: version.clone(), known });
            }
            operation.default_version.clone_from(version);
        }
    }
    Ok(contract)
}

fn is_served(exchange: &Exchange) -> bool {
    exchange.status().is_some_and(|status| (200..300).contains(&status))
}

fn nests(exchange: &Exchange) -> bool {
    let body = exchange.answer().map(|answer| answer.body.0.as_slice()).unwrap_or_default();
    body.iter().filter(|byte| matches!(byte, b'[' | b'{')).nth(DEEP).is_some()
}
