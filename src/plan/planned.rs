//! A case that has its place in the run, and why it may not be sent.

use super::phase::Phase;
use super::scope::Subject;
use crate::contract::{Case, Template};
use crate::generate::Recipe;

/// A case that has its place in the run.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The case; its id is the final one.
    pub case: Case,
    /// The pair of the world that it is about, if it is about one.
    pub subject: Option<Subject>,
    /// Why it will not be sent, and what would enable it.
    pub skip: Option<Skip>,
    /// Whether it was selected; a control may be sent although it was not.
    pub selected: bool,
    /// What is done to the case's request, where it is generated.
    pub recipe: Option<Recipe>,
    /// What shares its request, each as a case of its own, for when the request is refused or breaks.
    pub members: Vec<Planned>,
    /// The phase that it belongs to.
    pub phase: Phase,
    /// Which candidate of the case it is, from 1; 0 where it is none.
    pub candidate: u32,
    /// The candidates that go first where the case is asked with many.
    pub first: Vec<u32>,
}

impl Planned {
    /// A hand-written case as it stands: about no pair of the world, not selected yet.
    pub fn of(case: Case) -> Self {
        Self {
            case,
            subject: None,
            skip: None,
            selected: false,
            recipe: None,
            members: Vec::new(),
            phase: Phase::Cases,
            candidate: 0,
            first: Vec::new(),
        }
    }

    /// The pair that has to be served to the full caller before the case says anything: of a thing that is not there, a
    /// tenant that looks first may say so to any other caller.
    pub fn leans_on(&self) -> Option<&Subject> {
        let request = &self.case.request;
        let other = request.caller.as_deref().is_some_and(|caller| caller != "full");
        let real = request.path.values().any(Template::needs_world);
        self.subject.as_ref().filter(|_| self.selected && self.skip.is_none() && other && real)
    }
}

/// Why a case is not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// Why, in one clause.
    pub why: String,
    /// What the user can do about it, in one sentence.
    pub enable: String,
}

/// The configuration, unless the user named another one.
const USUAL: &str = "tenantcheck.toml";

impl Skip {
    /// Names the configuration that the user named.
    pub(super) fn name(&mut self, file: &str) {
        for text in [&mut self.why, &mut self.enable] {
            *text = text.replace(USUAL, file);
        }
    }

    /// The world has no such key, or no such name under it.
    pub(super) fn world(key: &str, name: Option<&str>) -> Self {
        match name {
            Some(name) => Self {
                why: format!("{USUAL} names no `{name}` in [world.{key}]"),
                enable: format!("name ids for each key of [world.{key}] in {USUAL}"),
            },
            None => Self {
                why: format!("{USUAL} names no `{key}` in [world]"),
                enable: format!("set `{key}` in [world] of {USUAL}"),
            },
        }
    }

    pub(super) fn credential(caller: &str) -> Self {
        Self {
            why: format!("there is no credential `{caller}`"),
            enable: format!("give [credentials.{caller}] in {USUAL}"),
        }
    }

    /// A defect finds no place in the request that works.
    pub(super) fn unfit() -> Self {
        Self {
            why: "the request that works has no place for it".to_owned(),
            enable: format!("name more things, and things of more kinds, in [world] of {USUAL}"),
        }
    }

    /// Nothing tells which request of the operation should work.
    pub(super) fn uncontrolled() -> Self {
        Self {
            why: "the operation has no control to start from".to_owned(),
            enable: "mark a case of each operation with `control = true`".to_owned(),
        }
    }

    pub(super) fn write() -> Self {
        Self {
            why: "it would write to the tenant".to_owned(),
            enable: "--allow-writes sends uploads to the sources that [world] names: use sources of a test tenant"
                .to_owned(),
        }
    }
}
