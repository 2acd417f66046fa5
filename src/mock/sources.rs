//! The two sources of the tenant.

/// A source.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The id.
    pub id: &'static str,
    /// The columns of its file; `None` for a source that is read directly.
    pub columns: Option<&'static [&'static str]>,
}

/// The source that takes a file.
pub const DELIMITED: Source = Source { id: "2c9180a74482f4a86b1052ee88769f62", columns: Some(COLUMNS) };

/// The source that is read directly.
pub const DIRECT: Source = Source { id: "2c9180056ca3b0333e02261a23090d63", columns: None };

/// The columns of the delimited source's account schema.
pub const COLUMNS: &[&str] = &["id", "name", "givenName", "familyName", "e-mail", "location", "manager", "groups"];

/// Finds a source by its id.
pub fn find(id: &str) -> Option<&'static Source> {
    [&DELIMITED, &DIRECT].into_iter().find(|source| source.id == id)
}
