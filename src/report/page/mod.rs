//! The failure page: what a person needs to act on one cause, as text. Every line passes through `visible`.

mod answer;
mod bytes;
mod causes;
mod curl;
mod diff;
mod difference;
mod evidence;
mod figures;
mod head;
mod lines;
mod look;
mod place;
mod request;
mod sheet;
mod shell;
mod witness;

pub use answer::{ended, readable, what};
pub use bytes::{LOOKED_AT, is_text};
pub use causes::{Causes, failure_page};
pub use curl::command;
pub use difference::{Row, Side, between, pretty};
pub use evidence::bare as evidence;
pub use figures::{count, duration, thousands};
pub use lines::start;
pub use look::{Look, Tone};
pub use sheet::Sheet;
pub use shell::quote;
pub use witness::{Seen, Witness};
