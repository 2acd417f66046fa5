//! A place in a file that a person wrote.

use serde::{Deserialize, Serialize};

/// A place in a file: the path as the user knows it, line and column from 1 (columns in characters).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The path, relative to the contract's or the working directory.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The text of that line, for a caret to stand under.
    #[serde(default)]
    pub text: String,
    /// How many characters the caret underlines, at least 1.
    #[serde(default)]
    pub width: usize,
}
