//! What a smaller request must keep, so that the rule which it breaks is still owed.

/// What a smaller request must keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freedom {
    /// Nothing: the rule is about any answer, whatever was asked.
    Any,
    /// What is owed: each defect that is left shows in the bytes, and nothing else is irregular.
    Owed,
}

/// Rules about one answer, whatever was asked; a layer stands for all of its rules.
const ANY: &[&str] = &[
    "answer.no-server-error",
    "answer.http",
    "answer.complete",
    "body",
    "envelope",
    "headers",
    "identity.same-id",
    "identity.type",
    "identity.date-time",
    "identity.times-in-order",
];
/// Rules about what a certain request is owed.
const OWED: &[&str] =
    &["answer.expected-status", "answer.listed-status", "answer.no-redirect", "refusal", "credential"];
/// Rules that need more than one answer, or one that cannot be had again on demand.
const NEVER: &[&str] = &["envelope.tracking-id-unique", "headers.retry-after", "headers.retry-after-long"];

impl Freedom {
    /// What a request that breaks a rule must keep; `None` where a smaller one would prove nothing.
    pub fn of(rule: &str) -> Option<Self> {
        let layer = rule.split('.').next().unwrap_or_default();
        let among = |rules: &[&str]| rules.contains(&rule) || rules.contains(&layer);
        match () {
            () if among(NEVER) => None,
            () if among(ANY) => Some(Self::Any),
            () if among(OWED) => Some(Self::Owed),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Freedom;

    #[test]
    fn a_rule_over_several_answers_or_about_time_is_not_shrunk() {
        let several = ["envelope.tracking-id-unique", "identity.repeatable", "identity.unique-ids", "rate.no-collapse"];
        for rule in several.into_iter().chain(["answer.in-time", "else"]) {
            assert_eq!(Freedom::of(rule), None, "{rule}");
        }
        for rule in ["body.schema", "identity.same-id"] {
            assert_eq!(Freedom::of(rule), Some(Freedom::Any), "{rule}");
        }
        assert_eq!(Freedom::of("refusal.missing-upload"), Some(Freedom::Owed));
    }
}
