//! The formats that schemas may name and that are judged here: what a text of each must look like.

use super::instant::Instant;
use oxilangtag::LanguageTag;

/// One format.
pub struct Format {
    /// Its name in schemas.
    pub name: &'static str,
    /// What is expected, for people.
    pub expected: &'static str,
    /// A text that conforms.
    pub plain: &'static str,
    /// Whether a text conforms.
    pub holds: fn(&str) -> bool,
}

/// RFC 3339 with a zone.
pub const DATE_TIME: Format = Format {
    name: "date-time",
    expected: "a date-time of RFC 3339 with a zone, such as 2020-01-01T00:00:00Z",
    plain: "2020-01-01T00:00:00Z",
    holds: |text| Instant::read(text).is_some(),
};

/// A well-formed BCP 47 language tag.
pub const LANGUAGE_TAG: Format = Format {
    name: "language-tag",
    expected: "a BCP 47 language tag, such as en-US",
    plain: "en-US",
    holds: |text| LanguageTag::parse(text).is_ok(),
};

/// Every format.
pub const ALL: [Format; 2] = [DATE_TIME, LANGUAGE_TAG];

#[cfg(test)]
mod tests {
    use super::LANGUAGE_TAG;

    #[test]
    fn well_formed_tags_are_right_and_others_are_not() {
        for tag in
            ["en", "en-US", "EN-us", "und", "zh-Hant-TW", "de-CH-1996", "x-own", "i-klingon", "en-a-bb-x-y", "es-419"]
        {
            assert!((LANGUAGE_TAG.holds)(tag), "{tag}");
        }
        for text in ["", "en_US", "en-", "-en", "e", "englishlanguage", "en US", "*", "de-DE.UTF-8", "\u{e4}n"] {
            assert!(!(LANGUAGE_TAG.holds)(text), "{text}");
        }
    }
}
