//! What is sent, chosen by a fuzzer's bytes out of the plan: a planned request, or one that the bytes have edited.

use super::edit;
use crate::contract::{Case, Contract, Expect, Operation, World};
use crate::exchange::Probe;
use crate::gate::Gate;
use crate::plan::{Planned, Scope, probe};
use crate::run::SEED;
use arbitrary::{Result, Unstructured};

/// How many edits one request gets at most.
const EDITS: usize = 4;
/// The folder that edited requests count to.
const KIND: &str = "fuzz";

/// What is known of the answer to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// What the case says.
    Everything,
    /// That it is one of the operation: served in the promised form, or refused in any.
    Operation,
    /// What holds for every request.
    Nothing,
}

/// One request, and what is known of its answer.
#[derive(Debug, Clone)]
pub struct Attack {
    /// What must come back.
    pub case: Case,
    /// The request.
    pub probe: Probe,
    /// What is known of the answer.
    pub known: Known,
}

/// Everything that can be sent.
#[derive(Debug)]
pub struct Arsenal {
    /// What the pages promise; the default version of each operation is the one in use.
    pub contract: Contract,
    /// What the user told.
    pub world: World,
    /// The base path of the service.
    pub base_path: String,
    /// The cases, each with its request.
    pub planned: Vec<Planned>,
}

impl Arsenal {
    /// Builds a request of the plan; another candidate draws other random choices. `None` where nothing can be built.
    pub fn build(&self, planned: &Planned, candidate: u32) -> Option<Attack> {
        let operation = self.contract.operation(&planned.case.operation)?;
        let scope = Scope {
            operation,
            id: &planned.case.id,
            case: &planned.case,
            recipe: planned.recipe.as_ref(),
            path: operation.versions.get(&operation.default_version)?,
            base_path: &self.base_path,
            world: &self.world,
            gate: Gate { writes: true, urls: true },
            subject: planned.subject.as_ref(),
            seed: SEED,
            candidate,
        };
        let probe = probe(&scope).ok()?;
        Some(Attack { case: planned.case.clone(), probe, known: Known::Everything })
    }

    /// Chooses a request: which one of the plan, which candidate, and what is done to it besides.
    pub fn choose(&self, choices: &mut Unstructured<'_>) -> Result<Option<Attack>> {
        let place = usize::from(choices.arbitrary::<u16>()?) % self.planned.len().max(1);
        let (candidate, deed) = (choices.arbitrary()?, choices.arbitrary::<u8>()? % 8);
        let attack = self.planned.get(place).and_then(|planned| self.build(planned, candidate));
        let Some(mut attack) = attack else { return Ok(None) };
        let Some(operation) = self.contract.operation(&attack.case.operation) else { return Ok(None) };
        match deed {
            4 => {
                attack.probe.body.0 = rest(choices)?;
                attack.loosen(operation, Known::Operation);
            }
            5 => {
                attack.edit(choices, edit::body)?;
                attack.loosen(operation, Known::Operation);
            }
            6 => {
                attack.edit(choices, edit::header)?;
                attack.loosen(operation, Known::Nothing);
            }
            7 => {
                let places = self.places(operation);
                if !places.is_empty() {
                    let place = *choices.choose(&places)?;
                    edit::segment(&mut attack.probe, place, choices)?;
                    attack.loosen(operation, Known::Nothing);
                }
            }
            _ => {}
        }
        Ok(Some(attack))
    }

    /// The bytes that choose a request of the plan as it stands.
    pub fn seed(place: usize) -> Vec<u8> {
        let place = u16::try_from(place).unwrap_or(u16::MAX).to_le_bytes();
        [place.as_slice(), &[0; 5]].concat()
    }

    /// Which of the pieces between the slashes of the path are parameters.
    fn places(&self, operation: &Operation) -> Vec<usize> {
        let template = operation.versions.get(&operation.default_version).map(String::as_str).unwrap_or_default();
        let path = format!("{}{template}", self.base_path);
        path.split('/').enumerate().filter(|(_, piece)| piece.starts_with('{')).map(|(place, _)| place).collect()
    }
}

/// All bytes that are left.
fn rest(choices: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let length = choices.len();
    choices.bytes(length).map(<[u8]>::to_vec)
}

impl Attack {
    fn edit(
        &mut self,
        choices: &mut Unstructured<'_>,
        edit: fn(&mut Probe, &mut Unstructured<'_>) -> Result<()>,
    ) -> Result<()> {
        for _ in 0..choices.int_in_range(1..=EDITS)? {
            edit(&mut self.probe, choices)?;
        }
        Ok(())
    }

    /// Forgets what was owed to the request as it was planned.
    fn loosen(&mut self, operation: &Operation, known: Known) {
        let statuses = operation.answers.iter().map(|answer| answer.status).collect();
        let expect = Expect { statuses, http: true, ..self.case.expect.clone() };
        let family = format!("{}/{KIND}", operation.id);
        self.case = Case { family, clause: String::new(), control: false, expect, ..self.case.clone() };
        self.known = known;
        if known == Known::Nothing {
            self.probe.caller = None;
        }
    }
}
