//! The documentation pages themselves: their text, their examples, and the sentences that promise something.

use super::Place;
use std::collections::BTreeMap;

/// One documentation page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The operation that it tells of.
    pub operation: String,
    /// The path as the user knows it.
    pub path: String,
    /// The words of the page, line by line.
    pub text: String,
    /// The JSON examples, in the order of the page.
    pub examples: Vec<Example>,
    /// The sentences that promise something, in the order of the page.
    pub sentences: Vec<Sentence>,
}

/// One JSON example of a page.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// The name of its tab on the page.
    pub name: String,
    /// The status whose body it shows.
    pub status: u16,
    /// The path parameters that it is judged by, where a parameter decides.
    pub parameters: BTreeMap<String, String>,
    /// Where it begins in the page's text, in bytes.
    pub at: usize,
    /// How many bytes it has.
    pub length: usize,
}

/// One sentence of a page that promises something.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// Its words, each line break as one blank.
    pub text: String,
    /// Where it begins on the page.
    pub place: Place,
}

/// One `x-` key of the contract's JSON files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The path of the file as the user knows it.
    pub path: String,
    /// Where it stands, as a JSON pointer.
    pub pointer: String,
    /// The key.
    pub name: String,
    /// The keys that are read from this file; `None` in a schema file, where rules read them.
    pub known: Option<&'static [&'static str]>,
}

impl Page {
    /// The place of a range of the text: its first line, with the part of the range that lies in it.
    pub fn place(&self, at: usize, length: usize) -> Place {
        Place::within(&self.path, &self.text, at..at + length)
    }

    /// The text of an example of this page.
    pub fn body(&self, example: &Example) -> &str {
        self.text.get(example.at..example.at + example.length).unwrap_or_default()
    }
}
