//! Strict percent-decoding: a damaged escape is an error, never a guess.

/// Decodes `%XX` escapes; `None` where an escape is damaged or the result is no UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            let (digits, after) = tail.split_at_checked(2)?;
            bytes.push(octet(digits)?);
            rest = after;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Decodes a name or a value of `application/x-www-form-urlencoded`, where `+` is a blank.
pub fn decode_form(text: &str) -> Option<String> {
    decode(&text.replace('+', " "))
}

fn octet(digits: &[u8]) -> Option<u8> {
    let mut value = 0;
    for digit in digits {
        value = value * 16 + char::from(*digit).to_digit(16)?;
    }
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_once() {
        assert_eq!(decode("a%2Fb%c3%A9+%2525").as_deref(), Some("a/bé+%25"));
        assert_eq!(decode_form("a+b%2B").as_deref(), Some("a b+"));
    }

    #[test]
    fn damaged_escapes_and_other_encodings_are_errors() {
        for text in ["%", "%4", "%zz", "%+1", "a%", "%ff", "%C0%80", "%ED%A0%80"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
