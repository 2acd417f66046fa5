//! One thing that is wrong with a contract.

use crate::contract::Place;

/// One thing that is wrong with a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is; line 0 where it belongs to a file, or to a rule or an operation, as a whole.
    pub place: Place,
    /// Where it is in a JSON document, as a JSON pointer.
    pub pointer: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to do about it; empty where there is nothing to say.
    pub advice: String,
}

impl Problem {
    /// Makes a problem of a place.
    pub fn at(place: Place, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { place, pointer: None, what: what.into(), advice: advice.into() }
    }

    /// Makes a problem of a thing as a whole.
    pub fn of(thing: &str, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::at(Place { path: thing.to_owned(), ..Place::default() }, what, advice)
    }
}
