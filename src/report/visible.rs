//! Makes visible what would act on a terminal or deceive the eye: nothing that a tenant sends may do either.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Spells out every character that is not printed as itself: `\n`, `\x1b`, `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_hidden(character) {
            spell(&mut shown, character);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// The same for bytes that need not be text: what is no UTF-8 stands as `\xff`.
pub fn visible_bytes(bytes: &[u8]) -> String {
    let mut shown = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        shown.push_str(&visible(chunk.valid()));
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown
}

fn spell(shown: &mut String, character: char) {
    let _ = match character {
        '\n' => shown.write_str("\\n"),
        '\r' => shown.write_str("\\r"),
        '\t' => shown.write_str("\\t"),
        _ if u32::from(character) < 0x100 => write!(shown, "\\x{:02x}", u32::from(character)),
        _ => write!(shown, "\\u{{{:x}}}", u32::from(character)),
    };
}

/// Whether a character acts, or is not seen: controls, formats, bidi marks, tags, separators, non-characters.
pub fn is_hidden(character: char) -> bool {
    let code = u32::from(character);
    character.is_control() || (code & 0xfffe) == 0xfffe || HIDDEN.iter().any(|range| range.contains(&code))
}

const HIDDEN: [std::ops::RangeInclusive<u32>; 22] = [
    0x00ad..=0x00ad,
    0x034f..=0x034f,
    0x0600..=0x0605,
    0x061c..=0x061c,
    0x06dd..=0x06dd,
    0x070f..=0x070f,
    0x115f..=0x1160,
    0x17b4..=0x17b5,
    0x180b..=0x180f,
    0x200b..=0x200f,
    0x2028..=0x202e,
    0x2060..=0x206f,
    0x3164..=0x3164,
    0xfdd0..=0xfdef,
    0xfeff..=0xfeff,
    0xffa0..=0xffa0,
    0xfff0..=0xfffb,
    0x110bd..=0x110bd,
    0x13430..=0x1343f,
    0x1bca0..=0x1bca3,
    0x1d173..=0x1d17a,
    0xe0000..=0xe0fff,
];

#[cfg(test)]
mod tests {
    use super::{visible, visible_bytes};

    #[test]
    fn what_acts_or_deceives_is_spelled_out() {
        for (text, shown) in [
            ("\u{1b}[2Jx", "\\x1b[2Jx"),
            ("\u{9b}31m", "\\x9b31m"),
            ("a\r\n\tb\u{7f}\0", "a\\r\\n\\tb\\x7f\\x00"),
            ("user\u{202e}nimda", "user\\u{202e}nimda"),
            ("a\u{200b}b\u{feff}\u{2028}", "a\\u{200b}b\\u{feff}\\u{2028}"),
            ("\u{e0041}\u{ffff}", "\\u{e0041}\\u{ffff}"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn what_is_printed_as_itself_stays() {
        for text in
            ["", "plain \\ text", "gr\u{fc}n \u{1f331} \u{65e5}\u{672c} \u{5e9}\u{5dc}\u{5d5}\u{5dd}", "<b>&amp;"]
        {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_spelled_out() {
        assert_eq!(visible_bytes(b"a\xff\xfe\x1b\xc3\xa4"), "a\\xff\\xfe\\x1b\u{e4}");
    }
}
