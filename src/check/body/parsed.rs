//! A body as far as it can be read.

use crate::check::json::{Document, JsonError, read};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// A body as far as it can be read.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// The bytes, without content coding.
    pub bytes: &'a [u8],
    /// Whether a byte order mark stands before the text.
    pub marked: bool,
    /// The JSON value, why there is none, or where the bytes are no UTF-8.
    pub document: Result<Document, Unread>,
}

/// Why a body is not read.
#[derive(Debug, PartialEq, Eq)]
pub enum Unread {
    /// The bytes are no UTF-8 from this offset on.
    NotUtf8(usize),
    /// The text is no JSON, or beyond what is read.
    Json(JsonError),
}

impl<'a> Parsed<'a> {
    /// Reads a body.
    pub fn read(bytes: &'a [u8]) -> Self {
        let marked = bytes.starts_with(MARK);
        let start = if marked { MARK.len() } else { 0 };
        let document = match std::str::from_utf8(bytes.get(start..).unwrap_or_default()) {
            Ok(text) => read(text).map_err(|error| Unread::Json(shifted(error, start))),
            Err(error) => Err(Unread::NotUtf8(start + error.valid_up_to())),
        };
        Self { bytes, marked, document }
    }
}

fn shifted(error: JsonError, by: usize) -> JsonError {
    match error {
        JsonError::Syntax { at, expected } => JsonError::Syntax { at: at + by, expected },
        beyond @ JsonError::Beyond(_) => beyond,
    }
}
