//! Judges the exchanges of a burst, and the ones after its wait.

use super::{no_collapse, serves_after_wait};
use crate::check::MAY_CHANGE;
use crate::check::fault::Fault;
use crate::check::judge::{Judge, Judgement};
use crate::check::ledger::Ledger;
use crate::contract::Case;
use crate::exchange::{Exchange, Outcome};
use std::time::Duration;

impl Judge {
    /// Judges one exchange of a burst like any other, and that the tenant serves or limits.
    pub fn burst(&self, case: &Case, exchange: &Exchange, ledger: &mut Ledger) -> Judgement {
        let judgement = self.judge(case, exchange, ledger);
        let fault = self.scene(case, exchange).and_then(|scene| no_collapse::judge(&scene));
        self.with(fault, judgement, case, exchange)
    }

    /// Judges the last exchange after an announced wait that did not serve.
    pub fn after_wait(&self, case: &Case, exchange: &Exchange, announced: Duration, ledger: &mut Ledger) -> Judgement {
        let judgement = self.judge(case, exchange, ledger);
        let fault = self.scene(case, exchange).and_then(|scene| serves_after_wait::broken(&scene, announced));
        self.with(fault, judgement, case, exchange)
    }

    /// One cause, one finding: what the fault tells is not told by the other rules besides. That a thing changes by
    /// itself while it is asked for a hundred times says nothing.
    fn with(&self, fault: Option<Fault>, mut judgement: Judgement, case: &Case, exchange: &Exchange) -> Judgement {
        judgement.findings.retain(|finding| !MAY_CHANGE.contains(&finding.rule.as_str()));
        if let (Some(fault), Some(scene)) = (fault, self.scene(case, exchange)) {
            let same = |rule: &str| no_collapse::SAME_CAUSE.contains(&rule) || rule == case.expect.rule;
            judgement.findings.retain(|finding| !same(&finding.rule));
            judgement.findings.insert(0, self.finding(&scene, fault));
        } else if let Outcome::Failed(failure) = &exchange.outcome {
            judgement.undecided = judgement.undecided.or_else(|| Some(format!("no connection: {}", failure.detail)));
        }
        judgement
    }
}
