//! Which cases the user wants, as globs on case ids.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use thiserror::Error;

/// A choice of cases: everything, or what any of the globs matches.
#[derive(Debug, Clone, Default)]
pub struct Select {
    globs: Option<GlobSet>,
    exactly: Option<String>,
}

/// Why a text is no glob.
#[derive(Debug, Error)]
#[error("`{pattern}` is not a glob on case ids: {reason}; write it like `{example}`")]
pub struct SelectError {
    pattern: String,
    reason: String,
    example: &'static str,
}

impl Select {
    /// Reads globs; none at all selects everything. A glob also takes what lies below what it matches.
    pub fn new(patterns: &[String]) -> Result<Self, SelectError> {
        if patterns.is_empty() {
            return Ok(Self::default());
        }
        let mut builder = GlobSetBuilder::new();
        for pattern in patterns {
            let trimmed = pattern.trim_end_matches('/');
            for glob in [trimmed.to_owned(), format!("{trimmed}/**")] {
                let glob = GlobBuilder::new(&glob).literal_separator(false).build();
                builder.add(glob.map_err(|error| wrong(pattern, &error))?);
            }
        }
        let set = builder.build().map_err(|error| wrong(&patterns.join(" "), &error))?;
        Ok(Self { globs: Some(set), exactly: None })
    }

    /// Selects one case by its whole id.
    pub fn exactly(id: &str) -> Self {
        Self { globs: None, exactly: Some(id.to_owned()) }
    }

    /// Whether a case is selected.
    pub fn takes(&self, case: &str) -> bool {
        self.exactly.as_ref().is_none_or(|id| id == case)
            && self.globs.as_ref().is_none_or(|globs| globs.is_match(case))
    }
}

fn wrong(pattern: &str, error: &globset::Error) -> SelectError {
    SelectError { pattern: pattern.to_owned(), reason: error.kind().to_string(), example: "*/credential/**" }
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
    fn a_broken_glob_is_named() {
        let error = Select::new(&["op/[a".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("`op/[a`"), "{error}");
    }
}
