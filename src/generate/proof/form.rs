//! Reads a urlencoded body.

/// One name and value of a urlencoded body, as they stand there.
pub type Pair<'a> = (&'a [u8], &'a [u8]);

/// Every pair, in order; a piece without an equals sign is a name with an empty value.
pub fn pairs(body: &[u8]) -> Vec<Pair<'_>> {
    body.split(|byte| *byte == b'&').map(split).collect()
}

fn split(piece: &[u8]) -> Pair<'_> {
    let at = piece.iter().position(|byte| *byte == b'=').unwrap_or(piece.len());
    let (name, value) = piece.split_at(at);
    (name, value.get(1..).unwrap_or_default())
}

/// Every value of a field, percent escapes and plus signs taken off.
pub fn values(body: &[u8], name: &str) -> Vec<Vec<u8>> {
    let fields = pairs(body).into_iter().filter(|(key, _)| plain(key) == name.as_bytes());
    fields.map(|(_, value)| plain(value)).collect()
}

/// Whether a percent sign stands there without two hex digits behind it.
pub fn is_damaged(bytes: &[u8]) -> bool {
    let signs = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    signs.map(|(at, _)| bytes.get(at + 1..at + 3)).any(|digits| digits.and_then(octet).is_none())
}

fn plain(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| byte == b'%').and_then(octet);
        plain.push(escaped.unwrap_or(if byte == b'+' { b' ' } else { byte }));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    plain
}

fn octet(digits: &[u8]) -> Option<u8> {
    digits.iter().try_fold(0_u8, |value, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        value.checked_mul(16)?.checked_add(u8::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_damaged, pairs, values};

    #[test]
    fn values_are_decoded_and_damaged_escapes_stay() {
        let body = b"a=1+%2B&%61=%zz%4&b&c=%ff=";
        assert_eq!(values(body, "a"), [b"1 +".to_vec(), b"%zz%4".to_vec()]);
        assert_eq!((values(body, "b"), values(body, "c")), (vec![vec![]], vec![b"\xff=".to_vec()]));
        assert_eq!(pairs(body)[1], (&b"%61"[..], &b"%zz%4"[..]));
    }

    #[test]
    fn a_damaged_escape_is_told() {
        for (bytes, damaged) in
            [("%", true), ("a%4", true), ("%zz", true), ("%+1", true), ("%2B%ff", false), ("", false)]
        {
            assert_eq!(is_damaged(bytes.as_bytes()), damaged, "{bytes}");
        }
    }
}
