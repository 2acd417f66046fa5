//! Findings and the verdict of a case.

mod expect;
mod finding;
mod known;
mod level;

pub use expect::Expect;
pub use finding::{Finding, Left, Shrunk, Stability, fingerprint, shape, told_apart};
pub use known::Known;
pub use level::Level;

use serde::{Deserialize, Serialize};

/// The verdict of one case. The order is that of the words: when judgements merge, the later wins.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "verdict")]
pub enum Verdict {
    /// Every promise that the case asks about was kept.
    #[default]
    Held,
    /// It was not asked.
    Skipped {
        /// Why, and what would enable it.
        why: String,
    },
    /// It was asked, and the answer decides nothing.
    Inconclusive {
        /// Why.
        why: String,
    },
    /// A rule that fails the run is broken, or would fail it if that were not known.
    Broken {
        /// The findings that fail or are known, at least one.
        findings: Vec<Finding>,
    },
}

impl Verdict {
    /// The word for it, as reports write it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Skipped { .. } => "skipped",
            Self::Inconclusive { .. } => "inconclusive",
            Self::Broken { .. } => "broken",
        }
    }

    /// Held without findings, else broken; only findings that break their case count.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let findings: Vec<Finding> = findings.into_iter().filter(|finding| finding.breaks()).cloned().collect();
        if findings.is_empty() { Self::Held } else { Self::Broken { findings } }
    }

    /// Whether it is broken by known failures only.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Broken { findings } if findings.iter().all(Finding::is_known))
    }

    /// Why it is neither held nor broken.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Skipped { why } | Self::Inconclusive { why } => Some(why),
            Self::Held | Self::Broken { .. } => None,
        }
    }

    /// Merges two judgements of one case: the later word wins, findings of two broken ones add up.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        match (self, other) {
            (Self::Broken { findings: mut all }, Self::Broken { findings }) => {
                all.extend(findings);
                Self::Broken { findings: all }
            }
            (one, other) if other.rank() > one.rank() => other,
            (one, _) => one,
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Held => 0,
            Self::Skipped { .. } => 1,
            Self::Inconclusive { .. } => 2,
            Self::Broken { .. } => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict;

    #[test]
    fn the_later_word_wins_a_merge() {
        let why = String::from("w");
        let words = [
            Verdict::Held,
            Verdict::Skipped { why: why.clone() },
            Verdict::Inconclusive { why },
            Verdict::Broken { findings: Vec::new() },
        ];
        for (earlier, one) in words.iter().enumerate() {
            for (later, other) in words.iter().enumerate() {
                let wanted = words.get(earlier.max(later)).map(Verdict::word);
                assert_eq!(Some(one.clone().merge(other.clone()).word()), wanted);
            }
        }
    }
}
