//! Reads one JSON string.

/// Reads the string whose opening quote stands just before `text`: the bytes up to and with the closing quote, and
/// the value; or where and what broke. A lone surrogate escape is valid grammar: U+FFFD stands in.
pub fn read(text: &str) -> Result<(usize, String), (usize, &'static str)> {
    let bytes = text.as_bytes();
    let mut value = String::new();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let plain = rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))
            .ok_or((text.len(), "a closing quote"))?;
        value.push_str(text.get(at..at + plain).unwrap_or_default());
        at += plain;
        match bytes.get(at) {
            Some(b'"') => return Ok((at + 1, value)),
            Some(b'\\') => {
                let (length, char) = escape(bytes.get(at + 1..).unwrap_or_default()).ok_or((at, "a valid escape"))?;
                value.push(char);
                at += 1 + length;
            }
            _ => return Err((at, "no raw control character in a string")),
        }
    }
}

/// Reads what follows a backslash: its length and the character it stands for.
fn escape(bytes: &[u8]) -> Option<(usize, char)> {
    let char = match bytes.first()? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode(bytes),
        _ => return None,
    };
    Some((1, char))
}

fn unicode(bytes: &[u8]) -> Option<(usize, char)> {
    let first = hex(bytes.get(1..5)?)?;
    if let (0xd800..0xdc00, Some(b"\\u")) = (first, bytes.get(5..7)) {
        let second = hex(bytes.get(7..11)?)?;
        if (0xdc00..0xe000).contains(&second) {
            let char = char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))?;
            return Some((11, char));
        }
    }
    Some((5, char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)))
}

fn hex(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |number, byte| Some(number * 16 + char::from(*byte).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn escapes_are_taken_for_what_they_stand_for() {
        for (text, value) in [
            ("a\"", "a"),
            ("\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{c}\n\r\t"),
            ("\\u00e4\\ud83c\\udf31\"", "\u{e4}\u{1f331}"),
            ("\\ud800\"", "\u{fffd}"),
            ("\\ud800\\u0041\"", "\u{fffd}A"),
            ("\\udc00x\"", "\u{fffd}x"),
            ("\u{1f331}\u{7f}\"", "\u{1f331}\u{7f}"),
        ] {
            assert_eq!(read(text), Ok((text.len(), value.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_broken_string_is_told_with_its_place() {
        for (text, at) in [("ab", 2), ("a\nb\"", 1), ("\\x41\"", 0), ("a\\u12\"", 1), ("\\", 0), ("\\ud800\\u12\"", 0)]
        {
            assert_eq!(read(text).map_err(|(at, _)| at), Err(at), "{text}");
        }
    }
}
