//! The annotations of the schemas, and the walk over a body that finds which of them apply to which value.

mod annotation;
mod compile;
mod shape;
mod walk;

pub use annotation::{ANNOTATIONS, BEGINS_WITH, BRANCH_VALUE, EQUALS, LISTED, NOT_BEFORE, UNIQUE};
pub use compile::compile;
pub use shape::{Outline, Shape};
pub use walk::{Sight, walk};
