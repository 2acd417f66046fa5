//! What a fault or a variant does to the exchanges that it shows on.

use super::answer::Answer;
use super::call::Call;
use super::estate::Estate;
use super::field::Put;
use super::raw::Raw;
use http::Response;
use std::time::Duration;

/// What is done.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    /// Takes a request for another one.
    Misread(fn(&Estate, &mut Call)),
    /// Puts something else at a JSON pointer of the body.
    Put(&'static str, Put),
    /// Changes the answer.
    Alter(fn(Asked<'_>, &mut Answer)),
    /// Changes what is written: status, headers and the bytes of the body.
    Write(fn(Asked<'_>, &mut Response<Vec<u8>>)),
    /// Sends something that HTTP would not, or would write in another way.
    Send(fn(Asked<'_>, &Response<Vec<u8>>) -> Option<Raw>),
    /// Changes the answers that come so soon after another one to the same path, which is told too.
    Meanwhile(Duration, fn(Asked<'_>, &mut Answer, &Answer)),
    /// Lets an answer wait.
    Delay(Duration),
    /// Sends a body in pieces of at most so many bytes, with a pause between them.
    Pieces(usize, Duration),
}

/// The request that an answer is for, and what no other answer has.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The request.
    pub call: &'a Call,
    /// The id of the answer: 32 hex digits.
    pub id: &'a str,
    /// How many answers left before this one.
    pub count: u64,
}
