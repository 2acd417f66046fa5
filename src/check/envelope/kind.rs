//! `envelope.kind`: each status has its own kind of body.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::schemas::Schemas;
use crate::check::show;
use crate::contract::{Answer as Promise, AnswerBody, Operation};
use crate::verdict::Level;
use serde_json::Value;

/// The rule.
pub const RULE: Rule = Rule {
    id: "envelope.kind",
    level: Level::Must,
    reach: Reach::Kinds,
    title: "Each status has its own kind of body",
    why: "A client reads the body by the status. A whole body of another error's kind is told once, and not as so many \
          properties that are missing.",
    clause: "Unauthorized - Returned if there is no authorization header, or if the JWT token is expired.",
    example: "401 with the body that the page gives for 429.",
};

/// Judges a body that does not conform to `own`, the schema of its status: is it the error body of another status?
pub fn judge(schemas: &Schemas, operation: &Operation, promise: &Promise, own: &str, body: &Value) -> Option<Fault> {
    let others = operation.answers.iter().filter(|other| other.status >= 400 && other.status != promise.status);
    let other = others.into_iter().find(|other| match &other.body {
        AnswerBody::One(schema) => schema != own && schemas.holds(schema, body),
        _ => false,
    })?;
    let expected = format!("the kind of body that the page gives for {}", promise.status);
    let received = format!("the kind that it gives for {}: {}", other.status, show::value(body));
    let fault = RULE.broken(expected, show::text(&received)).at("").seen(show::type_of(body));
    Some(Fault { nearest: promise.example.clone(), ..fault })
}
