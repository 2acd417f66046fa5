//! The fuzz phase and the campaign of its own: the cases take turns, and each is told as one.

mod answers;
mod strand;

use super::Court;
use super::inquire::Ahead;
use super::stage::{Footings, concluded};
use crate::event::{Event, Extent, Fuzz};
use crate::evidence::Conclusion;
use crate::plan::{Candidates, LAG, Phase, Planned, Stage};
use crate::verdict::Verdict;
use answers::Table;
use std::collections::VecDeque;
use strand::Strand;

/// A candidate under way: of which strand, and its probe or why there is none.
type UnderWay = (usize, Planned, Result<Ahead, Verdict>);

impl<'a> Court<'a> {
    /// Asks every selected fuzz case, in turns; `footings` are those of the operations, in their order.
    pub(super) async fn fuzz(&mut self, footings: &[Footings]) {
        let (before, began) = (self.line.requests, self.line.elapsed_ms());
        let mut strands = self.strands(footings);
        if strands.is_empty() {
            return;
        }
        let (mut under_way, mut turn, mut table) = (VecDeque::new(), 0, Table::default());
        loop {
            while under_way.len() < self.job.jobs.min(LAG + 1) && self.goes_on(&strands, under_way.len(), began) {
                let Some(next) = self.next(&mut strands, &mut turn) else { break };
                under_way.push_back(next);
            }
            let Some((at, planned, ahead)) = under_way.pop_front() else { break };
            let Some(strand) = strands.get_mut(at) else { break };
            self.candidate(strand, &planned, ahead, &mut table).await;
        }
        self.line.tell(Event::Fuzz(Fuzz {
            candidates: strands.iter().map(|strand| strand.answered).sum(),
            requests: self.line.requests - before,
            ms: self.line.elapsed_ms() - began,
            behaviours: strands.iter().map(Strand::behaviours).sum(),
            answers: table.rows(),
            found: strands.iter().flat_map(Strand::found).collect(),
        }));
        for strand in strands {
            self.end(strand);
        }
    }

    /// The fuzz cases that can be asked; the others are told.
    fn strands(&mut self, footings: &[Footings]) -> Vec<Strand<'a>> {
        let plan = self.job.plan;
        let mut strands = Vec::new();
        for (stage, footings) in plan.operations.iter().zip(footings) {
            for planned in stage.cases.iter().filter(|planned| planned.selected && planned.phase == Phase::Fuzz) {
                match self.strand(planned, stage, footings) {
                    Ok(strand) => strands.push(strand),
                    Err(verdict) => self.tell(planned, concluded(verdict), 0),
                }
            }
        }
        strands
    }

    fn strand(&self, planned: &'a Planned, stage: &Stage, footings: &Footings) -> Result<Strand<'a>, Verdict> {
        let footing = footings.under(&planned.case);
        self.ready(planned, &footing)?;
        let thing = planned.case.thing();
        let controls = stage.cases.iter().filter(|control| control.case.control && control.skip.is_none());
        let alike = controls.filter(|control| control.case.thing() == thing);
        let subjects = alike.filter_map(|control| control.subject.clone());
        let subjects = subjects.filter(|subject| !self.unserved.contains(subject)).collect();
        Ok(Strand::new(planned, footing, Candidates::new(self.scope(planned, None)?, subjects)))
    }

    /// Whether a further candidate is sent when so many are under way. In the shortest time every case has one turn.
    fn goes_on(&self, strands: &[Strand<'a>], under_way: usize, began: u64) -> bool {
        let unasked = || strands.iter().any(|strand| strand.picked == 0);
        let more = match self.job.campaign {
            None => true,
            Some(Extent::Requests(requests)) => self.line.requests + (under_way as u64) < requests,
            Some(Extent::Ms(ms)) => self.line.elapsed_ms() - began < ms || unasked(),
        };
        more && self.halted().is_none()
    }

    /// The next candidate of the case whose turn it is.
    fn next(&mut self, strands: &mut [Strand<'a>], turn: &mut usize) -> Option<UnderWay> {
        let share = if self.job.campaign.is_some() { u64::MAX } else { self.job.plan.share };
        for _ in 0..strands.len() {
            let at = *turn % strands.len();
            *turn += 1;
            let Some(strand) = strands.get_mut(at) else { continue };
            if let Some(planned) = strand.next(share) {
                let ahead = self.ready(&planned, &strand.footing).map(|probe| self.ahead(probe));
                return Some((at, planned, ahead));
            }
        }
        None
    }

    /// Asks one candidate, and tells what is new about it.
    async fn candidate(
        &mut self,
        strand: &mut Strand<'a>,
        planned: &Planned,
        ahead: Result<Ahead, Verdict>,
        table: &mut Table,
    ) {
        let limited = ahead.as_ref().ok().and_then(|ahead| self.throttled(&ahead.probe));
        let ahead = match (ahead, self.halted().or(limited)) {
            (Ok(ahead), None) => ahead,
            (Ok(ahead), Some(verdict)) => {
                ahead.flight.iter().for_each(|flight| self.line.recall(flight));
                strand.take(None, verdict);
                return;
            }
            (Err(verdict), _) => {
                strand.take(None, verdict);
                return;
            }
        };
        let outcome = self.alone(planned, &strand.footing, ahead).await;
        let outcome = self.shrink(planned, strand.footing.known(), outcome).await;
        strand.requests += outcome.requests;
        let behaviour = outcome.first.map(|exchange| {
            let behaviour = self.job.judge.behaviour(&planned.case, &exchange);
            let key = behaviour.key(self.slowness(exchange.timing.total_us));
            table.add(behaviour);
            key
        });
        let Conclusion { verdict, findings, .. } = outcome.conclusion;
        if matches!(verdict, Verdict::Held | Verdict::Broken { .. }) {
            self.drawn.extend(planned.recipe.iter().flat_map(|recipe| recipe.uses.iter().map(|(defect, _)| defect.id)));
        }
        if strand.take(behaviour, verdict) {
            self.line.tell(Event::News { case: planned.case.id.clone(), candidate: planned.candidate });
        }
        for mut finding in findings {
            finding.expect.get_or_insert_with(|| planned.case.expect.clone());
            if strand.find(&finding) {
                self.line.tell(Event::Finding(Box::new(finding)));
            }
        }
    }

    /// How slow an answer was, in steps of a factor of ten. Only a campaign of its own looks at it: what a check sends
    /// must not depend on how busy the machine is.
    fn slowness(&self, total_us: u64) -> u32 {
        self.job.campaign.map_or(0, |_| (total_us / 1_000).max(1).ilog10())
    }

    /// Tells what a case has come to. A campaign that the user ends is over; a phase of a check is not.
    fn end(&mut self, strand: Strand<'a>) {
        let cut_off = self.halted().filter(|_| self.job.campaign.is_none() && strand.picked < self.job.plan.share);
        let (planned, requests) = (strand.planned, strand.requests);
        let (verdict, findings) = strand.conclude();
        let verdict = cut_off.unwrap_or_default().merge(verdict);
        self.close(planned, Conclusion { verdict, findings, ..Conclusion::default() }, requests);
    }
}
