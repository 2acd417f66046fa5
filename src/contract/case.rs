//! A hand-written intention: what to send, what must come back.

use super::{Piece, Place, Template};
use crate::verdict::Expect;
use std::collections::BTreeMap;

/// One case: a row of a case file, or the file itself where it has no rows.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// The path below the cases' folder without its suffix, and `/` + the row's name where there are rows.
    pub id: String,
    /// The id of the file that it stands in: `id` without the row.
    pub family: String,
    /// The operation that it is sent to.
    pub operation: String,
    /// What it promises, in one line.
    pub title: String,
    /// The page's own words for the promise.
    pub clause: String,
    /// Where it stands: the row's name, or the title.
    pub place: Place,
    /// Whether this request should work on every tenant of that world, and so may serve as the control.
    pub control: bool,
    /// What of the world makes one case each.
    pub each: Option<Each>,
    /// What to send.
    pub request: Request,
    /// What must come back.
    pub expect: Expect,
}

/// What of the world makes one case each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Each {
    /// Every pair of name and id of a key (`each = "documents"`).
    Pair(String),
    /// Every name that the contract lists for a key (`each = "documents.name"`).
    Name(String),
}

/// The callers that a user can give a credential: `full` may do everything, `limited` nothing, and the token of `expired`
/// was good once.
pub const CALLERS: [&str; 3] = ["full", "limited", EXPIRED];
/// The caller whose token was good once.
pub const EXPIRED: &str = "expired";

/// What to send.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Whose credential goes along, one of [`CALLERS`]; `None` for none at all.
    pub caller: Option<String>,
    /// Another method than the operation's.
    pub method: Option<String>,
    /// The value of each path parameter, as it stands in the path (a world's value is percent-encoded).
    pub path: BTreeMap<String, Template>,
    /// The query, without `?`.
    pub query: Option<Template>,
    /// Header lines, in order, names as they go out; repeated names are kept.
    pub headers: Vec<(String, Template)>,
    /// The body.
    pub body: Body,
    /// Header names, in lower case, that nobody adds although they do not stand among the headers.
    pub omit: Vec<String>,
}

/// The body of a request.
#[derive(Debug, Clone, Default)]
pub enum Body {
    /// No body and no Content-Type.
    #[default]
    None,
    /// Bytes with their media type (`None`: no Content-Type is sent).
    Raw {
        /// The Content-Type.
        media_type: Option<String>,
        /// The bytes.
        bytes: Template,
    },
    /// A multipart/form-data body.
    Multipart(Vec<Part>),
}

/// One part of a multipart body.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// The file name, if the part is a file.
    pub filename: Option<String>,
    /// The part's Content-Type.
    pub media_type: Option<String>,
    /// The content.
    pub bytes: Template,
}

impl Case {
    /// The folder of the case below its operation: what kind of case it is (`credential`, `csv`, …).
    pub fn kind(&self) -> &str {
        self.family
            .strip_prefix(self.operation.as_str())
            .map_or(self.family.as_str(), |rest| rest.trim_start_matches('/'))
            .split('/')
            .next()
            .unwrap_or_default()
    }

    /// The key of the world whose thing the path names, with or without something that stands in for it.
    pub fn thing(&self) -> Option<&str> {
        self.request.path.values().flat_map(|template| &template.0).find_map(|piece| match piece {
            Piece::World { key, .. } | Piece::WorldName { key, .. } | Piece::WorldId { key, .. } => Some(key.as_str()),
            _ => None,
        })
    }

    /// Whether only an answer of the success class keeps the promise.
    pub fn must_succeed(&self) -> bool {
        self.expect.statuses.iter().all(|status| (200..300).contains(status))
    }

    /// Every template of the request, for those who ask what it needs.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        let parts: &[Part] = match &self.request.body {
            Body::Multipart(parts) => parts,
            _ => &[],
        };
        let raw = match &self.request.body {
            Body::Raw { bytes, .. } => Some(bytes),
            _ => None,
        };
        self.request
            .path
            .values()
            .chain(&self.request.query)
            .chain(self.request.headers.iter().map(|(_, value)| value))
            .chain(raw)
            .chain(parts.iter().map(|part| &part.bytes))
    }
}
