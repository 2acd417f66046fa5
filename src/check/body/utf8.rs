//! `body.utf-8`: the body is UTF-8.

use crate::check::fault::Fault;
use crate::check::rule::{Reach, Rule};
use crate::check::show;
use crate::verdict::Level;

/// The rule.
pub const RULE: Rule = Rule {
    id: "body.utf-8",
    level: Level::Must,
    reach: Reach::Body,
    title: "The body is UTF-8",
    why: "JSON between systems is UTF-8, whatever a charset parameter says. What is not cannot be read, and is not \
          judged further.",
    clause: "JSON (RFC 8259, 8.1): text that systems exchange is encoded as UTF-8.",
    example: "A name with the single byte E9 for é.",
};

/// Tells where the body ceases to be UTF-8.
pub fn broken(bytes: &[u8], at: usize) -> Fault {
    let near: Vec<String> = bytes.iter().skip(at).take(4).map(|byte| format!("{byte:02X}")).collect();
    let before = String::from_utf8_lossy(bytes.get(at.saturating_sub(30)..at).unwrap_or_default());
    let received = format!("the bytes {} at offset {at}, after `{before}`", near.join(" "));
    RULE.broken("UTF-8", show::text(&format!("{received}{}", likely(bytes)))).at("")
}

/// What the first bytes say that it may be instead.
fn likely(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x1f, 0x8b, ..] => "; it begins like gzip, which `Content-Encoding: gzip` would have to announce",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "; it begins like UTF-16",
        [b'P', b'K', 3, 4, ..] => "; it begins like a ZIP archive",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_the_bytes_begin_like_is_told() {
        let told = |bytes: &[u8], at| super::broken(bytes, at).received;
        assert!(told(b"\x1f\x8b\x08\0", 1).ends_with("Content-Encoding: gzip` would have to announce"));
        assert!(told(b"\xff\xfe{\0}\0", 0).ends_with("; it begins like UTF-16"));
        assert!(told(b"{\"a\":\"\xe9\"}", 6).ends_with("after `{\"a\":\"`"));
    }
}
