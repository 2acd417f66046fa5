//! What a probe depends on: the same scope gives the same bytes.

use crate::contract::{Case, Operation, World};
use crate::gate::Gate;
use crate::generate::Recipe;

/// A pair of the world that a case is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The key of the world.
    pub key: String,
    /// The name among its names.
    pub name: String,
    /// The id.
    pub id: String,
}

/// What a probe depends on. The same scope gives the same bytes.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The id that seeds what is made from nothing.
    pub id: &'a str,
    /// The case whose templates are filled in.
    pub case: &'a Case,
    /// What is done to it then.
    pub recipe: Option<&'a Recipe>,
    /// The path template of the version in use.
    pub path: &'a str,
    /// The base path of the target.
    pub base_path: &'a str,
    /// What the user told.
    pub world: &'a World,
    /// What may be sent.
    pub gate: Gate,
    /// The pair of the world that the case, or else the operation's control, is about.
    pub subject: Option<&'a Subject>,
    /// The root seed.
    pub seed: u64,
    /// Which candidate of the case, from 0.
    pub candidate: u32,
}

impl Scope<'_> {
    /// The pair that stands for a key: the subject, or the first one that the user named.
    pub(super) fn subject(&self, key: &str) -> Option<Subject> {
        self.subject.filter(|subject| subject.key == key).cloned().or_else(|| {
            let (name, id) = self.world.pairs(key).into_iter().next()?;
            Some(Subject { key: key.to_owned(), name: name.to_owned(), id: id.to_owned() })
        })
    }
}
