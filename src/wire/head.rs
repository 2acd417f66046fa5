//! The head of an answer: status line and headers, bounded, and what it says of the body's framing.

use crate::exchange::Octets;
use httparse::{EMPTY_HEADER, ParserConfig, Response, Status};

/// How many header lines a head may have.
pub(super) const MAX_HEADERS: usize = 256;

/// The longest head, in bytes; informational answers before it count with it.
pub(super) const MAX_BYTES: usize = 256 * 1024;

/// Status line and headers.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) minor: u8,
    pub(super) status: u16,
    pub(super) reason: String,
    pub(super) headers: Vec<(String, Octets)>,
}

/// How the end of a body is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// There is no body.
    Nothing,
    /// So many bytes.
    Length(u64),
    /// Chunks, each with its size.
    Chunked,
    /// All until the connection ends.
    Close,
}

/// Reads a head from the start of `bytes`, if it is whole, and how many bytes it took; the error says why it is none.
pub(super) fn parse(bytes: &[u8]) -> Result<Option<(Head, usize)>, String> {
    let mut lines = [EMPTY_HEADER; MAX_HEADERS];
    let mut response = Response::new(&mut lines);
    // A folded header is bad form, yet its meaning is settled.
    let mut config = ParserConfig::default();
    config.allow_obsolete_multiline_headers_in_responses(true);
    match config.parse_response(&mut response, bytes) {
        Ok(Status::Partial) => Ok(None),
        Ok(Status::Complete(used)) => head(&response).map(|head| Some((head, used))),
        Err(httparse::Error::TooManyHeaders) => Err(format!("the head has more than {MAX_HEADERS} headers")),
        Err(error) => Err(format!("the head is not HTTP: {error}")),
    }
}

fn head(response: &Response) -> Result<Head, String> {
    let status = response.code.unwrap_or_default();
    if status < 100 {
        return Err(format!("the head is not HTTP: its status is {status:03}"));
    }
    Ok(Head {
        minor: response.version.unwrap_or_default(),
        status,
        reason: response.reason.unwrap_or_default().to_owned(),
        headers: response.headers.iter().map(|line| (line.name.to_owned(), unfolded(line.value))).collect(),
    })
}

fn unfolded(value: &[u8]) -> Octets {
    Octets(value.iter().map(|byte| if matches!(byte, b'\r' | b'\n') { b' ' } else { *byte }).collect())
}

impl Head {
    /// Whether another head follows for the same request.
    pub(super) fn is_informational(&self) -> bool {
        self.status < 200 && self.status != 101
    }

    /// How the body of this answer to `method` is framed; the error says what contradicts what.
    pub(super) fn framing(&self, method: &str) -> Result<Framing, String> {
        let tunnelled = method == "CONNECT" && self.status < 300;
        if method == "HEAD" || tunnelled || matches!(self.status, 101 | 204 | 304) {
            return Ok(Framing::Nothing);
        }
        let codings = self.list("transfer-encoding");
        if codings.is_empty() {
            return Ok(self.length()?.map_or(Framing::Close, Framing::Length));
        }
        if self.minor == 0 {
            return Err("Transfer-Encoding in an answer of HTTP/1.0".into());
        }
        // A Content-Length beside it is overruled.
        let chunked = codings.last().is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
        Ok(if chunked { Framing::Chunked } else { Framing::Close })
    }

    /// Whether the connection may carry another request.
    pub(super) fn keeps_alive(&self) -> bool {
        let says = |word: &str| self.list("connection").iter().any(|token| token.eq_ignore_ascii_case(word));
        let smuggles = !self.list("transfer-encoding").is_empty() && !self.list("content-length").is_empty();
        !says("close") && (self.minor > 0 || says("keep-alive")) && !smuggles && self.status != 101
    }

    fn length(&self) -> Result<Option<u64>, String> {
        let mut length = None;
        for text in self.list("content-length") {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = text.parse::<u64>().ok().filter(|_| digits);
            let number = number.ok_or_else(|| format!("Content-Length is `{text}`, which is no length"))?;
            if let Some(other) = length.replace(number).filter(|other| *other != number) {
                return Err(format!("Content-Length is both {other} and {number}"));
            }
        }
        Ok(length)
    }

    /// The items of a list header over all its lines.
    fn list(&self, name: &str) -> Vec<String> {
        let lines = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        lines
            .flat_map(|(_, value)| value.text().split(',').map(|item| item.trim().to_owned()).collect::<Vec<_>>())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Framing, parse};

    fn framing(method: &str, head: &str) -> Result<Framing, String> {
        parse(head.replace('\n', "\r\n").as_bytes()).unwrap().unwrap().0.framing(method)
    }

    #[test]
    fn framing_follows_the_head() {
        for (method, head, expected) in [
            ("GET", "HTTP/1.1 200 OK\nContent-Length: 3\n\n", Framing::Length(3)),
            ("GET", "HTTP/1.1 200 OK\nContent-Length: 3, 3\nContent-Length: 3\n\n", Framing::Length(3)),
            ("GET", "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, Chunked\nContent-Length: 3\n\n", Framing::Chunked),
            ("GET", "HTTP/1.1 200 OK\nTransfer-Encoding: gzip\n\n", Framing::Close),
            ("GET", "HTTP/1.1 200\n\n", Framing::Close),
            ("HEAD", "HTTP/1.1 200 OK\nContent-Length: 3\n\n", Framing::Nothing),
            ("GET", "HTTP/1.1 204 No Content\n\n", Framing::Nothing),
        ] {
            assert_eq!(framing(method, head), Ok(expected), "{head}");
        }
    }

    #[test]
    fn lengths_that_contradict_or_are_none_cannot_be_read() {
        for length in
            ["Content-Length: 3\nContent-Length: 4", "Content-Length: 3, 4", "Content-Length: +3", "Content-Length:"]
        {
            assert!(framing("GET", &format!("HTTP/1.1 200 OK\n{length}\n\n")).is_err(), "{length}");
        }
        assert!(framing("GET", "HTTP/1.0 200 OK\nTransfer-Encoding: chunked\n\n").is_err());
    }

    #[test]
    fn a_folded_header_is_one_line() {
        let (head, _) = parse(b"HTTP/1.1 200 OK\r\nA: b\r\n  c\r\n\r\n").unwrap().unwrap();
        assert_eq!(head.headers[0].1.text(), "b    c");
    }

    #[test]
    fn what_is_no_head_is_told_from_what_is_not_yet_one() {
        assert!(parse(b"HTTP/1.1 20").unwrap().is_none());
        for bytes in [&b"SSH-2.0-x"[..], b"HTTP/2 200\r\n", b"HTTP/1.1 099 X\r\n\r\n", b"\x15\x03\x01"] {
            assert!(parse(bytes).is_err(), "{bytes:?}");
        }
    }
}
