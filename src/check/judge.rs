//! Judges one exchange: which rules it breaks, each cause under one rule.

use super::answer::{self, Form, Standing};
use super::body::{self, Conformance, Parsed};
use super::envelope::{kind, no_credential, no_nonce, no_stack_trace};
use super::error::CheckError;
use super::fault::Fault;
use super::headers;
use super::identity::repeatable;
use super::ledger::Ledger;
use super::look::look;
use super::outline::{self, Outline};
use super::scene::Scene;
use super::schemas::Schemas;
use super::{catalogue, errata, show};
use crate::contract::{Answer as Promise, Case, Contract, Erratum, Operation};
use crate::exchange::{Answer, End, Exchange, Outcome};
use crate::verdict::{Finding, Level, Stability, fingerprint};
use serde_json::Value;
use std::borrow::Cow;

/// Bodies up to this size carry a nearest body that conforms.
const NEAREST_UP_TO: usize = 256 << 10;
/// Deeper ones do not: readers of JSON give up at about twice that.
const NEAREST_DOWN_TO: usize = 64;
/// Bodies up to this size carry it on every finding, larger ones on the first.
const NEAREST_ON_ALL: usize = 16 << 10;
const LONGEST_POINTER: usize = 1_000;

/// Judges exchanges by the contract.
#[derive(Debug)]
pub struct Judge {
    operations: Vec<Operation>,
    errata: Vec<Erratum>,
    schemas: Schemas,
    outline: Outline,
}

/// What one exchange shows.
#[derive(Debug, Default)]
pub struct Judgement {
    /// The rules that it breaks, each with `failing` set where its level is must and no recorded erratum tells of it.
    pub findings: Vec<Finding>,
    /// Why a part of the answer could not be judged although it breaks no rule.
    pub undecided: Option<String>,
}

impl Judge {
    /// Compiles the contract's schemas.
    pub fn new(contract: &Contract) -> Result<Self, CheckError> {
        for operation in &contract.operations {
            for answer in &operation.answers {
                check_files(contract, operation, answer)?;
            }
        }
        let schemas = Schemas::new(&contract.schemas)?;
        let outline = outline::compile(&schemas)?;
        Ok(Self { operations: contract.operations.clone(), errata: contract.errata.clone(), schemas, outline })
    }

    /// Judges one exchange of a case. The same exchange judged again gives the same.
    ///
    /// Needs about 16 MiB of stack for the deepest body that is read. Gives no finding where no connection came about.
    pub fn judge(&self, case: &Case, exchange: &Exchange, ledger: &mut Ledger) -> Judgement {
        let Some(scene) = self.scene(case, exchange) else {
            let undecided = Some(format!("the contract has no operation `{}`", show::text(&case.operation)));
            return Judgement { undecided, ..Judgement::default() };
        };
        let mut judged = Judged::default();
        match &exchange.outcome {
            Outcome::Failed(failure) => judged.faults.extend(answer::failure(&scene, failure)),
            Outcome::Answered(answer) => self.answer(&scene, answer, ledger, &mut judged),
        }
        let findings = judged.faults.into_iter().map(|fault| self.finding(&scene, fault)).collect();
        Judgement { findings, undecided: judged.undecided }
    }

    /// What the annotations of the schemas say.
    pub(super) fn outline(&self) -> &Outline {
        &self.outline
    }

    /// The schemas.
    pub(super) fn schemas(&self) -> &Schemas {
        &self.schemas
    }

    /// What a rule may look at; `None` where the contract has no such operation.
    pub(super) fn scene<'a>(&'a self, case: &'a Case, exchange: &'a Exchange) -> Option<Scene<'a>> {
        let operation = self.operations.iter().find(|operation| operation.id == case.operation)?;
        Some(Scene { case, operation, exchange })
    }

    /// Judges the body of an exchange alone, as that of an answer that its case allows: nothing of its status or
    /// headers, and nothing that spans a run.
    pub fn judge_body(&self, case: &Case, exchange: &Exchange) -> Vec<Finding> {
        let (Some(scene), Some(answer)) = (self.scene(case, exchange), exchange.answer()) else { return Vec::new() };
        let Some(promise) = scene.operation.answer(answer.status) else { return Vec::new() };
        let mut judged = Judged::default();
        let claim = Claim { promise, right_type: true, expected: true };
        let parsed = Parsed::read(&answer.body.0);
        let leaks = leaks(&scene, answer, &answer.body.0, Some(&parsed));
        self.body(&scene, &claim, parsed, &mut Ledger::default(), &mut judged);
        judged.faults.extend(leaks);
        judged.faults.into_iter().map(|fault| self.finding(&scene, fault)).collect()
    }

    fn answer(&self, scene: &Scene<'_>, answer: &Answer, ledger: &mut Ledger, judged: &mut Judged) {
        let own = catalogue::find(&scene.case.expect.rule).unwrap_or(&answer::expected_status::RULE);
        let Standing { fault, form } = answer::standing(scene, answer, own);
        let expected = fault.is_none();
        judged.faults.extend(fault);
        judged.faults.extend(answer::complete::ended(scene, answer).or_else(|| answer::in_time::ended(scene, answer)));
        if let End::TooLarge { limit } = answer.end {
            judged.undecided = Some(format!("the body is larger than {limit} bytes"));
        }
        let whole = answer.end == End::Complete;
        let content = headers::content_encoding::read(scene.probe(), answer, whole);
        let parsed = content.bytes.as_deref().map(Parsed::read);
        let leaks = leaks(scene, answer, content.bytes.as_deref().unwrap_or_default(), parsed.as_ref());
        if let (Form::Failed(promise), Some(parsed), true) = (form, &parsed, whole) {
            judged.faults.extend(self.failed(scene, promise, parsed, ledger));
        }
        if let Form::Promised(promise) = form {
            judged.faults.extend(headers::judge(promise, answer));
            judged.faults.extend(content.fault.clone());
            let empty = scene.bodiless() || (whole && answer.body.0.is_empty());
            let typed = if empty { None } else { headers::media_type::judge(promise, answer) };
            let claim = Claim { promise, right_type: typed.is_none(), expected };
            judged.faults.extend(typed);
            if whole && !scene.bodiless() {
                judged.undecide(content.undecided.clone());
                // What is not coded as it says is told once, and not as broken JSON besides.
                let readable = content.fault.is_none() || matches!(content.bytes, Some(Cow::Owned(_)));
                if let Some(parsed) = parsed.filter(|_| readable) {
                    self.body(scene, &claim, parsed, ledger, judged);
                }
            }
        }
        judged.faults.extend(leaks);
    }

    /// What the annotations say of a server error's own body, where it has the form that the page gives.
    fn failed(&self, scene: &Scene<'_>, promise: &Promise, parsed: &Parsed<'_>, ledger: &mut Ledger) -> Vec<Fault> {
        let Ok(document) = &parsed.document else { return Vec::new() };
        let file = promise.schema(&scene.probe().parameters).filter(|file| self.schemas.holds(file, &document.value));
        let faults = |file| look(&self.outline, file, &document.value, scene, false, ledger).faults;
        file.map(faults).unwrap_or_default()
    }

    fn body(&self, scene: &Scene<'_>, claim: &Claim<'_>, parsed: Parsed<'_>, ledger: &mut Ledger, judged: &mut Judged) {
        if !claim.promise.media_types.iter().any(|media_type| is_json(media_type)) {
            return;
        }
        let document = match parsed.document {
            Ok(document) => document,
            Err(unread) => {
                let (fault, undecided) = body::unread(parsed.bytes, unread);
                judged.undecide(undecided);
                judged.faults.extend(fault.filter(|_| claim.right_type));
                return;
            }
        };
        judged.faults.extend(parsed.marked.then(body::byte_order_mark::broken));
        judged.faults.extend(body::duplicate_keys::judge(&document.duplicates));
        let Some(file) = claim.promise.schema(&scene.probe().parameters) else { return };
        let holds = self.schemas.holds(file, &document.value);
        let wrong_kind = || kind::judge(&self.schemas, scene.operation, claim.promise, file, &document.value);
        if let Some(fault) = (!holds).then(wrong_kind).flatten() {
            judged.faults.push(fault);
            return;
        }
        let success = scene.exchange.status().is_some_and(|status| (200..300).contains(&status));
        if success && claim.expected {
            let lasting = repeatable::lasting(&self.outline, file, &document.value);
            judged.faults.extend(repeatable::judge(scene, &lasting, ledger));
        }
        let looked = look(&self.outline, file, &document.value, scene, claim.expected, ledger);
        let (size, depth) = (parsed.bytes.len(), document.depth);
        let conforming = if holds {
            Conformance { faults: Vec::new(), nearest: Some(document.value) }
        } else {
            body::conformance(&self.schemas, file, document.value, size)
        };
        let mut faults: Vec<Fault> = conforming.faults.into_iter().chain(looked.faults).collect();
        for fault in faults.iter_mut().filter(|fault| fault.rule == &body::schema::RULE && fault.clause.is_none()) {
            fault.clause = Some(claim.promise.clause.clone()).filter(|words| !words.is_empty());
        }
        let shown = size <= NEAREST_UP_TO && depth <= NEAREST_DOWN_TO;
        if let Some(nearest) = conforming.nearest.filter(|_| shown) {
            // What a mend brought in has to keep the other promises, too.
            let again = look(&self.outline, file, &nearest, scene, claim.expected, &mut Ledger::default());
            attach(nearest, &mut faults, &again.faults, size);
        }
        judged.faults.extend(faults);
        judged.faults.extend(looked.notes);
    }

    /// The finding that a fault is.
    pub(super) fn finding(&self, scene: &Scene<'_>, fault: Fault) -> Finding {
        let Scene { case, operation, exchange } = *scene;
        let status = exchange.status();
        let promise = status.and_then(|status| operation.answer(status));
        let branch = promise.and_then(|promise| promise.schema(&exchange.probe.parameters));
        let scope = errata::Scope { operation: &operation.id, status: status.unwrap_or_default(), branch };
        let erratum = errata::recorded(&self.errata, scope, &fault);
        let level = if erratum.is_some() { Level::Note } else { fault.level };
        let pointer = fault.pointer.map(|pointer| pointer.chars().take(LONGEST_POINTER).collect::<String>());
        let kind = if fault.own_promise { case.family.as_str() } else { case.kind() };
        let own = fault.own_promise.then(|| case.clause.clone()).filter(|clause| !clause.is_empty());
        Finding {
            fingerprint: fingerprint(fault.rule.id, &operation.id, pointer.as_deref(), kind),
            rule: fault.rule.id.to_owned(),
            level,
            operation: operation.id.clone(),
            case: case.id.clone(),
            status,
            pointer,
            expected: fault.expected,
            received: fault.received,
            stability: Stability::Once,
            erratum: erratum.map(|erratum| erratum.id.clone()),
            failing: level == Level::Must,
            title: fault.rule.title.to_owned(),
            clause: own.or(fault.clause).unwrap_or_else(|| fault.rule.clause.to_owned()),
            exchange: exchange.number,
            earlier: fault.earlier,
            nearest: fault.nearest,
            seen: 1,
            known: None,
            shrunk: None,
            left: Vec::new(),
            expect: None,
        }
    }
}

#[derive(Default)]
struct Judged {
    faults: Vec<Fault>,
    undecided: Option<String>,
}

impl Judged {
    fn undecide(&mut self, why: Option<String>) {
        self.undecided = self.undecided.take().or(why);
    }
}

/// What is promised of a body, and how its answer stands.
struct Claim<'a> {
    promise: &'a Promise,
    right_type: bool,
    expected: bool,
}

fn leaks(scene: &Scene<'_>, answer: &Answer, bytes: &[u8], parsed: Option<&Parsed<'_>>) -> Vec<Fault> {
    let value = parsed.and_then(|parsed| parsed.document.as_ref().ok()).map(|document| &document.value);
    let mut faults = no_credential::judge(answer, value, bytes);
    faults.extend(no_nonce::judge(scene, value, bytes));
    faults.extend(no_stack_trace::judge(scene, answer.status, value, bytes));
    faults
}

/// Puts the nearest body on the findings that it mends.
fn attach(mut nearest: Value, faults: &mut [Fault], again: &[Fault], size: usize) {
    for fault in faults.iter().chain(again) {
        if let (Some(pointer), Some(mend)) = (&fault.pointer, &fault.mend)
            && fault.rule != &body::schema::RULE
        {
            body::put(&mut nearest, pointer, mend.clone());
        }
    }
    let most = if size <= NEAREST_ON_ALL { faults.len() } else { 1 };
    for fault in faults.iter_mut().filter(|fault| fault.mend.is_some()).take(most) {
        fault.nearest = Some(nearest.clone());
    }
}

fn is_json(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    media_type == "application/json" || media_type.ends_with("+json")
}

fn check_files(contract: &Contract, operation: &Operation, answer: &Promise) -> Result<(), CheckError> {
    match answer.schemas().into_iter().find(|file| !contract.schemas.contains_key(*file)) {
        Some(file) => {
            Err(CheckError::NoSchema { operation: operation.id.clone(), status: answer.status, file: file.into() })
        }
        None => Ok(()),
    }
}
