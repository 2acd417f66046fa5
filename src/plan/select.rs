//! Which cases the user wants, as globs on case ids.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A choice of cases: everything, or what any of the globs matches.
#[derive(Debug, Clone, Default)]
pub struct Select {
    globs: Option<GlobSet>,
    exactly: Option<String>,
    shard: Option<Shard>,
}

/// One of several equal shares of the cases, by their ids alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which share, from 1.
    number: u64,
    /// How many shares there are.
    of: u64,
}

/// Why a text is no shard.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{0}` is not a shard: write K/N with K from 1 to N, like 1/4")]
pub struct ShardError(String);

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let parsed = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parsed {
            Some((number, of)) if 1 <= number && number <= of => Ok(Self { number, of }),
            _ => Err(ShardError(text.to_owned())),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.of)
    }
}

impl Shard {
    fn takes(self, case: &str) -> bool {
        let digest = ring::digest::digest(&ring::digest::SHA256, case.as_bytes());
        let number = digest.as_ref().iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        number % self.of == self.number - 1
    }
}

/// Why a text is no glob.
#[derive(Debug, Error)]
#[error("`{pattern}` is not a glob on case ids: {reason}; write it like `{example}`")]
pub struct SelectError {
    pattern: String,
    reason: String,
    example: &'static str,
}

const EXAMPLE: &str = "*/credential/**";

impl Select {
    /// Reads globs; none at all selects everything, and an empty one is none. A glob also takes what lies below what it matches.
    pub fn new(patterns: &[String]) -> Result<Self, SelectError> {
        if patterns.is_empty() {
            return Ok(Self::default());
        }
        let mut builder = GlobSetBuilder::new();
        for pattern in patterns {
            let trimmed = pattern.trim_end_matches('/');
            if trimmed.trim().is_empty() {
                return Err(SelectError {
                    pattern: pattern.clone(),
                    reason: "it is empty".to_owned(),
                    example: EXAMPLE,
                });
            }
            for glob in [trimmed.to_owned(), format!("{trimmed}/**")] {
                let glob = GlobBuilder::new(&glob).literal_separator(false).build();
                builder.add(glob.map_err(|error| wrong(pattern, &error))?);
            }
        }
        let set = builder.build().map_err(|error| wrong(&patterns.join(" "), &error))?;
        Ok(Self { globs: Some(set), ..Self::default() })
    }

    /// Selects one case by its whole id.
    pub fn exactly(id: &str) -> Self {
        Self { exactly: Some(id.to_owned()), ..Self::default() }
    }

    /// The same choice, but only one share of it.
    #[must_use]
    pub fn sharded(self, shard: Option<Shard>) -> Self {
        Self { shard, ..self }
    }

    /// Whether a case is selected.
    pub fn takes(&self, case: &str) -> bool {
        self.shard.is_none_or(|shard| shard.takes(case))
            && self.exactly.as_ref().is_none_or(|id| id == case)
            && self.globs.as_ref().is_none_or(|globs| globs.is_match(case))
    }
}

fn wrong(pattern: &str, error: &globset::Error) -> SelectError {
    SelectError { pattern: pattern.to_owned(), reason: error.kind().to_string(), example: EXAMPLE }
}

#[cfg(test)]
mod tests {
    use super::Select;

    fn takes(patterns: &[&str], case: &str) -> bool {
        let patterns: Vec<String> = patterns.iter().map(ToString::to_string).collect();
        Select::new(&patterns).unwrap().takes(case)
    }

    #[test]
    fn globs_select_by_id_and_take_what_lies_below() {
        assert!(takes(&[], "op/a/b"));
        assert!(takes(&["op/*"], "op/a/b"));
        assert!(takes(&["op/a"], "op/a/b") && takes(&["op/a/"], "op/a/b"));
        assert!(takes(&["*/a/*"], "op/a/b"));
        assert!(takes(&["x", "*b"], "op/a/b"));
        assert!(!takes(&["op/b"], "op/a/b") && !takes(&["a"], "op/a/b"));
    }

    #[test]
    fn every_case_is_in_just_one_shard() {
        let ids: Vec<String> = (0..200).map(|number| format!("op/kind/case-{number}")).collect();
        let share = |number: u64| Select::default().sharded(format!("{number}/3").parse().ok());
        let shares: Vec<Select> = (1..=3).map(share).collect();
        assert!(ids.iter().all(|id| shares.iter().filter(|share| share.takes(id)).count() == 1));
        assert!(shares.iter().all(|share| ids.iter().filter(|id| share.takes(id)).count() > 40));
        for text in ["0/3", "4/3", "1", "a/b", "1/0", ""] {
            assert!(text.parse::<super::Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_broken_glob_is_named() {
        let error = Select::new(&["op/[a".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("`op/[a`"), "{error}");
        for empty in ["", " ", "/"] {
            let error = Select::new(&["op/a".to_owned(), empty.to_owned()]).unwrap_err().to_string();
            assert!(error.contains("it is empty"), "{error}");
        }
    }
}
