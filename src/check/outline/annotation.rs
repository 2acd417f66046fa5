//! Reads the `x-` annotations of one schema.

use super::shape::Marks;
use crate::check::error::CheckError;
use crate::check::schemas::Located;
use serde_json::{Map, Value};

/// No two answers of a run carry the same value.
pub const UNIQUE: &str = "x-unique";
/// The value is that of a path parameter.
pub const EQUALS: &str = "x-equals";
/// The listed value that belongs to this branch.
pub const BRANCH_VALUE: &str = "x-branch-value";
/// The text begins with the status of the answer.
pub const BEGINS_WITH: &str = "x-begins-with";
/// The time is not before that of a sibling.
pub const NOT_BEFORE: &str = "x-not-before";
/// The values that are known of an open list.
pub const LISTED: &str = "x-extensible-enum";
/// Every annotation that a schema may carry.
pub const ANNOTATIONS: [&str; 6] = [UNIQUE, EQUALS, BRANCH_VALUE, BEGINS_WITH, NOT_BEFORE, LISTED];

/// Reads the annotations of a schema; an unknown one is an error, since no rule would keep its promise.
pub fn read(located: &Located<'_>) -> Result<Marks, CheckError> {
    let Some(schema) = located.schema.as_object() else { return Ok(Marks::default()) };
    if let Some(name) = schema.keys().find(|name| name.starts_with("x-") && !ANNOTATIONS.contains(&name.as_str())) {
        return Err(CheckError::UnknownAnnotation {
            file: located.file.into(),
            pointer: located.pointer.clone(),
            name: name.clone(),
            known: ANNOTATIONS.join(", "),
        });
    }
    let reader = Reader { located, schema };
    Ok(Marks {
        unique: reader.one(UNIQUE, "\"run\"", |value| (value == "run").then_some(()))?.is_some(),
        equals: reader.one(EQUALS, "\"path.NAME\"", |value| Some(value.as_str()?.strip_prefix("path.")?.to_owned()))?,
        branch_value: reader.one(BRANCH_VALUE, "a text", |value| Some(value.as_str()?.to_owned()))?,
        begins_with_status: reader.one(BEGINS_WITH, "\"status\"", |value| (value == "status").then_some(()))?.is_some(),
        not_before: reader.one(NOT_BEFORE, "a JSON pointer such as \"/created\"", |value| {
            value.as_str().filter(|text| text.starts_with('/')).map(ToOwned::to_owned)
        })?,
        listed: reader.one(LISTED, "a list of values", |value| value.as_array().cloned())?,
    })
}

struct Reader<'a> {
    located: &'a Located<'a>,
    schema: &'a Map<String, Value>,
}

impl Reader<'_> {
    fn one<T>(
        &self,
        name: &str,
        expected: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Option<T>, CheckError> {
        let Some(value) = self.schema.get(name) else { return Ok(None) };
        read(value).map(Some).ok_or_else(|| CheckError::AnnotationValue {
            file: self.located.file.into(),
            pointer: self.located.pointer.clone(),
            name: name.into(),
            expected,
        })
    }
}
