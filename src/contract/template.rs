//! Text with places that are filled in when a probe is built, such as `{{world delimited-source}}`.

use super::World;

/// The kinds of bad token that can be made from nothing, which `{{jwt KIND}}` puts in.
pub const JWT_KINDS: [&str; 8] = [
    "expired",
    "not-yet-valid",
    "of-another-issuer",
    "unsigned",
    "unsigned-in-odd-letters",
    "wrongly-signed",
    "truncated-signature",
    "empty-parts",
];

/// A text of a case file, cut into what is literal and what is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template(pub Vec<Piece>);

/// One piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Bytes as they stand; also `{{hex 00 ff}}` and `{{repeat 300 a}}`, which are spelled out on reading.
    Literal(Vec<u8>),
    /// `{{world KEY}}` or `{{world KEY else VALUE}}`: an id of the world.
    World {
        /// The key of the world.
        key: String,
        /// What stands in where the world has no such key, or may not be touched.
        otherwise: Option<Alternative>,
    },
    /// `{{world KEY.name}}` (with or without `else`): the name of the subject among the ids by name.
    WorldName {
        /// The key of the world.
        key: String,
        /// What stands in where the world has none.
        otherwise: Option<Alternative>,
    },
    /// `{{world KEY.id}}` (with or without `else`): the id of the subject among the ids by name.
    WorldId {
        /// The key of the world.
        key: String,
        /// What stands in where the world has none.
        otherwise: Option<Alternative>,
    },
    /// `{{unknown}}`: an id that the tenant cannot know, fixed by seed and case.
    Unknown,
    /// `{{nonce}}`: a value that stands nowhere else, fixed by seed and case; for headers.
    Nonce,
    /// `{{header KEY}}`: the columns of a list of the world as one CSV line, without a line end.
    Header(String),
    /// `{{cells KEY}}` or `{{cells KEY N}}`: the N-th valid row for those columns, without a line end.
    Cells(String, usize),
    /// `{{jwt KIND}}`: a bad token made from nothing, of a kind such as `expired`.
    Jwt(String),
    /// `{{jwt KIND CALLER}}`: a bad token with the caller's own claims; made from nothing where the caller has no JWT.
    Forged {
        /// The kind, such as `unsigned`.
        kind: String,
        /// The caller.
        caller: String,
    },
    /// `{{secret NAME}}`: a credential, put in by the wire and never seen above it.
    Secret(String),
}

/// What stands in for a value that the world lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alternative {
    /// A literal text.
    Text(String),
    /// An id that the tenant cannot know.
    Unknown,
}

impl Template {
    /// A template without any place to fill in.
    pub fn literal(text: impl Into<Vec<u8>>) -> Self {
        Self(vec![Piece::Literal(text.into())])
    }

    /// The first key of the world that this template cannot do without and that the world lacks.
    pub fn missing<'a>(&'a self, world: &World) -> Option<&'a str> {
        self.0.iter().find_map(|piece| match piece {
            Piece::World { key, otherwise: None } => world.id(key).is_none().then_some(key.as_str()),
            Piece::WorldName { key, otherwise: None } | Piece::WorldId { key, otherwise: None } => {
                world.pairs(key).is_empty().then_some(key.as_str())
            }
            Piece::Header(key) | Piece::Cells(key, _) => world.list(key).is_none().then_some(key.as_str()),
            _ => None,
        })
    }

    /// The same template, in which something else stands in for what has nothing yet to stand in for it.
    #[must_use]
    pub fn or(mut self, alternative: &Alternative) -> Self {
        for piece in &mut self.0 {
            if let Piece::World { otherwise, .. }
            | Piece::WorldName { otherwise, .. }
            | Piece::WorldId { otherwise, .. } = piece
            {
                otherwise.get_or_insert_with(|| alternative.clone());
            }
        }
        self
    }

    /// Whether something may stand in for what the world lacks.
    pub fn has_stand_in(&self) -> bool {
        self.0.iter().any(|piece| {
            matches!(
                piece,
                Piece::World { otherwise: Some(_), .. }
                    | Piece::WorldName { otherwise: Some(_), .. }
                    | Piece::WorldId { otherwise: Some(_), .. }
            )
        })
    }

    /// Whether the template needs something of the world, with nothing to stand in for it.
    pub fn needs_world(&self) -> bool {
        self.missing(&World::default()).is_some()
    }
}
