//! A request on its way to its smallest form, and what it is made from.

use crate::exchange::Probe;
use crate::generate::{Aid, Draft, Recipe};

/// What a request is made from.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// The request that works, before anything is done to it.
    pub base: Draft,
    /// What is done to it.
    pub recipe: Recipe,
    /// What goes along with each use of the recipe.
    pub aids: Vec<Aid>,
    /// The values that path parameters may have by the contract.
    pub listed: Vec<String>,
    /// Whether the request may change the tenant.
    pub writes: bool,
}

/// A request on its way to its smallest form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// The uses of the recipe that are left, by their places in it.
    pub kept: Vec<usize>,
    /// The request.
    pub draft: Draft,
}

impl Material {
    /// The request with all that the recipe does; `None` where something does not fit.
    pub fn whole(&self) -> Option<Shape> {
        self.shape((0..self.recipe.uses.len()).collect())
    }

    /// The request with a part of what the recipe does.
    pub fn shape(&self, kept: Vec<usize>) -> Option<Shape> {
        let mut shape = Shape { kept, draft: self.base.clone() };
        let (recipe, aids) = (self.recipe(&shape), self.aids(&shape));
        recipe.apply(&mut shape.draft, &aids).then_some(shape)
    }

    /// What of the recipe is left.
    pub fn recipe(&self, shape: &Shape) -> Recipe {
        Recipe { uses: shape.kept.iter().filter_map(|place| self.recipe.uses.get(*place).cloned()).collect() }
    }

    /// What goes along with what is left.
    pub(super) fn aids(&self, shape: &Shape) -> Vec<Aid> {
        shape.kept.iter().filter_map(|place| self.aids.get(*place).cloned()).collect()
    }
}

/// The size of a request in bytes: its target, its header lines as we write them, its body.
pub fn size(probe: &Probe) -> u64 {
    let headers: usize = probe.headers.iter().map(|(name, value)| name.len() + value.0.len() + ": \r\n".len()).sum();
    (probe.target.0.len() + headers + probe.body.0.len()) as u64
}
