//! Rules about the headers of an answer whose status the page lists.

mod accepted;
pub mod content_encoding;
pub mod media_type;
pub mod promised;
pub mod retry_after;

use super::fault::Fault;
use crate::contract::Answer as Promise;
use crate::exchange::Answer;

/// Judges the headers that the page promises with a status.
pub fn judge(promise: &Promise, answer: &Answer) -> Vec<Fault> {
    let mut faults = promised::judge(promise, answer);
    faults.extend(retry_after::judge(promise, answer));
    faults
}
