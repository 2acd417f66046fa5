//! The words of a text, however its lines are broken.

/// The text with each stretch of blanks and line breaks as one blank, and none at its ends.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The values of an enumeration such as `Possible values: [one , two ]`, sorted, without null.
pub fn listed(sentence: &str) -> Option<Vec<String>> {
    let (_, values) = sentence.split_once(": [")?;
    let values = values.strip_suffix(']')?.split(',').map(str::trim).filter(|value| *value != "null");
    let mut values: Vec<String> = values.map(ToOwned::to_owned).collect();
    values.sort_unstable();
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::{listed, plain};

    #[test]
    fn a_line_break_is_a_blank() {
        assert_eq!(plain(" a\r\nb  c\n"), "a b c");
    }

    #[test]
    fn an_enumeration_is_its_values() {
        assert_eq!(listed("Possible values: [B , A ,null ]"), Some(vec!["A".into(), "B".into()]));
        assert_eq!(listed("A sentence: with a colon."), None);
    }
}
