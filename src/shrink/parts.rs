//! Leaves out what a request has several of: parts, fields of a form, header lines; and the query.

use super::pass::Pass;
use super::shape::Shape;
use super::slot::is_free;
use crate::generate::{Body, Draft};

/// Leaves out parts of a multipart body.
pub const PARTS: Pass = Pass {
    loose: true,
    replaces: false,
    lists: |_, _| 1,
    length: |_, shape, _| match &shape.draft.body {
        Body::Multipart(multipart) => multipart.parts.len(),
        _ => 0,
    },
    without: |_, shape, _, piece| {
        Some(edited(shape, |draft| {
            draft.multipart().map(|multipart| multipart.parts.drain(piece).count());
        }))
    },
};

/// Leaves out fields of a form.
pub const PAIRS: Pass = Pass {
    loose: true,
    replaces: false,
    lists: |_, _| 1,
    length: |_, shape, _| match &shape.draft.body {
        Body::Form(pairs) => pairs.len(),
        _ => 0,
    },
    without: |_, shape, _, piece| {
        Some(edited(shape, |draft| {
            if let Body::Form(pairs) = &mut draft.body {
                pairs.drain(piece);
            }
        }))
    },
};

/// Leaves out header lines that neither frame the request nor say who asks.
pub const HEADERS: Pass = Pass {
    loose: true,
    replaces: false,
    lists: |_, _| 1,
    length: |_, shape, _| shape.draft.headers.iter().filter(|(name, _)| is_free(name)).count(),
    without: |_, shape, _, piece| {
        Some(edited(shape, |draft| {
            let mut place = 0..;
            let spared = |place: Option<usize>| place.is_some_and(|place| piece.contains(&place));
            draft.headers.retain(|(name, _)| !is_free(name) || !spared(place.next()));
        }))
    },
};

/// Leaves out the query.
pub const QUERY: Pass = Pass {
    loose: true,
    replaces: false,
    lists: |_, _| 1,
    length: |_, shape, _| usize::from(shape.draft.query.is_some()),
    without: |_, shape, _, _| Some(edited(shape, |draft| draft.query = None)),
};

/// The shape after an edit of its draft.
pub(super) fn edited(shape: &Shape, edit: impl FnOnce(&mut Draft)) -> Shape {
    let mut shape = shape.clone();
    edit(&mut shape.draft);
    shape
}
