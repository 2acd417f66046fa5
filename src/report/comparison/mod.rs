//! The faces of a comparison. Whatever a tenant sent stands in them as text and does nothing.

mod along;
mod html;
mod markdown;
mod terminal;
mod words;

pub use along::Along;

use super::destination::{Destination, apart};
use super::error::ReportError;
use super::format::Format;
use super::inert;
use super::page::Look;
use crate::event::{Aspect, Comparison, Difference, Turn};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// More cases of one difference are counted only.
const CASES: usize = 3;
/// More lines of one kind are counted only, where people read.
const MOST: usize = 200;

/// A comparison with its outcome, ready to be shown.
#[derive(Debug, Serialize)]
pub struct Compared<'a> {
    /// What changed.
    #[serde(flatten)]
    pub comparison: &'a Comparison,
    /// How many findings took which turn.
    counts: BTreeMap<&'static str, usize>,
    /// The exit code.
    pub exit: u8,
}

impl<'a> Compared<'a> {
    /// A comparison that ends with an exit code.
    pub fn new(comparison: &'a Comparison, exit: u8) -> Self {
        let of = |turn: Turn| comparison.changes.iter().filter(|change| change.turn == turn).count();
        let counts = Turn::ALL.iter().map(|turn| (turn.words(), of(*turn))).collect();
        Self { comparison, counts, exit }
    }

    /// The text for a terminal.
    pub fn terminal(&self, color: bool, width: usize) -> String {
        terminal::render(self, Look { color, width })
    }

    /// Writes it in the format of an opened report.
    pub fn write(&self, format: Format, mut out: impl Write) -> io::Result<()> {
        match format {
            Format::Markdown => out.write_all(markdown::render(self).as_bytes())?,
            Format::Html => html::write(self, &mut out)?,
            _ => {
                inert::write(&mut out, self)?;
                out.write_all(b"\n")?;
            }
        }
        out.flush()
    }
}

/// Reports of a comparison that are opened, with their formats.
pub type Opened = Vec<(Format, Box<dyn Write>)>;

/// Opens (and empties) the reports of a comparison, JSON, Markdown or HTML; no two may go to one path.
pub fn open_comparison(destinations: &[Destination]) -> Result<Opened, ReportError> {
    apart(destinations)?;
    for destination in destinations {
        if !matches!(destination.format, Format::Json | Format::Markdown | Format::Html) {
            return Err(ReportError::NoComparison(destination.format.name()));
        }
    }
    destinations.iter().map(|destination| Ok((destination.format, destination.writer()?))).collect()
}

/// The differences by aspect, the most important first.
fn by_aspect(differences: &[Difference]) -> BTreeMap<Aspect, Vec<&Difference>> {
    let mut aspects: BTreeMap<Aspect, Vec<&Difference>> = BTreeMap::new();
    for difference in differences {
        aspects.entry(difference.aspect).or_default().push(difference);
    }
    aspects
}
