//! Templates that are spelled out on reading: bytes in hex, and a text many times.

use super::fault::Fault;
use crate::contract::Piece;

/// How many bytes one template may spell out.
const BYTES: usize = 16 * 1024 * 1024;

/// Reads `00 ff`: pairs of hex digits, blanks free.
pub fn hex(arguments: &str) -> Result<Piece, Fault> {
    let digits: Option<Vec<u8>> = arguments.chars().filter(|character| *character != ' ').map(digit).collect();
    match digits {
        Some(digits) if !digits.is_empty() && digits.len().is_multiple_of(2) => {
            let byte = |pair: &[u8]| pair.iter().fold(0, |byte, digit| byte << 4 | digit);
            Ok(Piece::Literal(digits.chunks_exact(2).map(byte).collect()))
        }
        _ => Err(Fault::new("`{{hex}}` takes pairs of hex digits", "write it like `{{hex 00 ff}}`")),
    }
}

fn digit(character: char) -> Option<u8> {
    character.to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Reads `300 a`: how many times, and the text.
pub fn repeat(arguments: &str) -> Result<Piece, Fault> {
    let example = "write it like `{{repeat 300 a}}`";
    let (times, text) = arguments.split_once(' ').unwrap_or((arguments, ""));
    let Ok(times) = times.parse::<usize>() else {
        return Err(Fault::new("`{{repeat}}` takes a number first", example));
    };
    if text.is_empty() {
        return Err(Fault::new("`{{repeat}}` takes a text behind its number", example));
    }
    if times.saturating_mul(text.len()) > BYTES {
        return Err(Fault::new(format!("this is longer than {BYTES} bytes"), "repeat it less often"));
    }
    Ok(Piece::Literal(text.repeat(times).into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{hex, repeat};
    use crate::contract::Piece;

    #[test]
    fn hex_spells_out_any_bytes() {
        assert_eq!(hex("00 fF0a").unwrap(), Piece::Literal(vec![0, 0xff, 0x0a]));
        for wrong in ["", "0", "0 g", "000"] {
            assert!(hex(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn repeat_keeps_blanks_and_is_bounded() {
        assert_eq!(repeat("3 a ").unwrap(), Piece::Literal(b"a a a ".to_vec()));
        for wrong in ["", "3", "3 ", "a 3", "-1 a", "99999999999 a", "18446744073709551615 aa"] {
            assert!(repeat(wrong).is_err(), "{wrong}");
        }
    }
}
