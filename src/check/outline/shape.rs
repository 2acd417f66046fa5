//! One schema as the walk needs it: its annotations, and which schemas apply to what lies below.

use jsonschema::Validator;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// Every schema that the walk may meet, by number.
#[derive(Debug, Default)]
pub struct Outline {
    /// The schemas.
    pub shapes: Vec<Shape>,
    /// The number of each file's schema.
    pub files: BTreeMap<String, usize>,
}

/// One schema.
#[derive(Debug, Default)]
pub struct Shape {
    /// The file and the place in it.
    pub place: String,
    /// The values that it lists, an open list or not, without null.
    pub values: Vec<Value>,
    /// Its annotations.
    pub marks: Marks,
    /// The schemas of its properties.
    pub properties: HashMap<String, usize>,
    /// The schema of its items.
    pub items: Option<usize>,
    /// Schemas that apply to the same value.
    pub also: Vec<usize>,
    /// Schemas that apply to the same value where a test says so.
    pub branches: Vec<Branch>,
    /// Whether it says itself that any property may stand there.
    pub open: bool,
}

/// A schema that applies where a test says so.
#[derive(Debug)]
pub struct Branch {
    /// The test.
    pub test: Validator,
    /// What applies where the test holds.
    pub then: Option<usize>,
    /// What applies where it does not.
    pub otherwise: Option<usize>,
}

/// The annotations of one schema.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Marks {
    /// `x-unique: run`: no two answers of a run carry the same value.
    pub unique: bool,
    /// `x-equals: path.NAME`: the path parameter that it equals.
    pub equals: Option<String>,
    /// `x-branch-value`: which of the listed values belongs to this branch.
    pub branch_value: Option<String>,
    /// `x-begins-with: status`: it begins with the status of the answer.
    pub begins_with_status: bool,
    /// `x-not-before`: the sibling that it is not before, as a pointer from the object that holds it.
    pub not_before: Option<String>,
    /// `x-extensible-enum`: the values that are known.
    pub listed: Option<Vec<Value>>,
}

impl Shape {
    /// Whether nothing about a value of this schema, or below it, is for the walk.
    pub fn is_inert(&self) -> bool {
        let below = !self.properties.is_empty() || self.items.is_some() || !self.also.is_empty();
        !below && self.branches.is_empty() && self.values.is_empty() && self.marks == Marks::default()
    }
}
