//! One way to make a request smaller, and all of them in their order: structure first, then bytes.

use super::freedom::Freedom;
use super::shape::{Material, Shape};
use super::{cells, lines, octets, parts, uses};
use std::ops::Range;

/// One way to make a request smaller: it sees lists in the request, and can spare pieces of them.
#[derive(Debug)]
pub struct Pass {
    /// Whether it may change what is owed, so that it fits rules about any answer only.
    pub loose: bool,
    /// Whether what it spares is replaced by something plain, so that the list keeps its length.
    pub replaces: bool,
    /// How many lists there are, of those that may change.
    pub lists: fn(&Shape, Freedom) -> usize,
    /// How long one of the lists is.
    pub length: fn(&Material, &Shape, usize) -> usize,
    /// The request without a piece of that list; `None` where that is no request, or the same.
    pub without: Without,
}

/// The request without a piece of a list.
pub type Without = fn(&Material, &Shape, usize, Range<usize>) -> Option<Shape>;

/// Every pass, in the order in which they are tried.
pub const ALL: &[&Pass] = &[
    &uses::USES,
    &parts::PARTS,
    &parts::PAIRS,
    &parts::HEADERS,
    &parts::QUERY,
    &lines::LINES,
    &cells::ROWS,
    &cells::COLUMNS,
    &cells::CELLS,
    &cells::QUOTES,
    &octets::SPARED,
    &octets::PLAIN,
    &octets::SHORT,
];
