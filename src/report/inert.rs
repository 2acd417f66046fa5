//! JSON in which every character that could act on a terminal stands as an escape.

use super::visible::is_hidden;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;
use std::io::{self, Write};

struct Inert;

impl Formatter for Inert {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, character)| is_hidden(*character)) {
            let (before, from) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = from.get(hidden.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Writes a value as one line of JSON, without a line end.
pub fn write<W: Write>(writer: W, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(writer, Inert)).map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_acts_on_a_terminal_is_escaped_and_read_back_the_same() {
        let text = "a\u{9b}31m\u{7f}\u{202e}\u{e0041}\u{1b}[0m \u{e4}\u{1f331}\n\"";
        let mut written = Vec::new();
        super::write(&mut written, &text).unwrap();
        let json = String::from_utf8(written).unwrap();
        let escaped = "\"a\\u009b31m\\u007f\\u202e\\udb40\\udc41\\u001b[0m \u{e4}\u{1f331}\\n\\\"\"";
        assert_eq!(json, escaped);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
