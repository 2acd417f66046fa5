//! What is kept of the last answer of a case.

use super::shape::Shape;
use crate::exchange::{Answer, Decoded, End, Exchange, Outcome, Probe, decode};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Headers that come and go with the time, the connection and the framing, and say nothing of a tenant.
const VOLATILE: [&str; 11] = [
    "age",
    "alt-svc",
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "keep-alive",
    "retry-after",
    "set-cookie",
    "transfer-encoding",
    "vary",
];

/// What is kept of an answer.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// The status, or in words why there is none.
    pub(super) status: String,
    /// What the body is made of; `None` where it is not known whole.
    pub(super) shape: Option<Shape>,
    /// The names of its headers.
    pub(super) headers: BTreeSet<String>,
    /// What stands for the request.
    pub(super) request: u64,
    /// The values of its path.
    pub(super) parameters: BTreeMap<String, String>,
}

impl Seen {
    /// What is kept of an exchange, whose body is or is not known whole.
    pub(super) fn of(exchange: &Exchange, whole: bool) -> Self {
        let (request, parameters) = (request(&exchange.probe), exchange.probe.parameters.clone());
        match &exchange.outcome {
            Outcome::Answered(answer) => Self {
                status: answer.status.to_string(),
                shape: if whole && answer.end == End::Complete { shape(answer) } else { None },
                headers: headers(answer),
                request,
                parameters,
            },
            Outcome::Failed(failure) => {
                let status = serde_json::to_value(failure.kind).ok();
                let status = status.and_then(|kind| kind.as_str().map(|kind| format!("no answer ({kind})")));
                let status = status.unwrap_or_else(|| "no answer".to_owned());
                Self { status, shape: None, headers: BTreeSet::new(), request, parameters }
            }
        }
    }
}

impl Seen {
    /// What the requests of both name alike, where they were served and are about different things: what these are made
    /// of may differ, as things do.
    pub(super) fn differs_in_thing(&self, other: &Self) -> Option<String> {
        let served = self.status.starts_with('2') && self.status == other.status;
        if !served || self.parameters == other.parameters {
            return None;
        }
        let alike = self.parameters.iter().filter(|(name, value)| other.parameters.get(*name) == Some(*value));
        let alike: Vec<String> = alike.map(|(name, value)| format!(" ({name} {value})")).collect();
        Some(alike.concat())
    }
}

fn headers(answer: &Answer) -> BTreeSet<String> {
    let names = answer.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    names.filter(|name| !VOLATILE.contains(&name.as_str())).collect()
}

fn shape(answer: &Answer) -> Option<Shape> {
    let codings: Vec<String> =
        answer.header("content-encoding").map(|coding| String::from_utf8_lossy(&coding.0).into_owned()).collect();
    match codings.join(",").trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Some(Shape::of(&answer.body.0)),
        coding => match decode(coding, &answer.body.0) {
            Decoded::Bytes(body) => Some(Shape::of(&body)),
            _ => None,
        },
    }
}

/// What stands for the bytes of a request: two that are drawn differently do not agree.
fn request(probe: &Probe) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&probe.method, &probe.target.0, &probe.body.0, &probe.omit).hash(&mut hasher);
    probe.headers.iter().for_each(|(name, value)| (name, &value.0).hash(&mut hasher));
    hasher.finish()
}
