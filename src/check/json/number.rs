//! Reads one JSON number.

use serde_json::Number;

/// Reads the number at the start of `bytes`: its length and value; `None` where the grammar is broken.
///
/// A number that no `f64` holds is valid grammar: the nearest that one holds stands in.
pub fn read(bytes: &[u8]) -> Option<(usize, Number)> {
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(bytes, sign);
    if whole == 0 || (whole > 1 && bytes.get(sign) == Some(&b'0')) {
        return None;
    }
    let mut end = sign + whole;
    let integer_end = end;
    if bytes.get(end) == Some(&b'.') {
        let count = digits(bytes, end + 1);
        if count == 0 {
            return None;
        }
        end += 1 + count;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let start = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let count = digits(bytes, start);
        if count == 0 {
            return None;
        }
        end = start + count;
    }
    let text = std::str::from_utf8(bytes.get(..end)?).ok()?;
    Some((end, value(text, end == integer_end)))
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count()
}

fn value(text: &str, integer: bool) -> Number {
    let whole = || text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from)).ok();
    let float = || text.parse::<f64>().unwrap_or_default().clamp(f64::MIN, f64::MAX);
    integer.then(whole).flatten().or_else(|| Number::from_f64(float())).unwrap_or_else(|| Number::from(0))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numbers_are_read_to_their_end() {
        for (text, length) in
            [("0", 1), ("-0", 2), ("12,", 2), ("1.5e+3]", 6), ("1E400", 5), ("-1e-400", 7), ("0e0", 3)]
        {
            assert_eq!(read(text.as_bytes()).map(|(end, _)| end), Some(length), "{text}");
        }
        assert!(read("9".repeat(400).as_bytes()).unwrap().1.as_f64().unwrap().is_finite());
        assert_eq!(read(b"18446744073709551615").unwrap().1.as_u64(), Some(u64::MAX));
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in ["", "-", "01", "-01", "1.", ".5", "1e", "1e+", "+1", "NaN", "Infinity"] {
            assert!(read(text.as_bytes()).is_none(), "{text}");
        }
    }
}
