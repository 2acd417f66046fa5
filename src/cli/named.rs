//! Values that a shell completes and that are read as strictly as ever.

use crate::plan::Phase;
use crate::report::Destination;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};
use std::ffi::OsStr;
use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

/// Reads a value as it reads itself, and names to a shell how it may begin.
#[derive(Debug)]
pub(super) struct Named<T> {
    words: Vec<&'static str>,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for Named<T> {
    fn clone(&self) -> Self {
        Self { words: self.words.clone(), value: PhantomData }
    }
}

impl<T> Named<T> {
    /// Values that are one of these words, or begin with one.
    pub(super) fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        Self { words: words.into_iter().collect(), value: PhantomData }
    }
}

impl<T: FromStr<Err: Display> + Clone + Send + Sync + 'static> TypedValueParser for Named<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        let read = |text: &str| text.parse::<T>().map_err(|wrong| wrong.to_string());
        TypedValueParser::parse_ref(&read, command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.words.iter().copied().map(PossibleValue::new)))
    }
}

/// The phases.
pub(super) fn phases() -> Named<Phase> {
    Named::new(Phase::ALL.iter().map(|phase| phase.word()))
}

/// How a report may begin.
const REPORTS: [&str; 8] = ["ndjson=", "json=", "junit=", "sarif=", "har=", "markdown=", "github=", "html="];

/// Reports of any format, as `FORMAT=PATH`.
pub(super) fn reports() -> Named<Destination> {
    Named::new(REPORTS)
}

/// Reads a number from 1 on.
pub(super) fn from_one(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "write a whole number from 1 on".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{REPORTS, from_one};
    use crate::report::Format;

    #[test]
    fn a_shell_is_told_of_every_format() {
        assert_eq!(Format::ALL.iter().map(|format| format!("{format}=")).collect::<Vec<_>>(), REPORTS);
    }

    #[test]
    fn a_number_is_from_1_on() {
        assert_eq!(from_one("1"), Ok(1));
        assert_eq!(from_one("18446744073709551615"), Ok(u64::MAX));
        for text in ["0", "-1", "", "1.5", "18446744073709551616", "many"] {
            assert!(from_one(text).unwrap_err().contains("from 1 on"), "{text}");
        }
    }
}
