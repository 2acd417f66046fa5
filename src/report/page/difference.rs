//! The least that separates the body that came from one that would conform, line by line. Writes nothing.

use serde_json::Value;
use similar::{Algorithm, Change, ChangeTag, DiffOp, InlineChange, InlineChangeOptions, TextDiff};
use std::io::Write;
use std::time::{Duration, Instant};

const CONTEXT: usize = 3;
const MOST_BYTES: usize = 1024 * 1024;
const PATIENCE: Duration = Duration::from_millis(500);
/// Larger replacements are told line by line, without a look at their words.
const MOST_INLINE: usize = 100;

/// What differs, with its surroundings.
#[derive(Debug)]
pub struct Difference {
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// How many rows are left out.
    pub left_out: usize,
}

/// One row.
#[derive(Debug)]
pub enum Row {
    /// Lines that are the same on both sides lie between.
    Gap,
    /// A line and the side that has it.
    Line(Side, Vec<Piece>),
}

/// A piece of a line, and whether it is the very word that differs.
pub type Piece = (bool, String);

/// Which of the two bodies has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Both.
    Both,
    /// The one that would conform.
    Wanted,
    /// The one that came.
    Came,
}

/// Compares `nearest` (what would conform) with `received`; nothing where that is no JSON, the same, or too large.
pub fn between(nearest: &Value, received: &[u8], most: usize) -> Option<Difference> {
    let parsed = serde_json::from_slice::<Value>(received).ok()?;
    let (wanted, came) = (pretty(nearest)?, pretty(&parsed)?);
    if wanted == came {
        return None;
    }
    let (wanted, came): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), came.lines().collect());
    let bare = [&wanted, &came].map(|lines| lines.iter().map(|line| line.trim_end_matches(',')).collect::<Vec<_>>());
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).timeout(PATIENCE).diff_slices(&bare[0], &bare[1]);
    Some(hunks(&diff, &Commas { wanted: &wanted, came: &came }, most))
}

/// The lines as they stand: a comma that only tells that another line follows is no difference.
struct Commas<'a> {
    wanted: &'a [&'a str],
    came: &'a [&'a str],
}

impl Commas<'_> {
    /// Whether a comma ends the line that is shown.
    fn end(&self, wanted: Option<usize>, came: Option<usize>) -> bool {
        let line = came.map_or_else(|| wanted.and_then(|at| self.wanted.get(at)), |at| self.came.get(at));
        line.is_some_and(|line| line.ends_with(','))
    }
}

/// JSON over several lines; nothing where that would be too much to look at.
pub fn pretty(value: &Value) -> Option<String> {
    let mut text = Bounded(Vec::new());
    serde_json::to_writer_pretty(&mut text, value).ok()?;
    String::from_utf8(text.0).ok()
}

fn hunks(diff: &TextDiff<'_, '_, str>, commas: &Commas<'_>, most: usize) -> Difference {
    let deadline = Instant::now() + PATIENCE;
    let groups = diff.grouped_ops(CONTEXT);
    let total: usize = groups.iter().flatten().map(length).sum();
    let (mut rows, mut shown) = (Vec::new(), 0);
    for (index, group) in groups.iter().enumerate() {
        if index > 0 && shown < most {
            rows.push(Row::Gap);
        }
        for op in group {
            let lines = hunk(diff, op, commas, most - shown, deadline);
            shown += lines.len();
            rows.extend(lines);
        }
    }
    Difference { rows, left_out: total.saturating_sub(shown) }
}

fn hunk(diff: &TextDiff<'_, '_, str>, op: &DiffOp, commas: &Commas<'_>, most: usize, deadline: Instant) -> Vec<Row> {
    if length(op) > MOST_INLINE {
        let changes = diff.iter_changes(op).take(most);
        let end = |change: &Change<&str>| commas.end(change.old_index(), change.new_index());
        return changes.map(|change| row(change.tag(), &[(false, change.value())], end(&change))).collect();
    }
    let options = InlineChangeOptions::new();
    let changes = diff.iter_inline_changes_with_options_deadline(op, options, Some(deadline)).take(most);
    let end = |change: &InlineChange<'_, str>| commas.end(change.old_index(), change.new_index());
    changes.map(|change| row(change.tag(), change.values(), end(&change))).collect()
}

fn row(tag: ChangeTag, values: &[(bool, &str)], comma: bool) -> Row {
    let side = match tag {
        ChangeTag::Equal => Side::Both,
        ChangeTag::Delete => Side::Wanted,
        ChangeTag::Insert => Side::Came,
    };
    let comma = comma.then(|| (false, ",".to_owned()));
    Row::Line(side, values.iter().map(|(apart, text)| (*apart, (*text).to_owned())).chain(comma).collect())
}

fn length(op: &DiffOp) -> usize {
    if let DiffOp::Equal { len, .. } = op { *len } else { op.old_range().len() + op.new_range().len() }
}

struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > MOST_BYTES {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
