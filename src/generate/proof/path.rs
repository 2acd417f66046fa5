//! Reads a path: what stands between its slashes, and what its percent escapes say.

/// What stands at one place of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentValue<'a> {
    /// As it goes out.
    pub raw: &'a [u8],
    /// Percent escapes taken off, once.
    pub plain: Vec<u8>,
    /// Whether an escape is none.
    pub damaged: bool,
}

impl<'a> SentValue<'a> {
    /// Reads a value as it goes out.
    pub fn read(raw: &'a [u8]) -> Self {
        let mut pieces = raw.split(|byte| *byte == b'%');
        let mut plain = pieces.next().unwrap_or_default().to_vec();
        let mut damaged = false;
        for piece in pieces {
            if let Some((value, rest)) = escaped(piece) {
                plain.push(value);
                plain.extend_from_slice(rest);
            } else {
                damaged = true;
                plain.push(b'%');
                plain.extend_from_slice(piece);
            }
        }
        Self { raw, plain, damaged }
    }
}

/// The octet that two hex digits stand for, and what follows them.
fn escaped(piece: &[u8]) -> Option<(u8, &[u8])> {
    let digit = |at: usize| piece.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let value = digit(0)? * 16 + digit(1)?;
    Some((u8::try_from(value).ok()?, piece.get(2..)?))
}

/// What stands between so many slashes from the start of a path and so many from its end.
pub fn between(path: &[u8], (before, after): (usize, usize)) -> Option<&[u8]> {
    let mut slashes = memchr::memchr_iter(b'/', path);
    let start = match before.checked_sub(1) {
        Some(nth) => slashes.nth(nth)? + 1,
        None => 0,
    };
    let end = match after.checked_sub(1) {
        Some(nth) => memchr::memrchr_iter(b'/', path).nth(nth)?,
        None => path.len(),
    };
    path.get(start..end)
}

#[cfg(test)]
mod tests {
    use super::{SentValue, between};

    #[test]
    fn a_place_is_found_by_its_slashes_whatever_stands_there() {
        for (path, found) in [("/a/b/c", Some("b")), ("/a//c", Some("")), ("/a/x/../y/c", Some("x/../y")), ("/a", None)]
        {
            assert_eq!(between(path.as_bytes(), (2, 1)), found.map(str::as_bytes), "{path}");
        }
        assert_eq!(between(b"a", (0, 0)), Some(&b"a"[..]));
    }

    #[test]
    fn escapes_are_read_once_and_damaged_ones_told() {
        for (raw, plain, damaged) in [
            ("a%2fb", "a/b", false),
            ("%2541", "%41", false),
            ("%zz", "%zz", true),
            ("a%4", "a%4", true),
            ("%", "%", true),
        ] {
            let value = SentValue::read(raw.as_bytes());
            assert_eq!((value.plain.as_slice(), value.damaged), (plain.as_bytes(), damaged), "{raw}");
        }
    }
}
