//! What fails a run: the level of a finding, `--strict`, and what is known.

use super::baseline::List;
use crate::check::STRICT_NOTES;
use crate::plan::Plan;
use crate::verdict::{Finding, Level};

/// What a finding is measured by.
#[derive(Clone, Copy)]
pub(super) struct Measure<'a> {
    pub(super) strict: bool,
    pub(super) list: Option<&'a List>,
    pub(super) plan: &'a Plan,
    pub(super) seed: u64,
}

impl Measure<'_> {
    /// Settles whether a finding alone fails the run. What would not fail it anyway is not known either.
    pub(super) fn settle(self, mut finding: Finding) -> Finding {
        let news = finding.erratum.is_some() || STRICT_NOTES.contains(&finding.rule.as_str());
        finding.failing = match finding.level {
            Level::Must => true,
            Level::Should => self.strict,
            Level::Note => self.strict && news,
        };
        let known = self.list.and_then(|list| list.known(&finding, self.plan, self.seed));
        finding.known = known.filter(|_| finding.failing);
        finding.failing &= finding.known.as_ref().is_none_or(|known| known.expired || known.elsewhere);
        finding
    }
}
