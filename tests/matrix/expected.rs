//! Which rules tell which fault, as data.

use std::collections::{BTreeMap, BTreeSet};
use tenantcheck::check::rules;
use tenantcheck::verdict::Level;
use toml::{Table, Value};

/// The rules that tell each fault, and why some rules tell none.
pub struct Matrix {
    pub faults: BTreeMap<String, Expected>,
    pub never: BTreeMap<String, String>,
    /// The faults that no rule tells, and why.
    pub missed: BTreeMap<String, String>,
    /// The defects that no fault triggers, and why.
    pub untriggered: BTreeMap<String, String>,
}

/// What is told of a fault.
pub struct Expected {
    pub rules: BTreeSet<String>,
    /// Whether it fails a run that is not strict.
    pub failing: bool,
}

impl Matrix {
    pub fn read() -> Self {
        let table: Table = include_str!("matrix.toml").parse().unwrap();
        let rows = |name: &str| table.get(name).unwrap().as_table().unwrap().clone().into_iter();
        let faults = rows("faults").map(|(fault, rules)| (fault, Expected::of(&rules))).collect();
        let why = |name: &str| rows(name).map(|(id, why)| (id, why.as_str().unwrap().to_owned())).collect();
        Self { faults, never: why("never"), missed: why("missed"), untriggered: why("untriggered") }
    }
}

impl Expected {
    /// One rule as a text, several as a list; a `?` where the case makes a should of a must.
    fn of(row: &Value) -> Self {
        let rows = row.as_array().map_or_else(|| std::slice::from_ref(row), Vec::as_slice);
        let rows: Vec<&str> = rows.iter().map(|row| row.as_str().unwrap()).collect();
        let rules = rows.iter().map(|row| row.trim_end_matches('?').to_owned()).collect();
        Self { rules, failing: rows.into_iter().any(is_must) }
    }

    /// The rule that alone tells it.
    pub fn alone(&self) -> Option<&str> {
        self.rules.first().filter(|_| self.rules.len() == 1).map(String::as_str)
    }
}

fn is_must(id: &str) -> bool {
    rules().iter().any(|rule| rule.id == id && rule.level == Level::Must)
}
