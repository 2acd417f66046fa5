//! Quotes for `sh`, with a shell variable in the place of every secret.

use crate::exchange::{Probe, Secrets};
use crate::report::visible::{is_hidden, visible};
use std::borrow::Cow;
use std::fmt::Write as _;

const OPEN: &str = "{{secret ";
const CLOSE: &str = "}}";

/// Quotes a text; nothing where it holds what a line on a screen cannot carry.
pub fn quote(text: &str) -> Option<String> {
    if matches!(visible(text), Cow::Owned(_)) {
        return None;
    }
    let pieces = parts(text);
    let secret = pieces.iter().any(|piece| matches!(piece, Part::Secret(_)));
    let harmless = |piece: &Part<'_>| !matches!(piece, Part::Text(text) if text.contains(['"', '$', '`', '\\', '!']));
    if secret && pieces.iter().all(harmless) { Some(double(&pieces)) } else { Some(single(&pieces)) }
}

/// The command that sends a kept finding again.
pub fn replay(fingerprint: &str, again: &[String]) -> Option<String> {
    Some(format!("tenantcheck replay {}{}", word_of(fingerprint)?, arguments(again)))
}

/// The command that checks a request's case again; nothing where its bytes depend on what came before it.
pub fn recheck(probe: &Probe, again: &[String]) -> Option<String> {
    let case = quote(&probe.case).filter(|_| probe.candidate == 0 && !probe.case.is_empty())?;
    Some(format!("tenantcheck check {case} --seed {}{}", probe.seed, arguments(again)))
}

/// Flags with their values, a space before each; those that a line cannot carry are left out.
fn arguments(again: &[String]) -> String {
    let pair =
        |pair: &[String]| pair.iter().map(|word| Some(format!(" {}", word_of(word)?))).collect::<Option<String>>();
    again.chunks(2).filter_map(pair).collect()
}

/// A word as it is where a shell takes it so, else quoted.
fn word_of(word: &str) -> Option<Cow<'_, str>> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:,@%+=".contains(letter);
    let bare = !word.is_empty() && word.chars().all(plain);
    if bare { Some(Cow::Borrowed(word)) } else { quote(word).map(Cow::Owned) }
}

/// Whether a text holds the marker of a secret.
pub fn holds_secret(text: &str) -> bool {
    text.contains(OPEN)
}

/// Whether a text holds a bad token that is made from a caller's own, which no variable holds.
pub fn holds_forged(text: &str) -> bool {
    parts(text).iter().any(|part| matches!(part, Part::Secret(name) if Secrets::is_harmless(&Secrets::marker(name))))
}

/// Quotes a piece of a body for `printf '%b'`, which turns the escapes back into bytes.
pub fn printf_argument(text: &str) -> String {
    let mut quoted = String::from("'");
    for character in text.chars() {
        match character {
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if character == '\'' || is_hidden(character) => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(quoted, "\\0{byte:03o}");
                }
            }
            _ => quoted.push(character),
        }
    }
    quoted + "'"
}

/// The shell variable that stands for a secret.
pub fn variable(name: &str) -> String {
    if name == "full" {
        return "SAIL_ACCESS_TOKEN".to_owned();
    }
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' };
    let name: String = name.chars().map(letter).collect();
    format!("{name}_TOKEN")
}

enum Part<'a> {
    Text(&'a str),
    Secret(&'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once(OPEN) {
        let Some((name, after)) = from.split_once(CLOSE) else { break };
        parts.extend((!before.is_empty()).then_some(Part::Text(before)));
        parts.push(Part::Secret(name));
        rest = after;
    }
    parts.extend((!rest.is_empty()).then_some(Part::Text(rest)));
    parts
}

fn double(parts: &[Part<'_>]) -> String {
    let piece = |part: &Part<'_>| match part {
        Part::Text(text) => (*text).to_owned(),
        Part::Secret(name) => format!("${{{}}}", variable(name)),
    };
    let inner: String = parts.iter().map(piece).collect();
    let whole = match parts {
        [.., Part::Secret(name)] => {
            let named = variable(name);
            inner.strip_suffix(&format!("${{{named}}}")).map(|before| format!("{before}${named}")).unwrap_or(inner)
        }
        _ => inner,
    };
    format!("\"{whole}\"")
}

fn single(parts: &[Part<'_>]) -> String {
    let piece = |part: &Part<'_>| match part {
        Part::Text(text) => format!("'{}'", text.replace('\'', r"'\''")),
        Part::Secret(name) => format!("\"${}\"", variable(name)),
    };
    if parts.is_empty() { "''".to_owned() } else { parts.iter().map(piece).collect() }
}

#[cfg(test)]
mod tests {
    use super::{printf_argument, quote, replay};

    #[test]
    fn quotes_carry_every_printed_character() {
        assert_eq!(quote("a b").unwrap(), "'a b'");
        assert_eq!(quote("it's $HOME `x` \\").unwrap(), r"'it'\''s $HOME `x` \'");
        assert_eq!(quote("").unwrap(), "''");
        assert_eq!(quote("a\u{202e}b"), None);
        assert_eq!(quote("a\nb"), None);
    }

    #[test]
    fn a_command_carries_the_flags_that_it_needs() {
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let plain = words(&["--config", "a/c.toml", "--run-dir", "-"]);
        assert_eq!(replay("6c60", &plain).unwrap(), "tenantcheck replay 6c60 --config a/c.toml --run-dir -");
        let odd = words(&["--contract", "it's mine", "--config", "a\nb", "--run-dir", ""]);
        assert_eq!(replay("6c60", &odd).unwrap(), r"tenantcheck replay 6c60 --contract 'it'\''s mine' --run-dir ''");
        assert_eq!(replay("x; rm", &[]).unwrap(), "tenantcheck replay 'x; rm'");
    }

    #[test]
    fn a_secret_is_a_variable_never_a_value() {
        assert_eq!(
            quote("Authorization: Bearer {{secret full}}").unwrap(),
            r#""Authorization: Bearer $SAIL_ACCESS_TOKEN""#
        );
        assert_eq!(quote("{{secret limited}}x").unwrap(), r#""${LIMITED_TOKEN}x""#);
        assert_eq!(quote("$a{{secret full}}b").unwrap(), r#"'$a'"$SAIL_ACCESS_TOKEN"'b'"#);
        assert_eq!(quote("{{secret full").unwrap(), "'{{secret full'");
    }

    #[test]
    fn a_body_is_spelled_out_for_printf() {
        assert_eq!(printf_argument("a'b\\\r\n\u{feff}\0"), r"'a\0047b\\\r\n\0357\0273\0277\0000'");
    }
}
