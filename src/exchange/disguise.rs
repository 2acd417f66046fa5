//! Finds a secret in bytes where JSON escapes or percent-encoding write it otherwise.

use std::ops::Range;

/// The bytes with every escape undone; `None` where nothing can be escaped.
pub(super) fn plain(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr2(b'\\', b'%', bytes).map(|_| unescape(bytes))
}

/// Where a secret stands in bytes whose escapes are undone, and how long it is there; `None` where it stands nowhere.
pub(super) fn places(plain: &[u8], secret: &[u8]) -> Option<(Vec<usize>, usize)> {
    // A secret that itself holds what looks like an escape may stand there as it is.
    [secret.to_vec(), unescape(secret)].into_iter().find_map(|wanted| {
        let places: Vec<usize> = memchr::memmem::find_iter(plain, &wanted).collect();
        (!wanted.is_empty() && !places.is_empty()).then_some((places, wanted.len()))
    })
}

/// Replaces a secret wherever it stands, whichever of its bytes are escaped; `None` where it stands nowhere.
pub(super) fn replace(bytes: &[u8], secret: &[u8], by: &[u8]) -> Option<Vec<u8>> {
    let (places, length) = places(&plain(bytes)?, secret)?;
    let edges = places.into_iter().flat_map(|place| [place, place + length]);
    Some(cut(bytes, &sources(bytes, edges), by))
}

fn cut(bytes: &[u8], edges: &[usize], by: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut kept = 0;
    for edge in edges.chunks_exact(2) {
        if let [start, end] = *edge {
            replaced.extend_from_slice(bytes.get(kept..start).unwrap_or_default());
            replaced.extend_from_slice(by);
            kept = end;
        }
    }
    replaced.extend_from_slice(bytes.get(kept..).unwrap_or_default());
    replaced
}

fn unescape(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    for (place, escaped) in (Pieces { bytes, at: 0 }) {
        match escaped {
            Some(byte) => plain.push(byte),
            None => plain.extend_from_slice(bytes.get(place).unwrap_or_default()),
        }
    }
    plain
}

/// Where places of the unescaped bytes lie in the bytes; both in rising order.
fn sources(bytes: &[u8], places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut pieces = Pieces { bytes, at: 0 };
    let (mut before, mut piece) = (0, None);
    let mut source = |place: usize| loop {
        let Some((range, escaped)) = piece.take().or_else(|| pieces.next()) else { return bytes.len() };
        let length = if escaped.is_some() { 1 } else { range.len() };
        if place < before + length {
            let at = range.start + (place - before);
            piece = Some((range, escaped));
            return at;
        }
        before += length;
    };
    places.map(&mut source).collect()
}

/// Cuts bytes into escapes, each with the byte that it stands for, and runs of anything else.
struct Pieces<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = (Range<usize>, Option<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let escape = escape(rest);
        let run = || memchr::memchr2(b'\\', b'%', rest.get(1..).unwrap_or_default()).map_or(rest.len(), |at| at + 1);
        self.at += escape.map_or_else(run, |(width, _)| width);
        Some((start..self.at, escape.map(|(_, byte)| byte)))
    }
}

/// The escape at the beginning of some bytes: its width and the byte that it stands for.
fn escape(bytes: &[u8]) -> Option<(usize, u8)> {
    match bytes {
        [b'%', high, low, ..] => Some((3, hex(*high, *low)?)),
        [b'\\', b'u', b'0', b'0', high, low, ..] => Some((6, hex(*high, *low)?)),
        [b'\\', byte @ (b'"' | b'\\' | b'/'), ..] => Some((2, *byte)),
        _ => None,
    }
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? * 16 + digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::replace;

    fn masked(text: &str, secret: &str) -> Option<String> {
        replace(text.as_bytes(), secret.as_bytes(), b"*").map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_secret_is_found_however_it_is_escaped() {
        for (text, wanted) in [
            (r#"x\n a\/b\u003d\" y"#, Some(r"x\n * y")),
            ("a%2Fb%3d%22", Some("*")),
            (r"\u0061\u002F\u0062\u003D\u0022\", Some(r"*\")),
            ("%61/%62=%22%61/%62=%22%4", Some("**%4")),
            (r"%\u00a%2Fb=%22%2", Some(r"%\u00*%2")),
            (r"aa\/a\u002fb=%2", None),
            ("a/b=", None),
            (r"\u00", None),
            ("", None),
        ] {
            assert_eq!(masked(text, "a/b=\"").as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_secret_that_looks_escaped_is_found_as_it_is_and_escaped_once_more() {
        assert_eq!(masked(r"x a%2Bb\/c x", "a%2Bb/c").as_deref(), Some("x * x"));
        assert_eq!(masked("x a%252Bb%2Fc x", "a%2Bb/c").as_deref(), Some("x * x"));
        assert_eq!(masked("%", ""), None);
    }
}
