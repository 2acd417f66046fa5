//! Whether a case file sends what a finding was sent.

use super::bench::Bench;
use crate::check::rules;
use crate::event::KeptFinding;
use crate::exchange::Probe;
use crate::load::{LoadError, case_text};
use crate::plan::{Scope, probe};

impl Bench {
    /// Why a case file of that name does not send the same bytes as a finding; `None` where it does.
    pub fn sends_another(&self, name: &str, text: &str, kept: &KeptFinding) -> Result<Option<String>, LoadError> {
        let known: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
        let cases = case_text(name, text, &self.contract, &known)?;
        let (Some(case), Some(wanted)) = (cases.first(), kept.probe()) else { return Ok(None) };
        let Some(operation) = self.contract.operation(&case.operation) else { return Ok(None) };
        let Some(path) = operation.versions.get(&kept.version) else { return Ok(None) };
        let ground = self.ground();
        let scope = Scope {
            operation,
            id: &case.id,
            case,
            recipe: None,
            path,
            base_path: self.aim.target.base_path(),
            world: ground.world,
            gate: ground.gate,
            subject: None,
            seed: wanted.seed,
            candidate: wanted.candidate,
        };
        match probe(&scope) {
            Ok(built) => Ok(difference(&built, wanted).map(|what| format!("a case file would send another {what}"))),
            Err(error) => Ok(Some(error.to_string())),
        }
    }
}

fn difference(built: &Probe, wanted: &Probe) -> Option<&'static str> {
    let pairs = [
        ("method", built.method == wanted.method),
        ("target", built.target == wanted.target),
        ("header", built.headers == wanted.headers && built.omit == wanted.omit),
        ("body", built.body == wanted.body),
    ];
    pairs.into_iter().find(|(_, same)| !same).map(|(what, _)| what)
}
