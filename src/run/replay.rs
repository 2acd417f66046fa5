//! A kept finding, sent and judged again: the same bytes, the same rule, and a control for whoever shows a credential.

use super::bench::Bench;
use super::inquire::{Ahead, Outcome};
use super::line::{Halt, Stop};
use super::stage::{Footing, concluded};
use super::{Court, Exit, Job, start};
use crate::contract::{Case, Request};
use crate::event::{Event, KeptFinding, Start, Summary};
use crate::evidence::Conclusion;
use crate::exchange::{Octets, Probe, Purpose, Secrets, Target};
use crate::gate::shows_credential;
use crate::plan::{self, Plan, Planned};
use crate::verdict::Verdict;
use std::sync::Arc;
use thiserror::Error;

/// A finding that is to be looked for again.
pub struct Replay {
    kept: KeptFinding,
    planned: Planned,
    controls: Vec<Planned>,
    probes: Vec<Arc<Probe>>,
}

/// Why a finding is not sent again.
#[derive(Debug, Error)]
pub enum ReplayError {
    /// It would write to a tenant that is not on loopback.
    #[error(
        "the finding {fingerprint} names a real thing of {target} and would write to it: \
         --allow-writes allows that; use sources of a test tenant"
    )]
    Writes {
        /// The finding.
        fingerprint: String,
        /// The tenant.
        target: String,
    },
    /// It has a credential in a URL, and the tenant is not on loopback.
    #[error(
        "the finding {fingerprint} has a credential in its URL, and {target} is not on loopback: URLs are logged, so it \
         is not sent there; `check` looks at the other places"
    )]
    Shows {
        /// The finding.
        fingerprint: String,
        /// The tenant.
        target: String,
    },
    /// The contract lacks its operation.
    #[error("the contract has no operation `{0}`: name the contract that it was found with by --contract")]
    Operation(String),
}

const UNAUTHORIZED: u16 = 401;

impl Bench {
    /// Prepares a finding for this bench's tenant: nothing of its requests changes but the base path of another
    /// tenant.
    pub fn replay(&self, kept: KeptFinding) -> Result<Replay, ReplayError> {
        let (finding, target) = (&kept.finding, &self.aim.target);
        let operation = &finding.operation;
        if self.contract.operation(operation).is_none() {
            return Err(ReplayError::Operation(operation.clone()));
        }
        let ground = self.ground();
        let probes: Vec<Probe> = kept.probes.iter().map(|probe| rebased(probe, &kept.target, target)).collect();
        let writes = |probe: &Probe| plan::may_write(&self.contract, ground, target, probe);
        if !ground.gate.writes && probes.iter().any(writes) {
            let (fingerprint, target) = (finding.fingerprint.clone(), target.to_string());
            return Err(ReplayError::Writes { fingerprint, target });
        }
        if !ground.gate.urls && probes.iter().any(shows_credential) {
            let (fingerprint, target) = (finding.fingerprint.clone(), target.to_string());
            return Err(ReplayError::Shows { fingerprint, target });
        }
        let controls = plan::controls(&self.contract, &self.cases, ground, operation);
        let planned = plan::spread(&self.contract, &case(&kept), ground.world).into_iter().next();
        let planned = planned.ok_or_else(|| ReplayError::Operation(operation.clone()))?;
        Ok(Replay { planned, controls, probes: probes.into_iter().map(Arc::new).collect(), kept })
    }

    /// Sends a finding again and judges what comes back.
    pub async fn run_replay(&self, replay: &Replay, stop: Stop, emit: &mut dyn FnMut(Event)) -> Summary {
        let nothing = Plan::default();
        let seed = replay.probes.last().map_or(0, |probe| probe.seed);
        let job = Job { seed, strict: self.choice.strict || replay.kept.strict, ..self.job(&nothing) };
        emit(Event::Run(Start { cases: 1, ..start(&job) }));
        let mut court = Court::new(job, stop, emit);
        if court.opens().await {
            court.replay(replay).await;
        }
        let mut summary = court.tally.summary(&court.line, &job);
        if summary.exit == Exit::Nothing.code() {
            summary.exit = Exit::Undecided.code();
        }
        court.line.tell(Event::Summary(summary.clone()));
        summary
    }
}

impl Court<'_> {
    async fn replay(&mut self, replay: &Replay) {
        let before = self.line.requests;
        let here = self.job.target.to_string();
        if here != replay.kept.target && !(self.job.embedded && replay.kept.embedded) {
            let text = format!("It was found at {}, and is sent to {here} now.", replay.kept.target);
            self.line.tell(Event::Note { text });
        }
        let conclusion = self.look_again(replay).await;
        self.tally.lost |= conclusion.lost;
        self.tally.excused |= conclusion.excused;
        self.tell(&replay.planned, conclusion, self.line.requests - before);
    }

    async fn look_again(&mut self, replay: &Replay) -> Conclusion {
        let Some((probe, earlier)) = replay.probes.split_last() else { return Conclusion::default() };
        if let Some(caller) = replay.probes.iter().find_map(|probe| self.unknown_caller(probe)) {
            let why = format!("there is no credential `{caller}`: give [credentials.{caller}] in tenantcheck.toml");
            return undecided(why);
        }
        if let Some(caller) = replay.probes.iter().find_map(|probe| self.unforgeable(probe)) {
            let why = format!("it takes a token of `{caller}` that is a JSON Web Token, and this one is none");
            return undecided(why);
        }
        let footing = self.replay_footing(replay).await;
        if let (None, Some(why), Some(_)) = (&footing.standing, &footing.failed, &probe.caller) {
            return undecided(format!("no control worked: {why}"));
        }
        let case = &replay.planned.case;
        for probe in earlier {
            if let Err(halt) = self.remember(case, probe).await {
                return undecided(halt.why().to_owned());
            }
        }
        self.shrinks.known.remember(&replay.kept.finding);
        // It was seen before, so that once more is no first doubt.
        self.memory.suspect(&replay.kept.finding.rule);
        let ahead = Ahead { probe: Arc::clone(probe), flight: None };
        let outcome = self.inquire(case, ahead, footing.standing.as_ref()).await;
        self.weigh(replay, &footing, probe, outcome)
    }

    fn unknown_caller(&self, probe: &Probe) -> Option<String> {
        let forgers = Secrets::forgers(probe);
        probe.caller.iter().chain(&forgers).find(|caller| !self.job.ground.secrets.has(caller)).cloned()
    }

    /// Whose token a kept request has changed, where the token of today cannot be changed so.
    fn unforgeable(&self, probe: &Arc<Probe>) -> Option<String> {
        let settled = Secrets::forgers(&self.job.wire.settled(probe));
        Secrets::forgers(probe).into_iter().find(|caller| !settled.contains(caller))
    }

    /// The first control that works; the failure of all of them excuses whoever shows the same credential.
    async fn replay_footing(&mut self, replay: &Replay) -> Footing {
        let mut footing = Footing::default();
        for control in &replay.controls {
            if footing.standing.is_none() {
                self.control(control, &mut footing).await;
            }
        }
        footing
    }

    /// Sends what the finding contradicts, so that the rules over several answers have met it.
    async fn remember(&mut self, case: &Case, probe: &Arc<Probe>) -> Result<(), Halt> {
        let exchange = self.line.send(probe, Purpose::Case).await?;
        self.judge(case, &exchange, None);
        Ok(())
    }

    fn weigh(&mut self, replay: &Replay, footing: &Footing, probe: &Probe, outcome: Outcome) -> Conclusion {
        let (kept, conclusion) = (&replay.kept.finding, outcome.conclusion);
        let control = footing.standing.as_ref().and_then(|standing| standing.case.request.caller.as_deref());
        let unproven = probe.caller.is_some() && probe.caller.as_deref() != control;
        if unproven && outcome.status == Some(UNAUTHORIZED) && kept.status != Some(UNAUTHORIZED) {
            let caller = probe.caller.as_deref().unwrap_or_default();
            return undecided(format!("it got 401, and nothing tells whether the token of `{caller}` is still good"));
        }
        let failing = |finding: &&crate::verdict::Finding| finding.failing;
        let again = conclusion.findings.iter().filter(failing).any(|other| other.fingerprint == kept.fingerprint);
        let came = outcome.status.map_or(outcome.last_words, |status| format!("status {status} came"));
        let text = match &conclusion.verdict {
            Verdict::Broken { .. } if again => None,
            Verdict::Broken { .. } => {
                Some(format!("not seen again ({came}), but the same request breaks another rule"))
            }
            Verdict::Held => Some(format!("held: not seen again; {came}")),
            Verdict::Skipped { .. } | Verdict::Inconclusive { .. } => None,
        };
        if let Some(text) = text {
            self.line.tell(Event::Note { text });
        }
        conclusion
    }
}

fn undecided(why: String) -> Conclusion {
    concluded(Verdict::Inconclusive { why })
}

/// The case as far as judging needs it; what it sends is in the probes.
fn case(kept: &KeptFinding) -> Case {
    let caller = kept.probe().and_then(|probe| probe.caller.clone());
    Case {
        id: kept.finding.case.clone(),
        family: kept.family.clone(),
        operation: kept.finding.operation.clone(),
        title: kept.title.clone(),
        clause: kept.finding.clause.clone(),
        place: kept.place.clone(),
        request: Request { caller, ..Request::default() },
        expect: kept.expect.clone(),
        ..Case::default()
    }
}

/// The same request, below the base path of another tenant.
fn rebased(probe: &Probe, found_at: &str, target: &Target) -> Probe {
    let former = Target::parse(found_at).map(|found_at| found_at.base_path().as_bytes().to_vec()).unwrap_or_default();
    let rest = probe.target.0.strip_prefix(former.as_slice()).filter(|rest| rest.starts_with(b"/"));
    let moved = rest.map(|rest| Octets([target.base_path().as_bytes(), rest].concat()));
    Probe { target: moved.unwrap_or_else(|| probe.target.clone()), ..probe.clone() }
}
