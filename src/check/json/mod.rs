//! A strict and bounded reader of JSON (RFC 8259): names duplicate keys by their place, and never recurses.

mod find;
mod number;
mod reader;
mod string;

pub use find::find;
pub use reader::{Document, JsonError, read};
