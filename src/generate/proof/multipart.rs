//! Reads a multipart body, as RFC 2046 and RFC 7578 say, leniently enough to see what is wrong with it.

use memchr::memmem;

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

/// The parts between the boundaries that the media type announces; `None` where no boundary is announced or found.
pub fn parts<'a>(media_type: &[u8], body: &'a [u8]) -> Option<Vec<SentPart<'a>>> {
    let boundary = parameter(media_type, "boundary")?;
    let delimiter = [b"--", boundary.as_slice()].concat();
    let starts: Vec<usize> = memmem::find_iter(body, &delimiter)
        .filter(|at| *at == 0 || body.get(at.saturating_sub(2)..*at) == Some(b"\r\n"))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([body.len()]);
    let parts: Vec<_> =
        starts.iter().zip(ends).filter_map(|(start, end)| part(body.get(start + delimiter.len()..end)?)).collect();
    (!starts.is_empty()).then_some(parts)
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
    let disposition = head.iter().find(|line| line.to_ascii_lowercase().starts_with(b"content-disposition:"));
    let read = |name| Some(String::from_utf8_lossy(&parameter(disposition?, name)?).into_owned());
    let content = content.strip_suffix(b"\r\n").unwrap_or(content);
    Some(SentPart { name: read("name"), filename: read("filename"), head, content })
}

/// A parameter of a header value, quoted or not.
fn parameter(value: &[u8], wanted: &str) -> Option<Vec<u8>> {
    let mut rest = value;
    while let Some(at) = rest.iter().position(|byte| *byte == b';') {
        rest = rest.get(at + 1..)?.trim_ascii_start();
        let equals = rest.iter().position(|byte| *byte == b'=')?;
        let named = rest.get(..equals)?.trim_ascii().eq_ignore_ascii_case(wanted.as_bytes());
        let (read, after) = word(rest.get(equals + 1..)?);
        if named {
            return Some(read);
        }
        rest = after;
    }
    None
}

fn word(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let Some(mut rest) = bytes.strip_prefix(b"\"") else {
        let end = bytes.iter().position(|byte| *byte == b';').unwrap_or(bytes.len());
        let (word, after) = bytes.split_at(end);
        return (word.trim_ascii().to_vec(), after);
    };
    let mut read = Vec::new();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, rest.split_first()) {
            (b'"', _) => break,
            (b'\\', Some((&escaped, after))) => {
                read.push(escaped);
                rest = after;
            }
            _ => read.push(byte),
        }
    }
    (read, rest)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn parts_are_found_with_their_names_and_contents() {
        let body = b"before\r\n--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f;\\\".csv\"\r\n\
                     Content-Type: text/csv\r\n\r\n1,2\r\n\r\n--x\r\ncontent-disposition:form-data;name=b\r\n\r\n\r\n--x--\r\n";
        let parts = parts(b"multipart/form-data; charset=utf-8; boundary=\"x\"", body).unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0].name.as_deref(), parts[0].filename.as_deref()), (Some("a"), Some("f;\".csv")));
        assert_eq!((parts[0].content, parts[0].head.len()), (&b"1,2\r\n"[..], 2));
        assert_eq!((parts[1].name.as_deref(), parts[1].content), (Some("b"), &b""[..]));
    }

    #[test]
    fn without_a_boundary_there_are_no_parts() {
        assert_eq!(parts(b"multipart/form-data", b"--x\r\n\r\n\r\n--x--"), None);
        assert_eq!(parts(b"multipart/form-data; boundary=y", b"--x\r\n\r\n\r\n--x--"), None);
    }
}
