//! A named way to break a request, or to vary it, with the proof that the bytes show it.

use super::draft::{Body, Content, Draft, Segment};
use super::proof::Sent;
use crate::contract::{FieldKind, Operation};
use crate::exchange::Probe;
use crate::verdict::Level;

/// A named way to make a valid request invalid, or another valid one.
#[derive(Debug)]
pub struct Defect {
    /// The id: the layer, a slash, the name.
    pub id: &'static str,
    /// What is sent, in one line, to be read after the operation's name.
    pub title: &'static str,
    /// Where it fits.
    pub place: Place,
    /// What must come back.
    pub owed: Owed,
    /// Breaks the draft at a spot; false where it does not fit after all.
    pub apply: Apply,
    /// Whether the bytes, read by a parser that did not write them, show it at that spot.
    pub shows: Shows,
}

/// Breaks a draft at a spot; false where that does not fit.
pub type Apply = fn(&mut Draft, &Spot, &Aid) -> bool;
/// Whether the bytes of a request show a defect at a spot.
pub type Shows = fn(&Sent<'_>, &Spot, &Aid) -> bool;

/// Where a defect fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The request as a whole: headers, query, method.
    Request,
    /// The same, of an operation that changes nothing.
    Reading,
    /// The credential.
    Credential,
    /// Each path parameter whose values are listed.
    ListedParameter,
    /// Each path parameter whose values are opaque ids.
    IdParameter,
    /// The same, of an operation that changes nothing.
    ReadId,
    /// Each path parameter whose values are opaque ids; what is put there is nothing that any tenant could take for a real id.
    UnknownId,
    /// Each part of a multipart body that holds a table.
    Table,
    /// A multipart body as a whole.
    Multipart,
    /// A urlencoded body as a whole.
    Form,
    /// Each field whose values are listed, in a multipart body.
    ListedPart,
    /// Each field whose values are listed, in a urlencoded body.
    ListedFormField,
}

/// One spot in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The request as a whole.
    Request,
    /// A path parameter.
    Parameter(String),
    /// A field of the body.
    Field(String),
}

/// What must come back for a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// The statuses that keep the promise, beside those of the success class where `success` holds.
    pub statuses: &'static [u16],
    /// Whether any listed status of the success class keeps it too.
    pub success: bool,
    /// The rule that another status breaks.
    pub rule: &'static str,
    /// How grave another status is.
    pub level: Level,
    /// Whether HTTP itself may refuse it, with its own status and any body.
    pub http: bool,
}

/// What defects need to know beside the draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aid {
    /// An id that the tenant cannot know, fixed by seed, case and candidate.
    pub unknown: String,
    /// Real ids of another kind than the request is about.
    pub others: Vec<String>,
    /// The listed values of the parameter or field at the spot.
    pub listed: Vec<String>,
    /// The names of the fields that hold a file.
    pub files: Vec<String>,
    /// Who calls in the request that works.
    pub caller: String,
    /// The good value of the Authorization header, with the marker of the secret.
    pub good: String,
    /// Whether it may stand in the URL too, which servers and what lies before them log.
    pub urls: bool,
    /// The columns that the table at the spot should have.
    pub columns: Vec<String>,
    /// Random bytes, fixed by seed, case and candidate.
    pub draw: [u8; 32],
    /// What stands at the spot in the request that works, as it goes out; for a path parameter.
    pub value: Vec<u8>,
    /// How many slashes stand before and after it in the path.
    pub slashes: (usize, usize),
    /// The media types that a body of the success class may have.
    pub offered: Vec<String>,
}

/// What is done to a draft.
#[derive(Debug, Clone, Default)]
pub struct Recipe {
    /// The defects and where, in order.
    pub uses: Vec<(&'static Defect, Spot)>,
}

impl Owed {
    /// 400, under a rule.
    pub const fn refused(rule: &'static str, level: Level) -> Self {
        Self { statuses: &[400], success: false, rule, level, http: false }
    }

    /// 400 or 404: nothing of that name is there.
    pub const fn not_found(rule: &'static str, level: Level) -> Self {
        Self { statuses: &[400, 404], success: false, rule, level, http: false }
    }

    /// 401, under a rule.
    pub const fn unauthorized(rule: &'static str) -> Self {
        Self { statuses: &[401], success: false, rule, level: Level::Must, http: false }
    }

    /// An answer of the success class: the request is valid.
    pub const fn served() -> Self {
        Self { statuses: &[], success: true, rule: "answer.expected-status", level: Level::Must, http: false }
    }

    /// Served or refused in whatever way: only a crash, silence or a leak is wrong.
    pub const fn either() -> Self {
        Self { statuses: &[400, 404], success: true, rule: "answer.expected-status", level: Level::Must, http: true }
    }

    /// The same, where HTTP itself may refuse the request as well.
    #[must_use]
    pub const fn or_http(self) -> Self {
        Self { http: true, ..self }
    }
}

impl std::fmt::Display for Owed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let success = self.success.then(|| "2xx".to_owned());
        let http = self.http.then(|| "HTTP's own".to_owned());
        let statuses = self.statuses.iter().map(ToString::to_string);
        let all: Vec<String> = success.into_iter().chain(statuses).chain(http).collect();
        write!(formatter, "{} {}", self.level, all.join("|"))
    }
}

impl Place {
    /// The spots of a draft where this place is.
    pub fn spots(self, draft: &Draft, operation: &Operation) -> Vec<Spot> {
        match self {
            Self::Request => vec![Spot::Request],
            Self::Reading if !operation.writes => vec![Spot::Request],
            Self::Credential if draft.authorization.len() == 1 => vec![Spot::Request],
            Self::ListedParameter => parameters(draft, operation, true),
            Self::IdParameter | Self::UnknownId => parameters(draft, operation, false),
            Self::ReadId if !operation.writes => parameters(draft, operation, false),
            Self::Multipart if matches!(draft.body, Body::Multipart(_)) => vec![Spot::Request],
            Self::Form if matches!(draft.body, Body::Form(_)) => vec![Spot::Request],
            Self::Table => tables(draft),
            Self::ListedPart if matches!(draft.body, Body::Multipart(_)) => listed(operation, "multipart/form-data"),
            Self::ListedFormField if matches!(draft.body, Body::Form(_)) => {
                listed(operation, "application/x-www-form-urlencoded")
            }
            Self::Reading
            | Self::ReadId
            | Self::Credential
            | Self::Multipart
            | Self::Form
            | Self::ListedPart
            | Self::ListedFormField => Vec::new(),
        }
    }
}

impl Place {
    /// Whether a defect here says something although the request names nothing real.
    pub fn needs_nothing(self) -> bool {
        matches!(self, Self::Credential | Self::ListedParameter | Self::UnknownId)
    }
}

fn parameters(draft: &Draft, operation: &Operation, listed: bool) -> Vec<Spot> {
    let wanted = |name: &String| {
        operation.parameters.iter().any(|known| known.name == *name && known.listed.is_some() == listed)
    };
    let names = draft.path.iter().filter_map(|segment| match segment {
        Segment::Parameter { name, .. } if wanted(name) => Some(name.clone()),
        _ => None,
    });
    names.map(Spot::Parameter).collect()
}

fn tables(draft: &Draft) -> Vec<Spot> {
    let Body::Multipart(multipart) = &draft.body else { return Vec::new() };
    let tables = multipart.parts.iter().filter(|part| matches!(part.content, Content::Table(_)));
    tables.map(|part| Spot::Field(part.field.clone())).collect()
}

fn listed(operation: &Operation, media_type: &str) -> Vec<Spot> {
    let fields = operation.bodies.iter().filter(|body| body.media_type == media_type).flat_map(|body| &body.fields);
    let listed = fields.filter(|field| matches!(field.kind, FieldKind::Listed(_)));
    listed.map(|field| Spot::Field(field.name.clone())).collect()
}

impl Defect {
    /// Whether it may share its request with others: what a tenant may serve, and what costs little to write again.
    pub fn is_shareable(&self) -> bool {
        let harmless = self.place == Place::Reading && !self.owed.http;
        let layer = SHARED_LAYERS.contains(&self.layer()) && !OFTEN_REFUSED.contains(&self.id);
        let shared = layer || SHARED_TABLES.contains(&self.id);
        self.owed.success && (harmless || shared)
    }

    /// The layer: what stands before the slash of its id.
    pub fn layer(&self) -> &'static str {
        self.id.split('/').next().unwrap_or_default()
    }
}

/// The layers whose acceptable defects share requests, beside those of reading requests.
const SHARED_LAYERS: [&str; 2] = ["multipart", "form"];

/// Tables that are small, and whose oddities stand beside each other.
const SHARED_TABLES: [&str; 6] = [
    "csv/floods-in-quotes",
    "csv/odd-rows",
    "csv/reordered-columns",
    "csv/commands",
    "csv/words",
    "csv/odd-characters",
];

/// What common readers refuse although it is right: sharing would have all the others sent again.
const OFTEN_REFUSED: [&str; 1] = ["multipart/part-header-folded"];

impl Spot {
    /// The name of the parameter or field; empty for the request as a whole.
    pub fn name(&self) -> &str {
        match self {
            Self::Request => "",
            Self::Parameter(name) | Self::Field(name) => name,
        }
    }
}

impl Recipe {
    /// Does everything to a draft; false where something does not fit. `aids` go along with the uses.
    pub fn apply(&self, draft: &mut Draft, aids: &[Aid]) -> bool {
        self.uses.iter().zip(aids).all(|((defect, spot), aid)| (defect.apply)(draft, spot, aid))
    }

    /// Whether the bytes show everything.
    pub fn shows(&self, probe: &Probe, aids: &[Aid]) -> bool {
        let sent = Sent::of(probe);
        self.uses.iter().zip(aids).all(|((defect, spot), aid)| (defect.shows)(&sent, spot, aid))
    }
}
