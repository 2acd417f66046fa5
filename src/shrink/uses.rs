//! Drops uses of the recipe: the request is made anew with what is left of them.

use super::pass::Pass;

/// Drops defects and variations of a combination.
pub const USES: Pass = Pass {
    loose: false,
    replaces: false,
    // What was made smaller already would be lost by making it anew.
    lists: |_, _| 1,
    length: |material, shape, _| {
        if material.shape(shape.kept.clone()).as_ref() == Some(shape) { shape.kept.len() } else { 0 }
    },
    without: |material, shape, _, piece| {
        let mut kept = shape.kept.clone();
        kept.drain(piece);
        material.shape(kept)
    },
};
