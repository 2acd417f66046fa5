//! The language of messages, chosen from `Accept-Language`.

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

/// A language that the tenant's messages exist in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// American English, the default.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Japanese.
    Japanese,
}

/// A language and how it was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The language.
    pub language: Language,
    /// Whether the request asked for it.
    pub requested: bool,
}

impl Language {
    const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Japanese];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en-US",
            Self::German => "de",
            Self::French => "fr",
            Self::Japanese => "ja",
        }
    }

    /// The language that a range such as `de-AT` asks for, by its primary subtag.
    fn of_range(range: &str) -> Option<Self> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| primary(language.tag()) == primary(range))
    }
}

impl Choice {
    /// What is used when the request asks for nothing that there is.
    pub const DEFAULT: Self = Self { language: Language::English, requested: false };

    /// How the language was chosen, as `localeOrigin` has it.
    pub fn origin(self) -> &'static str {
        if self.requested { "REQUEST" } else { "DEFAULT" }
    }

    /// Chooses the language with the greatest weight; of equal ones the first. What cannot be read is passed over.
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
        let mut best = (0, Self::DEFAULT);
        for (language, weight) in values.flat_map(|value| value.split(',')).filter_map(item) {
            if weight > best.0 {
                best = (weight, Self { language, requested: true });
            }
        }
        best.1
    }
}

/// A language and its weight in thousandths, from an item such as `de-AT;q=0.7`.
fn item(text: &str) -> Option<(Language, u16)> {
    let (range, parameter) = text.split_once(';').unwrap_or((text, "q=1"));
    let (name, value) = parameter.split_once('=')?;
    let weight = if name.trim().eq_ignore_ascii_case("q") { thousandths(value.trim())? } else { return None };
    Some((Language::of_range(range.trim())?, weight))
}

fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let weight = format!("{whole}{fraction:0<3}").parse().ok()?;
    (weight <= 1000).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn chosen(values: &[&str]) -> (&'static str, &'static str) {
        let headers =
            values.iter().map(|value| (ACCEPT_LANGUAGE, HeaderValue::from_str(value).unwrap())).collect::<HeaderMap>();
        let choice = Choice::of(&headers);
        (choice.language.tag(), choice.origin())
    }

    #[test]
    fn the_heaviest_language_that_there_is_wins() {
        assert_eq!(chosen(&["ja"]), ("ja", "REQUEST"));
        assert_eq!(chosen(&["da, fr;q=0.8, DE-AT ; Q=0.85"]), ("de", "REQUEST"));
        assert_eq!(chosen(&["en-GB"]), ("en-US", "REQUEST"));
        assert_eq!(chosen(&["fr;q=0.5", "ja;q=0.501"]), ("ja", "REQUEST"));
        assert_eq!(chosen(&["fr,ja"]), ("fr", "REQUEST"));
    }

    #[test]
    fn what_there_is_not_gives_the_default() {
        for value in
            ["", "*", "da", "de;q=0", "deu", ";;;", "de;q=2", "de;q=x", "de;level=1", "fr;q=0.0001", "-", "*;q=0.1"]
        {
            assert_eq!(chosen(&[value]), ("en-US", "DEFAULT"), "{value}");
        }
        assert_eq!(chosen(&[]), ("en-US", "DEFAULT"));
    }
}
