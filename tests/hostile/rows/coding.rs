//! Content codings that lie.

use super::Row;
use crate::server::Guest;
use flate2::Compression;
use flate2::read::{DeflateEncoder, GzEncoder, ZlibEncoder};
use std::io::{self, Read as _};

/// The honest status with a coded body.
fn coded(guest: &mut Guest<'_>, coding: &str, body: &[u8]) -> io::Result<()> {
    let status = guest.status();
    guest.reply(&status, &format!("Content-Type: application/json\r\nContent-Encoding: {coding}\r\n"), body)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    all(GzEncoder::new(bytes, Compression::fast()))
}

fn all(mut encoder: impl io::Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    encoder.read_to_end(&mut bytes).unwrap();
    bytes
}

pub const ALL: &[Row] = &[
    Row::new("false gzip", "plain JSON that claims to be gzip", "headers.content-encoding", |guest| {
        let body = guest.body.clone();
        coded(guest, "gzip", body.as_bytes())
    }),
    Row::new("cut gzip", "gzip without its end", "headers.content-encoding", |guest| {
        let mut body = gzip(guest.body.as_bytes());
        body.truncate(body.len() - 9);
        coded(guest, "gzip", &body)
    }),
    Row::new("gzip bomb", "gzip of 256 MB of blanks", "decodes to more", |guest| {
        let bomb = all(GzEncoder::new(io::repeat(b' ').take(1 << 28), Compression::fast()));
        coded(guest, "gzip", &bomb)
    }),
    Row::new("gzip of gzip", "gzip twice, told once", "body.utf-8", |guest| {
        let body = gzip(&gzip(guest.body.as_bytes()));
        coded(guest, "gzip", &body)
    }),
    Row::new("many gzips", "a list of 100 codings", "content codings", |guest| {
        let body = guest.body.clone();
        coded(guest, &["gzip"; 100].join(", "), body.as_bytes())
    }),
    Row::new("deflate with zlib", "deflate as the standard has it", "held", |guest| {
        let body = all(ZlibEncoder::new(guest.body.as_bytes(), Compression::fast()));
        coded(guest, "deflate", &body)
    }),
    Row::new("raw deflate", "deflate as many senders have it", "held", |guest| {
        let body = all(DeflateEncoder::new(guest.body.as_bytes(), Compression::fast()));
        coded(guest, "deflate", &body)
    }),
    Row::new("claimed brotli", "plain JSON that claims to be brotli", "not read here", |guest| {
        let body = guest.body.clone();
        coded(guest, "br", body.as_bytes())
    }),
];
