//! Reads TOML strictly: every key is asked for or is an error, and everything knows where it stands.

mod entry;
mod phrase;
mod reader;
mod row;
mod section;

pub use entry::Entry;
pub use phrase::Phrase;
pub use reader::Reader;
pub use row::{Row, Rows, marker};
pub use section::Section;
