//! Makes a table of cells smaller: rows, columns, cells, quotes.

use super::freedom::Freedom;
use super::parts::edited;
use super::pass::Pass;
use super::shape::Shape;
use super::tables::{table, tables};
use crate::generate::Table;

/// Leaves out rows.
pub const ROWS: Pass = Pass {
    loose: false,
    replaces: false,
    lists,
    length: |_, shape, list| cells(shape, list).map_or(0, |table| table.rows.len()),
    without: |_, shape, list, piece| {
        Some(edit(shape, list, |table| {
            table.rows.drain(piece);
        }))
    },
};

/// Leaves out columns, each with its cells.
pub const COLUMNS: Pass = Pass {
    loose: true,
    replaces: false,
    lists,
    length: |_, shape, list| cells(shape, list).map_or(0, |table| table.header.len()),
    without: |_, shape, list, piece| {
        Some(edit(shape, list, |table| {
            for line in std::iter::once(&mut table.header).chain(&mut table.rows) {
                line.drain(piece.start.min(line.len())..piece.end.min(line.len()));
            }
        }))
    },
};

/// Empties cells of the rows.
pub const CELLS: Pass = Pass {
    loose: false,
    replaces: true,
    lists,
    length: |_, shape, list| cells(shape, list).map_or(0, |table| table.rows.iter().map(Vec::len).sum()),
    without: |_, shape, list, piece| {
        Some(edit(shape, list, |table| {
            table.rows.iter_mut().flatten().skip(piece.start).take(piece.len()).for_each(Vec::clear);
        }))
    },
};

/// Takes the quotes off the cells that need none, and the mark off the beginning.
pub const QUOTES: Pass = Pass {
    loose: false,
    replaces: true,
    lists,
    length: |_, shape, list| if cells(shape, list).is_some() { 2 } else { 0 },
    without: |_, shape, list, piece| {
        Some(edit(shape, list, |table| {
            if piece.contains(&0) {
                table.style.quote_all = false;
            }
            if piece.contains(&1) {
                table.style.mark.clear();
            }
        }))
    },
};

fn lists(shape: &Shape, _: Freedom) -> usize {
    tables(&shape.draft).count()
}

fn cells(shape: &Shape, list: usize) -> Option<&Table> {
    tables(&shape.draft).nth(list).filter(|table| table.bytes.is_none())
}

fn edit(shape: &Shape, list: usize, change: impl FnOnce(&mut Table)) -> Shape {
    edited(shape, |draft| {
        table(draft, list).map(change);
    })
}
