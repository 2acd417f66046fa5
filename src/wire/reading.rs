//! Reads one answer from a stream, bounded in every direction. What has come stays when the reading is broken off.

use super::failure::{after, answering, is_unreadable, told};
use super::head::{self, Framing, Head};
use crate::exchange::{Answer, End, Failure, FailureKind, Octets};
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::time::Instant;

/// How many informational answers may come before the answer.
const MAX_INFORMATIONAL: usize = 64;

/// The longest line of a chunk's size or a trailer, in bytes.
const MAX_LINE: usize = 8 * 1024;

/// How many trailer lines may follow the last chunk.
const MAX_TRAILERS: usize = 256;

/// How many bytes are asked for at once.
const PIECE: usize = 32 * 1024;

/// One answer, as far as it has come.
#[derive(Default)]
pub(super) struct Reading {
    /// What came and is not used yet.
    buffer: Vec<u8>,
    head: Option<(Head, Option<Framing>)>,
    body: Vec<u8>,
    max_body: u64,
    /// When the first byte came.
    pub(super) first_byte: Option<Instant>,
}

impl Reading {
    pub(super) fn new(max_body: u64) -> Self {
        Self { max_body, ..Self::default() }
    }

    /// Waits for more bytes; `false` where the stream has ended.
    pub(super) async fn fill<R: AsyncRead + Unpin>(&mut self, input: &mut R) -> io::Result<bool> {
        self.buffer.reserve(PIECE);
        let count = match input.read_buf(&mut self.buffer).await {
            // TLS without a farewell: framing decides whether something is missing.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => 0,
            result => result?,
        };
        if count > 0 && self.first_byte.is_none() {
            self.first_byte = Some(Instant::now());
        }
        Ok(count > 0)
    }

    /// Reads the head of the answer to `method`, informational ones skipped.
    pub(super) async fn head<R: AsyncRead + Unpin>(&mut self, input: &mut R, method: &str) -> Result<End, Failure> {
        let mut skipped = 0;
        let mut used_before = 0;
        loop {
            let parsed = head::parse(&self.buffer).map_err(|why| self.fail(FailureKind::NotHttp, why))?;
            match parsed {
                Some((head, used)) if head.is_informational() => {
                    skipped += 1;
                    used_before += used;
                    self.buffer.drain(..used);
                    if skipped > MAX_INFORMATIONAL {
                        let why = format!("more than {MAX_INFORMATIONAL} informational answers came before any other");
                        return Err(self.fail(FailureKind::NotHttp, why));
                    }
                }
                Some((head, used)) => {
                    self.buffer.drain(..used);
                    return Ok(self.begin(head, method));
                }
                None if used_before + self.buffer.len() > head::MAX_BYTES => {
                    let why = format!("the head is longer than {} bytes", head::MAX_BYTES);
                    return Err(self.fail(FailureKind::NotHttp, why));
                }
                None => match self.fill(input).await {
                    Ok(true) => {}
                    Ok(false) => {
                        let why = "the connection was closed in the middle of the head";
                        return Err(self.fail(FailureKind::Closed, why));
                    }
                    Err(error) => {
                        let failed = answering(&error);
                        return Err(self.fail(failed.kind, failed.detail));
                    }
                },
            }
        }
    }

    /// A failure that shows what had come.
    pub(super) fn fail(&self, kind: FailureKind, detail: impl Into<String>) -> Failure {
        after(kind, detail, &self.buffer)
    }

    fn begin(&mut self, head: Head, method: &str) -> End {
        let (framing, end) = match head.framing(method) {
            Ok(framing) => (Some(framing), End::Complete),
            Err(why) => {
                self.body.append(&mut self.buffer);
                (None, End::BadFraming(why))
            }
        };
        self.head = Some((head, framing));
        end
    }

    /// Reads the body.
    pub(super) async fn body<R: AsyncRead + Unpin>(&mut self, input: &mut R) -> End {
        let framing = self.head.as_ref().and_then(|(_, framing)| *framing).unwrap_or(Framing::Nothing);
        let read = match framing {
            Framing::Nothing => Ok(()),
            Framing::Length(length) => self.take(input, length, Some(length)).await,
            Framing::Chunked => self.chunks(input).await,
            Framing::Close => self.rest(input).await,
        };
        read.err().unwrap_or(End::Complete)
    }

    async fn rest<R: AsyncRead + Unpin>(&mut self, input: &mut R) -> Result<(), End> {
        loop {
            self.keep(usize::MAX)?;
            match self.fill(input).await {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => return Err(broken(&error)),
            }
        }
    }

    async fn take<R: AsyncRead + Unpin>(&mut self, input: &mut R, length: u64, all: Option<u64>) -> Result<(), End> {
        let mut missing = length;
        loop {
            let kept = self.keep(usize::try_from(missing).unwrap_or(usize::MAX))?;
            missing -= kept;
            if missing == 0 {
                return Ok(());
            }
            self.need(input, all).await?;
        }
    }

    async fn chunks<R: AsyncRead + Unpin>(&mut self, input: &mut R) -> Result<(), End> {
        loop {
            let size = chunk_size(&self.line(input).await?)?;
            if size == 0 {
                break;
            }
            self.take(input, size, None).await?;
            while self.buffer.len() < 2 {
                self.need(input, None).await?;
            }
            if !self.buffer.starts_with(b"\r\n") {
                return Err(End::BadFraming("a chunk is not as long as its size says".into()));
            }
            self.buffer.drain(..2);
        }
        for _ in 0..MAX_TRAILERS {
            if self.line(input).await?.is_empty() {
                return Ok(());
            }
        }
        Err(End::BadFraming(format!("more than {MAX_TRAILERS} lines follow the last chunk")))
    }

    async fn line<R: AsyncRead + Unpin>(&mut self, input: &mut R) -> Result<Vec<u8>, End> {
        loop {
            if let Some(end) = memchr::memchr(b'\n', &self.buffer) {
                let mut line: Vec<u8> = self.buffer.drain(..=end).collect();
                line.pop();
                if line.pop() == Some(b'\r') {
                    return Ok(line);
                }
                return Err(End::BadFraming("a line of the chunked framing does not end in CR LF".into()));
            }
            if self.buffer.len() > MAX_LINE {
                return Err(End::BadFraming(format!("a line of the chunked framing is over {MAX_LINE} bytes")));
            }
            self.need(input, None).await?;
        }
    }

    /// Waits for bytes without which the body is not whole.
    async fn need<R: AsyncRead + Unpin>(&mut self, input: &mut R, declared: Option<u64>) -> Result<(), End> {
        match self.fill(input).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(End::Truncated { declared, received: self.body.len() as u64 }),
            Err(error) => Err(broken(&error)),
        }
    }

    /// Moves at most `most` bytes from the buffer into the body, and says how many.
    fn keep(&mut self, most: usize) -> Result<u64, End> {
        let count = most.min(self.buffer.len());
        let room = usize::try_from(self.max_body).unwrap_or(usize::MAX) - self.body.len();
        self.body.extend(self.buffer.drain(..count).take(room));
        if count > room { Err(End::TooLarge { limit: self.max_body }) } else { Ok(count as u64) }
    }

    /// Whether the connection may carry another request after an answer that ended as framed.
    pub(super) fn leaves_open(&self) -> bool {
        let open = |(head, framing): &(Head, Option<Framing>)| head.keeps_alive() && *framing != Some(Framing::Close);
        self.buffer.is_empty() && self.head.as_ref().is_some_and(open)
    }

    /// The answer, ended so; `None` where its head never came.
    pub(super) fn answer(self, end: End) -> Option<Answer> {
        let (head, _) = self.head?;
        Some(Answer {
            version: format!("HTTP/1.{}", head.minor),
            status: head.status,
            reason: head.reason,
            headers: head.headers,
            body: Octets(self.body),
            end,
        })
    }
}

fn broken(error: &io::Error) -> End {
    if is_unreadable(error) { End::BadFraming(told(error)) } else { End::Reset }
}

fn chunk_size(line: &[u8]) -> Result<u64, End> {
    let text = String::from_utf8_lossy(line);
    let digits = text.split(';').next().unwrap_or_default().trim_end_matches([' ', '\t']);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let size = u64::from_str_radix(digits, 16).ok().filter(|_| plain);
    size.ok_or_else(|| {
        let shown: String = digits.chars().take(40).collect();
        End::BadFraming(format!("`{}` is no size of a chunk", shown.escape_debug()))
    })
}

#[cfg(test)]
mod tests {
    use super::{End, FailureKind, Reading};

    /// Reads what comes in pieces of every small size, and gives body and end.
    async fn read(bytes: &str, max_body: u64) -> (String, End) {
        let mut results = Vec::new();
        for size in [1, 2, 3, 7, bytes.len()] {
            let pieces = bytes.as_bytes().chunks(size.max(1));
            let mut input = pieced(pieces);
            let mut reading = Reading::new(max_body);
            assert_eq!(reading.head(&mut input, "GET").await, Ok(End::Complete));
            let end = reading.body(&mut input).await;
            let answer = reading.answer(end).unwrap();
            results.push((answer.body.text().into_owned(), answer.end));
        }
        assert!(results.windows(2).all(|pair| pair[0] == pair[1]), "{results:?}");
        results.remove(0)
    }

    fn pieced<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> impl tokio::io::AsyncRead + Unpin {
        use tokio::io::AsyncReadExt as _;
        let empty: Box<dyn tokio::io::AsyncRead + Unpin> = Box::new(tokio::io::empty());
        pieces
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .fold(empty, |rest, piece| Box::new(std::io::Cursor::new(piece.to_vec()).chain(rest)))
    }

    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    #[tokio::test]
    async fn chunks_are_joined_and_trailers_left_out() {
        let body = "3\r\nabc\r\nA ;x=\"y\"\r\n0123456789\r\n0\r\nX: y\r\n\r\n";
        assert_eq!(read(&format!("{CHUNKED}{body}"), 99).await, ("abc0123456789".into(), End::Complete));
    }

    #[tokio::test]
    async fn broken_chunks_are_told_from_missing_ones() {
        for (body, kept) in
            [("3\r\nabcd\r\n0\r\n\r\n", "abc"), ("xyz\r\nabc", ""), ("3\nabc", ""), ("\r\n", ""), ("-1\r\n", "")]
        {
            let (text, end) = read(&format!("{CHUNKED}{body}"), 99).await;
            assert!(matches!(end, End::BadFraming(_)) && text == kept, "{body:?}: {text:?} {end:?}");
        }
        for (body, received) in [("3\r\nab", 2), ("3\r\nabc\r\n", 3), ("3\r\nabc\r\n0\r\n", 3), ("", 0)] {
            let (_, end) = read(&format!("{CHUNKED}{body}"), 99).await;
            assert_eq!(end, End::Truncated { declared: None, received }, "{body:?}");
        }
    }

    #[tokio::test]
    async fn a_body_is_read_up_to_the_limit_and_no_further() {
        for head in ["Content-Length: 6", "X: y"] {
            let answer = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\nabcdef");
            assert_eq!(read(&answer, 6).await, ("abcdef".into(), End::Complete));
            assert_eq!(read(&answer, 5).await, ("abcde".into(), End::TooLarge { limit: 5 }));
        }
    }

    #[tokio::test]
    async fn informational_answers_are_skipped_but_not_without_end() {
        let hints = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
        let answer = format!("{}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", hints.repeat(3));
        assert_eq!(read(&answer, 9).await, ("ok".into(), End::Complete));
        let flood = hints.repeat(100);
        let failed = Reading::new(9).head(&mut flood.as_bytes(), "GET").await.unwrap_err();
        assert_eq!(failed.kind, FailureKind::NotHttp);
    }

    #[tokio::test]
    async fn endless_heads_are_given_up() {
        for line in ["A: b\r\n".repeat(300), "A".repeat(300 * 1024), format!("A: {}", "b".repeat(300 * 1024))] {
            let bytes = format!("HTTP/1.1 200 OK\r\n{line}");
            let failed = Reading::new(9).head(&mut bytes.as_bytes(), "GET").await.unwrap_err();
            assert_eq!(failed.kind, FailureKind::NotHttp);
            assert!(failed.head.0.len() <= 512, "{}", failed.head.0.len());
        }
    }
}
