//! The failure page: what a person needs to act on one cause, as text. Every line passes through `visible`. And what
//! several faces tell in the same words.

mod answer;
mod bytes;
mod campaign;
mod causes;
mod curl;
mod diff;
mod difference;
mod distinct;
mod evidence;
mod figures;
mod head;
mod lines;
mod look;
mod place;
mod request;
mod sheet;
mod shell;
mod unseen;
mod witness;

pub use answer::{ended, readable, what};
pub use bytes::{LOOKED_AT, is_text};
pub use campaign::{Campaign, Group, New, Strand, found, other_answers, pace};
pub use causes::{Causes, failure_page, smaller};
pub use curl::command;
pub use difference::{Row, Side, between, pretty};
pub use distinct::Distinct;
pub use evidence::bare as evidence;
pub use figures::{count, duration, thousands};
pub use lines::start;
pub use look::{Look, Tone};
pub use sheet::Sheet;
pub use unseen::by_reason;
pub use witness::{Seen, Witness};
