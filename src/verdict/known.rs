//! What a list of known failures says of a finding.

use serde::{Deserialize, Serialize};

/// What a list of known failures says of a finding that would fail the run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Why it is known, in the words of whoever listed it.
    pub reason: String,
    /// The last day on which the entry holds, UTC: `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Whether that day is over, so that the finding fails again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub expired: bool,
    /// Whether the entry names the cases that it is about, and this is none of them, so that the finding fails.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elsewhere: bool,
    /// Whether this very run writes it into the list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub added: bool,
}

impl std::fmt::Display for Known {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.elsewhere {
            return write!(formatter, "known in other cases, not in this one: {}", self.reason);
        }
        if self.added {
            return write!(formatter, "known once --update-baseline has listed it after this run: {}", self.reason);
        }
        match (&self.until, self.expired) {
            (Some(until), true) => write!(formatter, "it was known until {until}, and fails since then")?,
            (Some(until), false) => write!(formatter, "known until {until}")?,
            (None, _) => write!(formatter, "known")?,
        }
        write!(formatter, ": {}", self.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::Known;

    #[test]
    fn it_is_told_with_its_day_and_its_reason() {
        let known = Known { reason: "ABC-1".into(), until: None, ..Known::default() };
        assert_eq!(known.to_string(), "known: ABC-1");
        let dated = Known { until: Some("2026-12-31".into()), ..known };
        assert_eq!(dated.to_string(), "known until 2026-12-31: ABC-1");
        let over = Known { expired: true, ..dated.clone() };
        assert_eq!(over.to_string(), "it was known until 2026-12-31, and fails since then: ABC-1");
        let added = Known { added: true, ..dated.clone() };
        assert_eq!(added.to_string(), "known once --update-baseline has listed it after this run: ABC-1");
        let elsewhere = Known { elsewhere: true, ..dated };
        assert_eq!(elsewhere.to_string(), "known in other cases, not in this one: ABC-1");
    }
}
