//! A text of a TOML file that knows where each of its characters stands.

use std::ops::Range;

/// A text of a TOML file, perhaps with pieces of a row put in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The text.
    pub text: String,
    /// Where the whole string stands in the file, quotes included.
    pub token: Range<usize>,
    origins: Vec<Origin>,
}

/// Where a stretch of the text comes from; it ends where the next begins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    from: usize,
    place: Stand,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stand {
    /// The stretch stands in the file as it is, from this byte on.
    Exact(usize),
    /// The stretch is written with escapes somewhere in this range.
    Within(Range<usize>),
}

impl Phrase {
    /// Takes a string as it stands in a file's content.
    pub fn new(text: &str, token: Range<usize>, content: &str) -> Self {
        let raw = content.get(token.clone()).unwrap_or_default();
        let place = inner(raw)
            .filter(|(_, inner)| *inner == text)
            .map_or_else(|| Stand::Within(token.clone()), |(skipped, _)| Stand::Exact(token.start + skipped));
        Self { text: text.to_owned(), token, origins: vec![Origin { from: 0, place }] }
    }

    /// Cuts a stretch out; the whole string stays where it stands.
    pub fn cut(&self, range: Range<usize>) -> Self {
        let mut part = Self { token: self.token.clone(), ..Self::default() };
        part.append(self, range);
        part
    }

    /// Puts a stretch of another phrase at the end.
    pub fn append(&mut self, other: &Self, range: Range<usize>) {
        let Some(text) = other.text.get(range.clone()) else { return };
        for (origin, end) in other.stretches() {
            let (start, end) = (origin.from.max(range.start), end.min(range.end));
            if start < end {
                let place = match &origin.place {
                    Stand::Exact(at) => Stand::Exact(at + (start - origin.from)),
                    Stand::Within(within) => Stand::Within(within.clone()),
                };
                self.origins.push(Origin { from: self.text.len() + (start - range.start), place });
            }
        }
        self.text.push_str(text);
    }

    /// The place in the file of a range of the text.
    pub fn span(&self, range: Range<usize>, content: &str) -> Range<usize> {
        let found = self.stretches().find(|(origin, end)| origin.from <= range.start && range.start < *end);
        let Some((origin, end)) = found else { return self.token.clone() };
        match &origin.place {
            Stand::Exact(at) => {
                let start = at + (range.start - origin.from);
                start..start + (range.end.min(end) - range.start)
            }
            Stand::Within(within) => {
                let wanted = self.text.get(range).unwrap_or_default();
                let at = content.get(within.clone()).and_then(|raw| raw.find(wanted)).filter(|_| !wanted.is_empty());
                at.map_or_else(|| within.clone(), |at| within.start + at..within.start + at + wanted.len())
            }
        }
    }

    fn stretches(&self) -> impl Iterator<Item = (&Origin, usize)> {
        let ends = self.origins.iter().skip(1).map(|origin| origin.from).chain([self.text.len()]);
        self.origins.iter().zip(ends)
    }
}

/// What stands between the quotes of a TOML string, and how many bytes stand before it.
fn inner(raw: &str) -> Option<(usize, &str)> {
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| raw.starts_with(quote))?;
    let body = raw.get(quote.len()..)?.strip_suffix(quote)?;
    let lead =
        if quote.len() == 1 { body } else { body.strip_prefix("\r\n").or(body.strip_prefix('\n')).unwrap_or(body) };
    Some((quote.len() + body.len() - lead.len(), lead))
}

#[cfg(test)]
mod tests {
    use super::Phrase;

    fn spanned(content: &str, text: &str, wanted: &str) -> String {
        let phrase = Phrase::new(text, 4..content.len(), content);
        let at = text.find(wanted).unwrap();
        content.get(phrase.span(at..at + wanted.len(), content)).unwrap().to_owned()
    }

    #[test]
    fn a_plain_string_points_into_itself() {
        assert_eq!(spanned("a = \"x {{y}}\"", "x {{y}}", "{{y}}"), "{{y}}");
        assert_eq!(spanned("a = '''\nx {{y}}'''", "x {{y}}", "{{y}}"), "{{y}}");
    }

    #[test]
    fn a_string_with_escapes_points_at_the_same_words_else_at_itself() {
        assert_eq!(spanned(r#"a = "\t{{y}}""#, "\t{{y}}", "{{y}}"), "{{y}}");
        assert_eq!(spanned(r#"a = "\u007b{y}}""#, "{{y}}", "{{y}}"), r#""\u007b{y}}""#);
    }

    #[test]
    fn stretches_of_several_strings_point_each_into_its_own() {
        let content = "a = 'one' # 'two'";
        let (one, two) = (Phrase::new("one", 4..9, content), Phrase::new("two", 12..17, content));
        let mut both = one.cut(1..3);
        both.append(&two, 0..3);
        assert_eq!((both.text.as_str(), both.span(2..5, content)), ("netwo", 13..16));
        assert_eq!(both.span(0..2, content), 6..8);
    }
}
