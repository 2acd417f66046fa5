//! What goes out where HTTP would not frame it: bytes as they are, and how the connection ends after them.

use http::Response;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Bytes that go out instead of an answer, and what comes after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How it goes on.
    pub then: Then,
}

/// What comes after raw bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The connection is closed.
    Close,
    /// The connection is reset.
    Reset,
    /// Nothing, for as long as the tenant lives.
    Silence,
}

/// The status line of an answer.
pub fn line(written: &Response<Vec<u8>>) -> String {
    let status = written.status();
    format!("HTTP/1.1 {} {}", status.as_str(), status.canonical_reason().unwrap_or_default())
}

/// An answer as bytes: its first line, its headers with one more, and a body.
pub fn text(written: &Response<Vec<u8>>, line: &str, header: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{line}\r\n").into_bytes();
    for (name, value) in written.headers() {
        bytes.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    bytes.extend([header.as_bytes(), b"\r\n", body].concat());
    bytes
}

/// Where the raw answer of a connection is laid down before HTTP writes its own.
#[derive(Debug, Clone, Default)]
pub struct Slot(Arc<Mutex<Option<Raw>>>);

/// A connection that writes what lies in its slot instead of what HTTP gives it.
#[derive(Debug)]
pub struct Line {
    stream: TcpStream,
    slot: Slot,
    written: usize,
}

impl Slot {
    /// Lays a raw answer down; nothing is honest.
    pub fn lay(&self, raw: Option<Raw>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = raw;
    }

    fn raw(&self) -> Option<Raw> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Line {
    /// A connection that is honest until something is laid into the slot.
    pub fn new(stream: TcpStream, slot: Slot) -> Self {
        Self { stream, slot, written: 0 }
    }

    /// Writes what is raw; the error that ends it makes the server drop the connection.
    fn write_raw(&mut self, context: &mut Context<'_>, raw: &Raw) -> Poll<io::Result<usize>> {
        while let Some(rest) = raw.bytes.get(self.written..).filter(|rest| !rest.is_empty()) {
            match ready!(Pin::new(&mut self.stream).poll_write(context, rest))? {
                0 => break,
                length => self.written += length,
            }
        }
        match raw.then {
            Then::Silence => return Poll::Pending,
            Then::Reset => self.stream.set_zero_linger()?,
            Then::Close => {}
        }
        Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.slot.raw() {
            Some(raw) => self.write_raw(context, &raw),
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
