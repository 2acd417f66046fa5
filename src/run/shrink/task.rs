//! One finding whose request is made smaller: which requests may be sent for it, and whether they show it.

use crate::contract::{Case, Expect};
use crate::evidence::Condition;
use crate::exchange::{Probe, Purpose};
use crate::gate::{names_another_thing, names_real_thing};
use crate::plan::{Planned, Scope, material, owed, rendered};
use crate::purse::Pocket;
use crate::run::Court;
use crate::run::inquire::{Ahead, Standing};
use crate::run::line::{Halt, Waiting};
use crate::shrink::{Essence, Freedom, Material, Shape, Shrink};
use crate::verdict::{Finding, Left, Stability};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What is made smaller, and for which finding.
pub(super) struct Task<'a> {
    scope: &'a Scope<'a>,
    planned: &'a Planned,
    finding: &'a Finding,
    freedom: Freedom,
    standing: Option<&'a Standing>,
    material: Material,
    found: Probe,
}

/// A case with the probe that asks it.
type Asked = (Case, Arc<Probe>);

/// What the search for the smallest request has come to.
pub(super) struct Smallest {
    /// That request and the finding that it shows, where it is smaller than the first one.
    pub(super) told: Option<(Arc<Probe>, Finding)>,
    /// What is left in it of what was combined; `None` where it is not known whether all of that is needed.
    pub(super) left: Option<Vec<Left>>,
    /// What is odd in it.
    pub(super) essence: Essence,
}

/// How many requests are kept for asking about the smallest one as about any other.
pub(super) const INQUIRY: u64 = 6;
/// How often the same request meets the limit before it is given up.
const LIMITS: u32 = 3;

impl<'a> Task<'a> {
    /// A task, if the request can be made again from what it is made of.
    pub(super) fn new(
        scope: &'a Scope<'a>,
        planned: &'a Planned,
        finding: &'a Finding,
        freedom: Freedom,
        standing: Option<&'a Standing>,
    ) -> Option<Self> {
        let (base, aids) = material(scope).ok()?;
        let recipe = scope.recipe?.clone();
        let listed = scope.operation.parameters.iter().filter_map(|parameter| parameter.listed.clone()).flatten();
        let material = Material { base, recipe, aids, listed: listed.collect(), writes: scope.operation.writes };
        let found = rendered(&material.whole()?.draft, scope);
        Some(Self { scope, planned, finding, freedom, standing, material, found })
    }

    /// The request that was the first to show the finding.
    pub(super) fn found(&self) -> &Probe {
        &self.found
    }

    fn probe(&self, shape: &Shape) -> Probe {
        let recipe = self.material.recipe(shape);
        rendered(&shape.draft, &Scope { recipe: Some(&recipe), ..*self.scope })
    }

    /// Whether a request may be sent in the place of the one that was found.
    fn is_allowed(&self, probe: &Probe) -> bool {
        let world = self.scope.world;
        let open = !self.scope.operation.writes || self.scope.gate.writes;
        (open || names_real_thing(probe, world).is_none()) && !names_another_thing(probe, &self.found, world)
    }

    /// The case that a smaller request asks; `None` where it may not be sent, or is owed something else.
    fn asked(&self, shape: &Shape) -> Option<Asked> {
        let probe = Some(self.probe(shape)).filter(|probe| self.is_allowed(probe))?;
        let expect = self.expect(shape)?;
        Some((Case { expect, ..self.planned.case.clone() }, Arc::new(probe)))
    }

    /// What the smallest request is made of and needs: where a request without a part of it may not be sent, nothing
    /// tells whether that is needed, unless nothing else is left.
    fn left(&self, best: &Shape) -> Vec<Left> {
        let needed = |place: &&usize| {
            let others = best.kept.iter().copied().filter(|other| other != *place).collect();
            self.material.shape(others).is_none_or(|without| self.is_allowed(&self.probe(&without)))
        };
        let sure: Vec<usize> = best.kept.iter().filter(needed).copied().collect();
        let places = if sure.is_empty() { &best.kept } else { &sure };
        let mut left: Vec<Left> = Vec::new();
        for (defect, _) in places.iter().filter_map(|place| self.material.recipe.uses.get(*place)) {
            if left.iter().all(|known| known.id != defect.id) {
                left.push(Left { id: defect.id.to_owned(), title: defect.title.to_owned() });
            }
        }
        left
    }

    fn essence(&self, best: &Shape) -> Essence {
        let plain = self.material.shape(Vec::new()).map(|plain| self.probe(&plain));
        plain.map(|plain| Essence::of(&self.probe(best), &plain)).unwrap_or_default()
    }

    fn expect(&self, shape: &Shape) -> Option<Expect> {
        let own = &self.planned.case.expect;
        let whole = shape.kept.len() == self.material.recipe.uses.len();
        if self.freedom == Freedom::Any || whole {
            return Some(own.clone());
        }
        let expect = owed(&self.material.recipe(shape), self.scope.operation);
        let breaks = self.finding.status.is_none_or(|status| !expect.statuses.contains(&status));
        let same = self.finding.rule != own.rule || expect.rule == own.rule;
        (breaks && same && expect.level >= own.level).then_some(expect)
    }

    fn is_shown(&self, shown: &Finding) -> bool {
        let wanted = self.finding;
        shown.failing && shown.fingerprint == wanted.fingerprint && shown.status == wanted.status
    }
}

impl Court<'_> {
    /// The smallest request that shows the finding whenever it is asked, and what is left of what was combined.
    pub(super) async fn smallest(&mut self, task: &Task<'_>, most: u64) -> Option<Smallest> {
        let (first, began) = (self.line.requests, Instant::now());
        let mut shrink = Shrink::new(task.material.clone(), task.freedom, most.saturating_sub(INQUIRY))?;
        while let Some(shape) = shrink.smaller() {
            let asked = task.asked(shape);
            if self.line.requests - first + INQUIRY >= most || self.is_late(began.elapsed()) {
                break;
            }
            match asked {
                None => shrink.pass_over(),
                Some(asked) => {
                    let Some(shown) = self.still(task, &asked).await else { break };
                    shrink.hear(shown);
                }
            }
        }
        if self.halted().is_some() {
            return None;
        }
        let left = shrink.is_parted().then(|| task.left(shrink.best()));
        let essence = task.essence(shrink.best());
        if !shrink.is_smaller() {
            return Some(Smallest { told: None, left, essence });
        }
        let (case, probe) = task.asked(shrink.best())?;
        let ahead = Ahead { probe: Arc::clone(&probe), flight: None };
        let asked = self.inquire(&case, ahead, task.standing).await;
        let stable = asked.conclusion.findings.into_iter().filter(|finding| finding.stability == Stability::Stable);
        let shown = stable.into_iter().find(|shown| task.is_shown(shown))?;
        let told = Some((probe, Finding { expect: Some(case.expect), ..shown }));
        Some(Smallest { told, left, essence })
    }

    /// Whether a smaller request shows the finding; `None` where it is no time to go on.
    async fn still(&mut self, task: &Task<'_>, (case, probe): &Asked) -> Option<bool> {
        for _ in 0..=LIMITS {
            let exchange = self.line.send(probe, Purpose::Shrink).await.ok()?;
            let exchange = self.unless_outdated(case, exchange, Purpose::Shrink).await.ok()?;
            let heard = self.judge(case, &exchange, None);
            match &heard.condition {
                Condition::Limited(wait) if !heard.allowed => {
                    let since = heard.sent + heard.took;
                    self.limit(probe, wait.unwrap_or(Duration::from_secs(1)), since).await.ok()?;
                }
                Condition::Silent => {
                    self.line.charge_deadline(heard.took);
                    return None;
                }
                Condition::Lost(_) => return None,
                _ => return Some(heard.findings.iter().any(|shown| task.is_shown(shown))),
            }
        }
        None
    }

    async fn limit(&mut self, probe: &Probe, wait: Duration, since: Duration) -> Result<(), Halt> {
        let caller = probe.caller.as_deref().unwrap_or_default();
        let why = "the tenant's rate limit (429)";
        self.line.wait(&Waiting { why, wait, since, pocket: Pocket::Limits, caller }).await
    }
}
