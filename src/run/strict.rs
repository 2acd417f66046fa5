//! What `--strict` turns into failures.

use crate::verdict::{Finding, Level};

/// Settles whether a finding alone fails the run.
pub(super) fn settle(mut finding: Finding, strict: bool, promoted: &[&str]) -> Finding {
    let news = finding.erratum.is_some() || promoted.contains(&finding.rule.as_str());
    finding.failing = match finding.level {
        Level::Must => true,
        Level::Should => strict,
        Level::Note => strict && news,
    };
    finding
}
