//! The layer `multipart`: what can be wrong, or just unusual, with a body of several parts.

mod boundary;
mod drawn;
mod file_name;
mod framing;
mod part;
mod part_head;
mod valid;

#[cfg(test)]
mod tests;

use crate::generate::defect::Owed;
use crate::verdict::Level;

pub use boundary::ALL as BOUNDARY;
pub use drawn::ALL as DRAWN;
pub use file_name::ALL as FILE_NAME;
pub use framing::ALL as FRAMING;
pub use part::ALL as PART;
pub use part_head::ALL as PART_HEAD;
pub use valid::ALL as VALID;

/// The operation itself sees it: a reader may refuse it at once, or be content with what it has.
const IRREGULAR: Owed = Owed::refused("refusal.irregular-input", Level::Should);

/// The same, where a reader of multipart below the operation may refuse it in its own words.
const UNREGULAR: Owed = IRREGULAR.or_http();
