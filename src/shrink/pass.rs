//! What a way to make a request smaller is: which lists it sees in it, and what is left without a piece of one.

use super::freedom::Freedom;
use super::shape::{Material, Shape};
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
