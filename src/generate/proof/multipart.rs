//! Reads a multipart body, as RFC 2046 and RFC 7578 say, leniently enough to see what is wrong with it.

use memchr::memmem;

/// A multipart body as its bytes say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame<'a> {
    /// What stands before the first boundary, its line end included.
    pub preamble: &'a [u8],
    /// The parts, in order.
    pub parts: Vec<SentPart<'a>>,
    /// What stands directly behind the closing boundary; `None` where there is none.
    pub epilogue: Option<&'a [u8]>,
}

/// One part as its bytes say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentPart<'a> {
    /// The header lines, without line ends.
    pub head: Vec<&'a [u8]>,
    /// The `name` of its Content-Disposition.
    pub name: Option<String>,
    /// The `filename` of its Content-Disposition.
    pub filename: Option<String>,
    /// The content.
    pub content: &'a [u8],
}

/// One parameter of a header value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The name, as it is written.
    pub name: Vec<u8>,
    /// The value, without quotes and escapes.
    pub value: Vec<u8>,
    /// Whether the value stands in quotes.
    pub quoted: bool,
    /// Whether the value is whole: quotes are closed, and nothing follows them.
    pub whole: bool,
}

impl<'a> Frame<'a> {
    /// The body as the (first) boundary that the media type announces divides it; `None` where none is announced or found.
    pub fn read(media_type: &[u8], body: &'a [u8]) -> Option<Self> {
        let boundary = parameter(media_type, "boundary")?;
        let delimiter = [b"--", boundary.as_slice()].concat();
        let starts: Vec<usize> = memmem::find_iter(body, &delimiter)
            .filter(|at| *at == 0 || body.get(at.saturating_sub(2)..*at) == Some(b"\r\n"))
            .collect();
        let behind = |start: usize| body.get(start + delimiter.len()..).unwrap_or_default();
        let closing = starts.iter().copied().find(|start| behind(*start).starts_with(b"--"));
        let end = closing.unwrap_or(body.len());
        let opening: Vec<usize> = starts.iter().copied().filter(|start| *start < end).collect();
        let ends = opening.iter().skip(1).copied().chain([end]);
        let parts = opening.iter().zip(ends).filter_map(|(start, end)| part(body.get(start + delimiter.len()..end)?));
        Some(Self {
            preamble: body.get(..*starts.first()?)?,
            parts: parts.collect(),
            epilogue: closing.and_then(|start| behind(start).get(2..)),
        })
    }
}

impl Parameter {
    /// Whether it is called so; the letter case is free.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

impl<'a> SentPart<'a> {
    /// Every value of a header of the part, in order, without blanks around it.
    pub fn header(&self, name: &str) -> Vec<&'a [u8]> {
        self.head.iter().filter_map(|line| value(line, name)).collect()
    }

    /// What stands between the quotes of its `filename`, escapes and all.
    pub fn raw_filename(&self) -> Option<&'a [u8]> {
        let value = self.header("content-disposition").first().copied()?;
        let start = memmem::find(value, b"filename=\"")? + b"filename=\"".len();
        let tail = value.get(start..)?;
        let closes = |at: &usize| tail.get(*at) == Some(&b'"') && (*at == 0 || tail.get(at - 1) != Some(&b'\\'));
        tail.get(..(0..tail.len()).find(closes)?)
    }

    /// The parameters of its (first) Content-Disposition.
    pub fn parameters(&self) -> Vec<Parameter> {
        self.header("content-disposition").first().map(|value| parameters(value)).unwrap_or_default()
    }
}

fn part(bytes: &[u8]) -> Option<SentPart<'_>> {
    let bytes = bytes.strip_prefix(b"\r\n")?;
    let (head, content) = if let Some(content) = bytes.strip_prefix(b"\r\n") {
        (&b""[..], content)
    } else {
        let at = memmem::find(bytes, b"\r\n\r\n")?;
        (bytes.get(..at)?, bytes.get(at + 4..)?)
    };
    let lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let head: Vec<&[u8]> = lines.filter(|line| !line.is_empty()).collect();
    let content = content.strip_suffix(b"\r\n").unwrap_or(content);
    let unnamed = SentPart { head, name: None, filename: None, content };
    let read = |name: &str| {
        let all = unnamed.parameters();
        let found = all.iter().find(|parameter| parameter.is(name));
        found.map(|parameter| String::from_utf8_lossy(&parameter.value).into_owned())
    };
    Some(SentPart { name: read("name"), filename: read("filename"), ..unnamed.clone() })
}

fn value<'a>(line: &'a [u8], wanted: &str) -> Option<&'a [u8]> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let named = line.get(..colon)?.eq_ignore_ascii_case(wanted.as_bytes());
    named.then(|| line.get(colon + 1..).unwrap_or_default().trim_ascii())
}

/// The first parameter of a header value that is called so.
fn parameter(value: &[u8], wanted: &str) -> Option<Vec<u8>> {
    parameters(value).into_iter().find(|parameter| parameter.is(wanted)).map(|parameter| parameter.value)
}

/// Every parameter of a header value, in order, up to what cannot be read as one.
pub fn parameters(value: &[u8]) -> Vec<Parameter> {
    let mut read = Vec::new();
    let mut rest = value;
    while let Some(at) = rest.iter().position(|byte| *byte == b';') {
        rest = rest.get(at + 1..).unwrap_or_default().trim_ascii_start();
        let Some(equals) = rest.iter().position(|byte| *byte == b'=') else { break };
        let (name, after) = rest.split_at(equals);
        let word = word(after.get(1..).unwrap_or_default());
        rest = word.after;
        let tail = rest.split(|byte| *byte == b';').next().unwrap_or_default();
        let whole = word.closed && tail.trim_ascii().is_empty();
        read.push(Parameter { name: name.trim_ascii().to_vec(), value: word.value, quoted: word.quoted, whole });
    }
    read
}

struct Word<'a> {
    value: Vec<u8>,
    quoted: bool,
    closed: bool,
    after: &'a [u8],
}

fn word(bytes: &[u8]) -> Word<'_> {
    let Some(mut rest) = bytes.strip_prefix(b"\"") else {
        let end = bytes.iter().position(|byte| *byte == b';').unwrap_or(bytes.len());
        let (word, after) = bytes.split_at(end);
        return Word { value: word.trim_ascii().to_vec(), quoted: false, closed: true, after };
    };
    let mut value = Vec::new();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, rest.split_first()) {
            (b'"', _) => return Word { value, quoted: true, closed: true, after: rest },
            (b'\\', Some((&escaped, after))) => {
                value.push(escaped);
                rest = after;
            }
            _ => value.push(byte),
        }
    }
    Word { value, quoted: true, closed: false, after: rest }
}

#[cfg(test)]
mod tests {
    use super::{Frame, SentPart, parameters};

    fn parts<'a>(media_type: &[u8], body: &'a [u8]) -> Option<Vec<SentPart<'a>>> {
        Frame::read(media_type, body).map(|frame| frame.parts)
    }

    #[test]
    fn parts_are_found_with_their_names_and_contents() {
        let body = b"before\r\n--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f;\\\".csv\"\r\n\
                     Content-Type: text/csv\r\n\r\n1,2\r\n\r\n--x\r\ncontent-disposition:form-data;name=b\r\n\r\n\r\n--x--\r\n";
        let parts = parts(b"multipart/form-data; charset=utf-8; boundary=\"x\"", body).unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0].name.as_deref(), parts[0].filename.as_deref()), (Some("a"), Some("f;\".csv")));
        assert_eq!((parts[0].content, parts[0].head.len()), (&b"1,2\r\n"[..], 2));
        assert_eq!((parts[1].name.as_deref(), parts[1].content), (Some("b"), &b""[..]));
        assert_eq!(parts[0].header("content-type"), [b"text/csv"]);
    }

    #[test]
    fn without_a_boundary_there_are_no_parts() {
        assert_eq!(parts(b"multipart/form-data", b"--x\r\n\r\n\r\n--x--"), None);
        assert_eq!(parts(b"multipart/form-data; boundary=y", b"--x\r\n\r\n\r\n--x--"), None);
    }

    #[test]
    fn what_stands_around_the_parts_is_told() {
        let media_type = b"multipart/form-data; boundary=x";
        let whole = Frame::read(media_type, b"before\r\n--x\r\n\r\n1\r\n--x-- \r\nafter").unwrap();
        assert_eq!(
            (whole.preamble, whole.parts.len(), whole.epilogue),
            (&b"before\r\n"[..], 1, Some(&b" \r\nafter"[..]))
        );
        let open = Frame::read(media_type, b"--x\r\n\r\n1\r\n").unwrap();
        assert_eq!((open.preamble, open.parts.len(), open.epilogue), (&b""[..], 1, None));
    }

    #[test]
    fn parameters_tell_how_they_are_written() {
        let written = |value: &str| -> Vec<(String, String, bool, bool)> {
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            let read = parameters(value.as_bytes()).into_iter();
            read.map(|read| (text(read.name), text(read.value), read.quoted, read.whole)).collect()
        };
        let one = |name: &str, value: &str, quoted, whole| (name.to_owned(), value.to_owned(), quoted, whole);
        let two = written("x; A=b ;c=\"d;\\\"\"");
        assert_eq!(two, [one("A", "b", false, true), one("c", "d;\"", true, true)]);
        assert_eq!(written("x; a=\"b"), [one("a", "b", true, false)]);
        assert_eq!(written("x; a=\"b\"c\"; d=e"), [one("a", "b", true, false), one("d", "e", false, true)]);
        assert_eq!(written("x; a"), []);
    }
}
