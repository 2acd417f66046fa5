//! What people and machines see of a run, rendered from its events and from nothing else. Judges nothing.

mod bodies;
mod cut;
mod destination;
mod error;
mod face;
mod faces;
mod format;
mod html;
mod inert;
mod json;
mod junit;
mod ndjson;
mod page;
mod recording;
mod terminal;
mod visible;

pub use bodies::{Bodies, Cut};
pub use destination::{Destination, open};
pub use error::ReportError;
pub use face::Face;
pub use faces::Faces;
pub use format::Format;
pub use html::Html;
pub use json::Json;
pub use junit::Junit;
pub use ndjson::Ndjson;
pub use page::{Look, failure_page};
pub use recording::{Recording, read};
pub use terminal::{Options, Terminal};
pub use visible::{visible, visible_bytes};
