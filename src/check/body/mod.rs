//! Rules about the body of an answer whose status the page lists.

pub mod byte_order_mark;
mod conformance;
pub mod duplicate_keys;
pub mod extra_property;
mod flaw;
pub mod json;
mod neutral;
pub mod open_enum;
mod parsed;
pub mod schema;
pub mod utf8;

pub use conformance::{Conformance, conformance, put};
pub use parsed::{Parsed, Unread};

use super::fault::Fault;
use super::json::JsonError;

/// What a body that is not read breaks, or why that decides nothing.
pub fn unread(bytes: &[u8], unread: Unread) -> (Option<Fault>, Option<String>) {
    match unread {
        Unread::NotUtf8(at) => (Some(utf8::broken(bytes, at)), None),
        Unread::Json(JsonError::Syntax { at, expected }) => (Some(json::broken(bytes, at, expected)), None),
        Unread::Json(JsonError::Beyond(why)) => (None, Some(why)),
    }
}
