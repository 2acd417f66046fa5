//! Lengths and chunks that do not fit what comes.

use super::Row;
use crate::server::Guest;
use std::io;

/// An answer whose framing is all of these header lines.
fn framed(guest: &mut Guest<'_>, headers: &str, body: &str) -> io::Result<()> {
    let status = guest.status();
    guest.say(format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}\r\n{body}"))
}

fn own(guest: &mut Guest<'_>, headers: &str) -> io::Result<()> {
    let body = guest.body.clone();
    framed(guest, headers, &body)
}

const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";

pub const ALL: &[Row] = &[
    Row::new("length too large", "a length of 99,999 for a short body, and closes", "answer.complete", |guest| {
        own(guest, "Content-Length: 99999\r\n")
    }),
    Row::new("length too small", "a length of 10 for a long body", "body.json", |guest| {
        own(guest, "Content-Length: 10\r\n")
    }),
    Row::new("negative length", "`Content-Length: -1`", "answer.complete", |guest| {
        own(guest, "Content-Length: -1\r\n")
    }),
    Row::new("length of 2^64", "`Content-Length: 18446744073709551616`", "answer.complete", |guest| {
        own(guest, "Content-Length: 18446744073709551616\r\n")
    }),
    Row::new("length of 2^63", "`Content-Length: 9223372036854775807`, and closes", "answer.complete", |guest| {
        own(guest, "Content-Length: 9223372036854775807\r\n")
    }),
    Row::new("two lengths", "two lengths that differ", "answer.complete", |guest| {
        let length = guest.body.len();
        own(guest, &format!("Content-Length: {length}\r\nContent-Length: 7\r\n"))
    }),
    Row::new("length and chunks", "chunks, and a length besides, which HTTP overrules", "held", |guest| {
        let chunks = format!("{:x}\r\n{}\r\n0\r\n\r\n", guest.body.len(), guest.body);
        framed(guest, &format!("{CHUNKED}Content-Length: 3\r\n"), &chunks)
    }),
    Row::new("chunk without a size", "a chunk whose size is `zz`", "answer.complete", |guest| {
        framed(guest, CHUNKED, "zz\r\n{}\r\n0\r\n\r\n")
    }),
    Row::new("chunk size of 2^64", "a chunk whose size has 17 digits", "answer.complete", |guest| {
        framed(guest, CHUNKED, "10000000000000000\r\n{}\r\n0\r\n\r\n")
    }),
    Row::new("chunk longer than its size", "a chunk of 3 that holds more", "answer.complete", |guest| {
        framed(guest, CHUNKED, "3\r\n{\"id\":1}\r\n0\r\n\r\n")
    }),
    Row::new("no last chunk", "whole chunks, and closes before the last one", "answer.complete", |guest| {
        let chunks = format!("{:x}\r\n{}\r\n", guest.body.len(), guest.body);
        framed(guest, CHUNKED, &chunks)
    }),
    Row::new("endless chunk extension", "a chunk's size with an extension of 1 MB", "answer.complete", |guest| {
        let chunks = format!("2;{}\r\n{{}}\r\n0\r\n\r\n", "x".repeat(1 << 20));
        framed(guest, CHUNKED, &chunks)
    }),
    Row::new("endless trailers", "100,000 lines after the last chunk", "answer.complete", |guest| {
        let chunks = format!("2\r\n{{}}\r\n0\r\n{}\r\n", "X-More: yes\r\n".repeat(100_000));
        framed(guest, CHUNKED, &chunks)
    }),
    Row::new("many chunks", "100,000 chunks of one blank each after the body", "held", |guest| {
        let body = guest.body.clone();
        let chunks = format!("{:x}\r\n{body}\r\n{}0\r\n\r\n", body.len(), "1\r\n \r\n".repeat(100_000));
        framed(guest, CHUNKED, &chunks)
    }),
    Row::new("endless body", "a body that never ends, as fast as it goes", "larger than", |guest| {
        framed(guest, "", "{\"name\":\"")?;
        guest.without_end(&[b'x'; 1 << 16], 0)
    })
    .lasting(),
    Row::new("endless chunks", "chunks that never end, as fast as they go", "larger than", |guest| {
        framed(guest, CHUNKED, "")?;
        guest.without_end(&[b"8000\r\n", &[b' '; 0x8000][..], b"\r\n"].concat(), 0)
    })
    .lasting(),
    Row::new("unknown transfer coding", "`Transfer-Encoding: rot13`, and a plain body", "held", |guest| {
        own(guest, "Transfer-Encoding: rot13\r\n")
    }),
    Row::new("204 with a body", "status 204, a length and a body", "answer.listed-status", |guest| {
        let body = guest.body.clone();
        guest.reply("204 No Content", "Content-Type: application/json\r\n", body)
    }),
    Row::new("304 with a body", "status 304, a length and a body", "answer.no-redirect", |guest| {
        let body = guest.body.clone();
        guest.reply("304 Not Modified", "Content-Type: application/json\r\n", body)
    }),
];
