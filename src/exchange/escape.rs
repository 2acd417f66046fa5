//! Takes percent escapes off.

/// Takes percent escapes off, once; a damaged one stays as it is.
pub fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = (byte == b'%').then(|| after.split_at_checked(2)).flatten();
        let value = escaped.and_then(|(hex, after)| {
            let digits = std::str::from_utf8(hex).ok().filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()));
            Some((u8::from_str_radix(digits?, 16).ok()?, after))
        });
        let (byte, after) = value.unwrap_or((byte, after));
        plain.push(byte);
        rest = after;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_are_taken_off_once_and_damaged_ones_stay() {
        for (raw, plain) in [("a%20b", "a b"), ("%2541", "%41"), ("%zz%4", "%zz%4"), ("%+1", "%+1"), ("", "")] {
            assert_eq!(unescaped(raw.as_bytes()), plain.as_bytes(), "{raw}");
        }
    }
}
