//! One operation: finds a control that works, then asks case after case.

use super::Court;
use super::inquire::{Ahead, Outcome, Standing};
use super::tally::GivenUp;
use super::unserved::Unserved;
use crate::contract::{Case, Template};
use crate::event::{Event, Judged};
use crate::evidence::{Conclusion, Condition};
use crate::exchange::{Probe, Purpose};
use crate::gate::{names_real_thing, shows_credential};
use crate::plan::{Phase, Planned, Scope, Stage, Subject, probe};
use crate::verdict::{Finding, Level, Verdict};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// What is known of the control of one thing.
#[derive(Default, Clone)]
pub(super) struct Footing {
    pub(super) standing: Option<Standing>,
    subject: Option<Subject>,
    /// Why no control worked, once one was tried.
    pub(super) failed: Option<String>,
    unserved: Option<Unserved>,
    /// Controls that wait for their verdict until one of them worked.
    waiting: Vec<(Planned, Outcome)>,
    /// The control of each pair that may be served, where one works at all.
    own: Arc<Vec<(Subject, Standing)>>,
}

impl Footing {
    /// What the control is about, and the control itself.
    pub(super) fn known(&self) -> (Option<&Subject>, Option<&Standing>) {
        (self.subject.as_ref(), self.standing.as_ref())
    }

    /// The control that a case is measured by: the one about its own pair where there is one.
    fn standing(&self, planned: &Planned) -> Option<&Standing> {
        let own = |subject| self.own.iter().find(|(other, _)| other == subject).map(|(_, standing)| standing);
        let own = planned.subject.as_ref().and_then(own);
        self.standing.as_ref().map(|first| own.unwrap_or(first))
    }
}

/// What is known of each thing of the world that cases name.
#[derive(Default)]
pub(super) struct Footings(BTreeMap<String, Footing>);

impl Footings {
    fn of(&mut self, case: &Case) -> &mut Footing {
        self.0.entry(case.thing().unwrap_or_default().to_owned()).or_default()
    }

    /// The footing of the case's own thing, or else any that stands.
    pub(super) fn under(&self, case: &Case) -> Footing {
        let own = self.0.get(case.thing().unwrap_or_default());
        let standing = || self.0.values().find(|footing| footing.standing.is_some());
        let known = own.filter(|footing| footing.standing.is_some() || footing.failed.is_some());
        known.or_else(standing).cloned().unwrap_or_default()
    }
}

impl<'a> Court<'a> {
    /// Asks every case of one operation but those of the fuzz phase; what is known of its controls then.
    pub(super) async fn stage(&mut self, stage: &Stage) -> Footings {
        self.second_chance().await;
        let mut footings = Footings::default();
        let (controls, others): (Vec<_>, Vec<_>) = stage.cases.iter().partition(|planned| planned.case.control);
        let things: BTreeSet<_> = stage.cases.iter().filter(|planned| planned.selected).map(thing).collect();
        let controls: Vec<_> = controls.into_iter().filter(|planned| things.contains(&thing(planned))).collect();
        for planned in &controls {
            let footing = footings.of(&planned.case);
            if planned.selected || footing.standing.is_none() || stage.leans_on(planned) {
                self.control(planned, footing).await;
            }
        }
        for planned in controls {
            let footing = footings.of(&planned.case);
            Arc::make_mut(&mut footing.own).extend(self.own(planned));
        }
        for footing in footings.0.values_mut() {
            self.release(footing);
            self.tally.controls.add(footing.standing.is_some(), footing.unserved.take());
        }
        let others = others.into_iter().filter(|planned| planned.phase != Phase::Fuzz).collect();
        self.others(others, &footings).await;
        footings
    }

    /// Asks the cases that are no controls: sent ahead of their turn, judged in their order.
    async fn others(&mut self, others: Vec<&Planned>, footings: &Footings) {
        let mut waiting = others.into_iter();
        let mut under_way = VecDeque::new();
        let mut phase = None;
        loop {
            while under_way.len() < self.job.jobs {
                let Some(planned) = waiting.next() else { break };
                if phase.replace(planned.phase).is_some_and(|before| before != planned.phase) {
                    self.second_chance().await;
                }
                let footing = footings.under(&planned.case);
                let ahead = self.ready(planned, &footing).map(|probe| self.ahead(probe));
                under_way.push_back((planned, footing, ahead));
            }
            let Some((planned, footing, ahead)) = under_way.pop_front() else { return };
            self.other(planned, &footing, ahead).await;
        }
    }

    pub(super) fn ahead(&mut self, probe: Arc<Probe>) -> Ahead {
        let alone = self.rests.get(&probe.operation).is_some_and(|rest| rest.needed().is_some());
        let room = self.job.jobs > 1 && !alone && self.line.has_room();
        let flight = room.then(|| self.line.launch(&probe).ok()).flatten();
        Ahead { probe, flight }
    }

    pub(super) async fn control(&mut self, planned: &Planned, footing: &mut Footing) {
        if planned.skip.is_some() && !planned.selected {
            return;
        }
        let probe = match self.ready(planned, footing) {
            Ok(probe) => probe,
            Err(verdict) => return self.tell(planned, concluded(verdict), 0),
        };
        self.shrinks.due = self.shrinks.due.saturating_sub(u64::from(planned.selected));
        let ahead = Ahead { probe: Arc::clone(&probe), flight: None };
        let outcome = self.alone(planned, footing, ahead).await;
        if outcome.served && footing.standing.is_none() {
            footing.standing = Some(Standing { case: planned.case.clone(), probe });
            footing.subject.clone_from(&planned.subject);
        }
        if !outcome.status.is_some_and(|status| (200..300).contains(&status)) {
            self.unserved.extend(planned.subject.clone());
        }
        if footing.standing.is_none() {
            let unserved = Unserved::of(planned, &outcome);
            footing.failed = Some(unserved.failed());
            footing.unserved = Some(unserved);
        }
        footing.waiting.push((planned.clone(), outcome));
        if footing.standing.is_some() {
            self.release(footing);
        }
    }

    /// The control of a pair that was served, or was not asked for yet.
    fn own(&self, planned: &Planned) -> Option<(Subject, Standing)> {
        let subject = planned.subject.clone().filter(|subject| !self.unserved.contains(subject))?;
        let probe = planned.skip.is_none().then(|| self.build(planned, None).ok()).flatten()?;
        Some((subject, Standing { case: planned.case.clone(), probe: Arc::new(probe) }))
    }

    /// Tells the verdicts that waited. Where no control worked, a wrong status of a control proves nothing.
    fn release(&mut self, footing: &mut Footing) {
        for (planned, mut outcome) in std::mem::take(&mut footing.waiting) {
            if let (None, Some(why)) = (&footing.standing, &footing.failed) {
                outcome.conclusion = excuse(outcome.conclusion, &planned.case, why);
            }
            self.tally.excused |= outcome.conclusion.excused;
            if planned.selected {
                self.tell(&planned, outcome.conclusion, outcome.requests);
            }
        }
    }

    async fn other(&mut self, planned: &Planned, footing: &Footing, ahead: Result<Ahead, Verdict>) {
        self.shrinks.due = self.shrinks.due.saturating_sub(u64::from(planned.skip.is_none()));
        let limited = ahead.as_ref().ok().and_then(|ahead| self.throttled(&ahead.probe));
        let ahead = match (ahead, self.halted().or(limited)) {
            (Ok(ahead), None) => ahead,
            (Err(verdict), _) => return self.tell(planned, concluded(verdict), 0),
            (Ok(ahead), Some(verdict)) => {
                ahead.flight.iter().for_each(|flight| self.line.recall(flight));
                return self.tell(planned, concluded(verdict), 0);
            }
        };
        let outcome = self.alone(planned, footing, ahead).await;
        if self.is_to_part(planned, &outcome) {
            self.part(planned, footing, outcome).await;
        } else {
            let outcome = self.shrink(planned, footing.known(), outcome).await;
            self.tell(planned, outcome.conclusion, outcome.requests);
        }
    }

    pub(super) async fn alone(&mut self, planned: &Planned, footing: &Footing, ahead: Ahead) -> Outcome {
        let probe = Arc::clone(&ahead.probe);
        let outcome = self.inquire(&planned.case, ahead, footing.standing(planned)).await;
        self.tally.lost |= outcome.conclusion.lost;
        self.tally.excused |= outcome.conclusion.excused;
        if let Some(why) = outcome.conclusion.throttled.clone() {
            self.tally.throttled.insert(probe.caller.clone().unwrap_or_default(), GivenUp { why, probe });
        }
        outcome
    }

    /// A request that several defects share says which one it is about only if it is served. What is only worth
    /// knowing, or known, has to do with none of them.
    fn is_to_part(&self, planned: &Planned, outcome: &Outcome) -> bool {
        let judged = matches!(outcome.conclusion.verdict, Verdict::Held | Verdict::Broken { .. });
        let note = |finding: &Finding| {
            let news = finding.level == Level::Note || finding.erratum.is_some();
            !finding.failing && (news || finding.is_known())
        };
        let clear = outcome.served && outcome.conclusion.findings.iter().all(note);
        !planned.members.is_empty() && judged && !clear && self.halted().is_none()
    }

    /// Asks each of those that share a request by itself. What none of them shows alone is told of all together.
    async fn part(&mut self, planned: &Planned, footing: &Footing, shared: Outcome) {
        let mut shown = Vec::new();
        for member in &planned.members {
            match self.ready(member, footing) {
                Err(verdict) => self.tell(member, concluded(verdict), 0),
                Ok(probe) => {
                    let outcome = self.alone(member, footing, Ahead { probe, flight: None }).await;
                    let outcome = self.shrink(member, footing.known(), outcome).await;
                    shown.extend(outcome.conclusion.findings.iter().map(|finding| finding.rule.clone()));
                    self.tell(member, outcome.conclusion, outcome.requests);
                }
            }
        }
        let mut shared = shared;
        shared.conclusion.findings.retain(|finding| !shown.contains(&finding.rule));
        shared.conclusion.verdict = match Verdict::of(&shared.conclusion.findings) {
            Verdict::Held => {
                let why = "it was refused or broke, so what shares it was sent one by one".to_owned();
                Verdict::Skipped { why }
            }
            broken => broken,
        };
        let shared = self.shrink(planned, footing.known(), shared).await;
        self.tell(planned, shared.conclusion, shared.requests);
    }

    /// Why nothing more is sent for a probe's caller, if so; whoever shows no good credential counts as one caller.
    pub(super) fn throttled(&self, probe: &Probe) -> Option<Verdict> {
        let given_up = self.tally.throttled.get(probe.caller.as_deref().unwrap_or_default())?;
        Some(Verdict::Inconclusive { why: format!("its caller was given up: {}", given_up.why) })
    }

    /// Asks once for every caller that was given up, and takes it up again where that is not limited any more.
    pub(super) async fn second_chance(&mut self) {
        for (caller, given_up) in std::mem::take(&mut self.tally.throttled) {
            let answer = self.line.send(&given_up.probe, Purpose::Control).await;
            if answer.is_ok_and(|exchange| !matches!(self.line.condition(&exchange), Condition::Limited(_))) {
                continue;
            }
            self.tally.throttled.insert(caller, given_up);
        }
    }

    /// Why nothing more is sent, if so.
    pub(super) fn halted(&self) -> Option<Verdict> {
        let why = match (self.line.interrupted, self.tally.lost) {
            (true, _) => "interrupted",
            (_, true) => "the target was lost",
            _ => return None,
        };
        Some(Verdict::Inconclusive { why: why.to_owned() })
    }

    /// The probe of a case, or the verdict that it gets without one.
    pub(super) fn ready(&self, planned: &Planned, footing: &Footing) -> Result<Arc<Probe>, Verdict> {
        if let Some(skip) = &planned.skip {
            return Err(Verdict::Skipped { why: skip.why.clone() });
        }
        if let Some(verdict) = self.halted() {
            return Err(verdict);
        }
        if let (Some(why), None, true, false) =
            (&footing.failed, &footing.standing, depends(&planned.case), planned.case.control)
        {
            return Err(Verdict::Inconclusive { why: format!("no control worked: {why}") });
        }
        let probe = self.build(planned, footing.subject.as_ref())?;
        if let Some(verdict) = self.throttled(&probe) {
            return Err(verdict);
        }
        if !self.job.ground.gate.urls && shows_credential(&probe) {
            let why = "it has a credential in its URL, which only a target on loopback is shown".to_owned();
            return Err(Verdict::Skipped { why });
        }
        let real = names_real_thing(&probe, self.job.ground.world);
        match real.filter(|_| self.writes(planned) && !self.job.ground.gate.writes) {
            Some(key) => Err(Verdict::Skipped {
                why: format!("it names `{key}` of [world] and would write to it; --allow-writes allows that"),
            }),
            None => Ok(Arc::new(probe)),
        }
    }

    fn writes(&self, planned: &Planned) -> bool {
        self.job.contract.operation(&planned.case.operation).is_none_or(|operation| operation.writes)
    }

    /// Builds the probe of a case.
    pub(super) fn build(&self, planned: &Planned, control: Option<&Subject>) -> Result<Probe, Verdict> {
        probe(&self.scope(planned, control)?).map_err(|error| Verdict::Skipped { why: error.to_string() })
    }

    /// What the probe of a case depends on.
    pub(super) fn scope<'p>(&self, planned: &'p Planned, control: Option<&'p Subject>) -> Result<Scope<'p>, Verdict>
    where
        'a: 'p,
    {
        let unknown = || Verdict::Skipped { why: "the contract has no such operation or version".to_owned() };
        let operation = self.job.contract.operation(&planned.case.operation).ok_or_else(unknown)?;
        let version = self.job.versions.get(&operation.id).unwrap_or(&operation.default_version);
        let path = operation.versions.get(version).ok_or_else(unknown)?;
        let stands = |own: &&Subject| planned.case.control || control.is_none() || !self.unserved.contains(*own);
        Ok(Scope {
            operation,
            id: &planned.case.id,
            case: &planned.case,
            recipe: planned.recipe.as_ref(),
            path,
            base_path: self.job.target.base_path(),
            world: self.job.ground.world,
            gate: self.job.ground.gate,
            subject: planned.subject.as_ref().filter(stands).or(control),
            seed: self.job.seed,
            candidate: planned.candidate,
        })
    }

    /// Counts and tells what a case has come to.
    pub(super) fn tell(&mut self, planned: &Planned, conclusion: Conclusion, requests: u64) {
        for finding in &conclusion.findings {
            self.line.tell(Event::Finding(Box::new(finding.clone())));
        }
        self.close(planned, conclusion, requests);
    }

    /// Counts and tells what a case has come to, whose findings are told already.
    pub(super) fn close(&mut self, planned: &Planned, conclusion: Conclusion, requests: u64) {
        let case = &planned.case;
        self.note_told(&conclusion.findings);
        if matches!(conclusion.verdict, Verdict::Held | Verdict::Broken { .. }) {
            self.judged.insert(case.id.clone());
            self.whole.extend((!conclusion.partial).then(|| case.id.clone()));
        }
        self.tally.count(planned, &conclusion, depends(case));
        let findings = conclusion.findings.into_iter().map(|finding| finding.fingerprint).collect();
        let judged = Judged {
            case: case.id.clone(),
            family: case.family.clone(),
            expect: case.expect.clone(),
            operation: case.operation.clone(),
            title: case.title.clone(),
            clause: case.clause.clone(),
            place: case.place.clone(),
            requests,
            findings,
            ..Judged::default()
        };
        self.line.tell(Event::Case(judged.with(&conclusion.verdict)));
    }
}

fn thing(planned: &Planned) -> String {
    planned.case.thing().unwrap_or_default().to_owned()
}

/// Whether a case says nothing unless a valid request works.
fn depends(case: &Case) -> bool {
    case.request.path.values().any(Template::needs_world)
}

/// A conclusion without findings.
pub(super) fn concluded(verdict: Verdict) -> Conclusion {
    Conclusion { verdict, ..Conclusion::default() }
}

fn excuse(conclusion: Conclusion, case: &Case, why: &str) -> Conclusion {
    let own = |rule: &str| rule == case.expect.rule;
    let findings: Vec<_> = conclusion.findings.into_iter().filter(|finding| !own(&finding.rule)).collect();
    let why = conclusion.verdict.why().map_or_else(|| format!("no control worked: {why}"), ToOwned::to_owned);
    let verdict = Verdict::Inconclusive { why }.merge(Verdict::of(&findings));
    Conclusion { verdict, findings, partial: true, ..conclusion }
}
