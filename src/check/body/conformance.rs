//! Judges a body by its schema, error by error, and finds the nearest body that conforms.

use super::flaw;
use crate::check::fault::Fault;
use crate::check::schemas::Schemas;
use crate::check::show;
use serde_json::Value;
use std::collections::HashMap;

const MOST_FAULTS: usize = 50;
const MOST_OF_A_SHAPE: usize = 3;
const MOST_ROUNDS: usize = 200;
/// How many bytes are validated for one body, all rounds together.
const MOST_WORK: usize = 64 << 20;
const MOST_TRIES: usize = 2;

/// What the schema says of a body.
#[derive(Debug, Default)]
pub struct Conformance {
    /// What is broken, one for each place, at most 50.
    pub faults: Vec<Fault>,
    /// The body with the least change at each place, where it then conforms.
    pub nearest: Option<Value>,
}

/// Judges a body of `size` bytes by the schema of a file.
///
/// The validator names its first error, that place is mended, and so on: no second error of one cause is told, and
/// what is left at the end conforms. (Collecting all errors at once would cost memory without bound.)
pub fn conformance(schemas: &Schemas, file: &str, mut body: Value, size: usize) -> Conformance {
    let Some(validator) = schemas.validator(file) else { return Conformance::default() };
    let mut found = Found::default();
    let rounds = (MOST_WORK / size.max(1)).clamp(2, MOST_ROUNDS);
    for _ in 0..rounds {
        let fault = match validator.validate(&body) {
            Ok(()) => return Conformance { faults: found.faults, nearest: Some(body) },
            Err(error) => flaw::read(schemas, &error),
        };
        let mended = found.take(fault).is_some_and(|(pointer, mend)| put(&mut body, &pointer, mend));
        if !mended {
            break;
        }
    }
    Conformance { faults: found.faults, nearest: None }
}

#[derive(Default)]
struct Found {
    faults: Vec<Fault>,
    tries: HashMap<String, usize>,
    shapes: HashMap<String, usize>,
}

impl Found {
    /// Keeps a fault unless it is about what a mend brought in, and says what to mend; `None` to give up.
    fn take(&mut self, fault: Fault) -> Option<(String, Value)> {
        let pointer = fault.pointer.clone().unwrap_or_default();
        let tries = self.tries.entry(pointer.clone()).or_default();
        *tries += 1;
        let (times, mend) = (*tries, fault.mend.clone());
        let fresh = times == 1 && !ancestors(&pointer).any(|above| self.tries.contains_key(above));
        if fresh {
            let shape = self.shapes.entry(show::shape(&pointer)).or_default();
            *shape += 1;
            if *shape <= MOST_OF_A_SHAPE {
                self.faults.push(fault);
            }
        }
        let goes_on = times <= MOST_TRIES && self.faults.len() < MOST_FAULTS;
        mend.filter(|_| goes_on).map(|mend| (pointer, mend))
    }
}

fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    pointer.match_indices('/').filter_map(|(at, _)| pointer.get(..at))
}

/// Puts a value at a place whose holder exists; whether it could.
pub fn put(body: &mut Value, pointer: &str, value: Value) -> bool {
    if let Some(place) = body.pointer_mut(pointer) {
        *place = value;
        return true;
    }
    let Some((holder, name)) = pointer.rsplit_once('/') else { return false };
    let Some(Value::Object(members)) = body.pointer_mut(holder) else { return false };
    members.insert(name.replace("~1", "/").replace("~0", "~"), value);
    true
}
