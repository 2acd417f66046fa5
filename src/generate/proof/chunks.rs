//! Reads a body that goes out in chunks.

use memchr::memmem;

/// What the chunks hold, and how many there are; `None` where they cannot be read to their end.
pub fn unchunked(mut bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut whole, mut count) = (Vec::new(), 0);
    loop {
        let line = memmem::find(bytes, b"\r\n")?;
        let size = std::str::from_utf8(bytes.get(..line)?).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        bytes = bytes.get(line + 2..)?;
        if size == 0 {
            return (bytes == b"\r\n").then_some((whole, count));
        }
        whole.extend_from_slice(bytes.get(..size)?);
        bytes = bytes.get(size..)?.strip_prefix(b"\r\n")?;
        count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::unchunked;

    #[test]
    fn chunks_are_put_together_and_broken_ones_are_none() {
        assert_eq!(unchunked(b"3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n"), Some((b"abc0123456789".to_vec(), 2)));
        for broken in ["", "3\r\nabc", "3\r\nabcd\r\n0\r\n\r\n", "x\r\n", "0\r\n", "0\r\n\r\nmore"] {
            assert_eq!(unchunked(broken.as_bytes()), None, "{broken:?}");
        }
    }
}
