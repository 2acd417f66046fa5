//! Reads UTF-16.

/// The text as UTF-8; `None` where it is not UTF-16 of that byte order. A byte order mark stays.
pub fn text(bytes: &[u8], big_endian: bool) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let unit = |pair: &[u8; 2]| if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) };
    let read = char::decode_utf16(pairs.iter().map(unit)).collect::<Result<String, _>>().ok();
    read.filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn both_byte_orders_are_read_and_nothing_else() {
        assert_eq!(text(b"\xff\xfea\0", false).as_deref(), Some("\u{feff}a"));
        assert_eq!(text(b"\xd8\x3d\xde\x00", true).as_deref(), Some("\u{1f600}"));
        assert_eq!((text(b"a\0b", false), text(b"\xd8\x3d", true)), (None, None));
    }
}
