//! The values that must never be written down, and the markers that stand for them.

use super::{Octets, disguise};
use std::collections::BTreeMap;

/// Secrets by name. Has no `Display`, and its `Debug` shows names only.
#[derive(Clone, Default)]
pub struct Secrets(BTreeMap<String, Vec<u8>>);

const OPEN: &[u8] = b"{{secret ";
const CLOSE: &[u8] = b"}}";

impl std::fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl Secrets {
    /// Remembers a secret; an empty value is none.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) {
        let value = value.into();
        if !value.is_empty() {
            self.0.insert(name.into(), value);
        }
    }

    /// Whether there is a secret of that name.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The marker that stands for a secret.
    pub fn marker(name: &str) -> String {
        format!("{{{{secret {name}}}}}")
    }

    /// Puts the secrets in where their markers stand; a marker of an unknown name stays.
    pub fn fill(&self, bytes: &[u8]) -> Vec<u8> {
        let mut filled = Vec::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some(start) = find(rest, OPEN) {
            let (before, marked) = rest.split_at(start);
            filled.extend_from_slice(before);
            let name_on = marked.get(OPEN.len()..).unwrap_or_default();
            let named = find(name_on, CLOSE).and_then(|end| {
                let name = std::str::from_utf8(name_on.get(..end)?).ok()?;
                Some((self.0.get(name)?, name_on.get(end + CLOSE.len()..)?))
            });
            if let Some((value, after)) = named {
                filled.extend_from_slice(value);
                rest = after;
            } else {
                filled.extend_from_slice(OPEN);
                rest = name_on;
            }
        }
        filled.extend_from_slice(rest);
        filled
    }

    /// Replaces every secret by its marker, longest secrets first, also where it is escaped.
    pub fn mask(&self, octets: &Octets) -> Octets {
        let mut named: Vec<_> = self.0.iter().collect();
        named.sort_by_key(|(_, value)| std::cmp::Reverse(value.len()));
        let mut bytes = octets.0.clone();
        for (name, value) in named {
            let marker = Self::marker(name);
            if find(&bytes, value).is_some() {
                bytes = replace(&bytes, value, marker.as_bytes());
            }
            bytes = disguise::replace(&bytes, value, marker.as_bytes()).unwrap_or(bytes);
        }
        Octets(bytes)
    }

    /// Replaces every secret by its marker in a text.
    pub fn mask_text(&self, text: &str) -> String {
        self.mask(&text.into()).text().into_owned()
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

fn replace(bytes: &[u8], wanted: &[u8], by: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = find(rest, wanted) {
        let (before, after) = rest.split_at(at);
        replaced.extend_from_slice(before);
        replaced.extend_from_slice(by);
        rest = after.get(wanted.len()..).unwrap_or_default();
    }
    replaced.extend_from_slice(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::Secrets;

    fn secrets() -> Secrets {
        let mut secrets = Secrets::default();
        secrets.insert("full", "abc");
        secrets.insert("limited", "abcdef");
        secrets
    }

    #[test]
    fn markers_are_filled_and_unknown_ones_stay() {
        let filled = secrets().fill(b"a {{secret full}} b {{secret nobody}} {{secret ");
        assert_eq!(filled, b"a abc b {{secret nobody}} {{secret ");
    }

    #[test]
    fn the_longer_secret_is_masked_first() {
        assert_eq!(secrets().mask_text("abcdef, abc"), "{{secret limited}}, {{secret full}}");
    }

    #[test]
    fn an_escaped_secret_is_masked_as_well() {
        assert_eq!(
            secrets().mask_text(r"abc, \u0061b%63, \u0061b\u0063de%66"),
            "{{secret full}}, {{secret full}}, {{secret limited}}"
        );
    }

    #[test]
    fn debug_shows_no_value() {
        assert!(!format!("{:?}", secrets()).contains("abc"));
    }
}
