//! The table of cases: what is broken first, then what could not be judged, then what held.

use super::findings::Findings;
use super::spelled::short;
use crate::event::Judged;
use crate::report::page::thousands;
use serde::Serialize;

/// More rows than these, one number for what held and one for the rest, are counted only.
const ROWS: usize = 1_500;
const LINKS: usize = 6;
const NAME: usize = 300;
const WORD: usize = 12;

/// The cases of a run.
#[derive(Debug, Default)]
pub struct Cases {
    odd: Vec<Row>,
    held: Vec<Row>,
    left_out: u64,
}

/// One case.
#[derive(Debug, Serialize)]
pub struct Row {
    case: String,
    operation: String,
    title: String,
    verdict: String,
    why: String,
    requests: u64,
    levels: String,
    links: Vec<Link>,
    more: String,
    #[serde(skip)]
    fingerprints: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Link {
    anchor: String,
    rule: String,
}

impl Cases {
    /// Takes the verdict of a case.
    pub fn add(&mut self, judged: &Judged) {
        let list = if judged.verdict == "held" { &mut self.held } else { &mut self.odd };
        if list.len() == ROWS {
            self.left_out += 1;
            return;
        }
        let mut fingerprints = judged.findings.clone();
        fingerprints.dedup();
        list.push(Row {
            case: short(&judged.case, NAME),
            operation: short(&judged.operation, NAME),
            title: short(&judged.title, NAME),
            verdict: short(if judged.known { "known" } else { &judged.verdict }, WORD),
            why: short(judged.why.as_deref().unwrap_or_default(), NAME),
            requests: judged.requests,
            levels: String::new(),
            links: Vec::new(),
            more: String::new(),
            fingerprints,
        });
    }

    /// Every operation that has a case here, in order.
    pub fn operations(&self) -> Vec<String> {
        let mut all: Vec<String> = self.odd.iter().chain(&self.held).map(|row| row.operation.clone()).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The rows of what did not hold, in order, and of what held, linked to their findings.
    pub fn rows(&mut self, findings: &Findings) -> (&[Row], &[Row]) {
        self.odd.sort_by_key(|row| match row.verdict.as_str() {
            "broken" => 0,
            "known" => 1,
            "inconclusive" => 2,
            _ => 3,
        });
        self.odd.iter_mut().chain(&mut self.held).for_each(|row| row.link(findings));
        (&self.odd, &self.held)
    }

    /// What is left out, in one sentence; empty where nothing is.
    pub fn left_out(&self) -> String {
        match self.left_out {
            0 => String::new(),
            more => format!("{} more cases are left out here; the event log has them all.", thousands(more)),
        }
    }
}

impl Row {
    fn link(&mut self, findings: &Findings) {
        let mut levels: Vec<String> = Vec::new();
        let mut all: Vec<Link> = Vec::new();
        for id in &self.fingerprints {
            levels.extend(findings.level(id).map(|level| level.to_string()).filter(|level| !levels.contains(level)));
            let link = findings.anchor(id).map(|(anchor, rule)| Link { anchor: anchor.into(), rule: rule.into() });
            all.extend(link.filter(|link| all.iter().all(|other| other.anchor != link.anchor)));
        }
        let more = all.len().saturating_sub(LINKS);
        self.more = if more > 0 { format!("and {more} more") } else { String::new() };
        all.truncate(LINKS);
        (self.links, self.levels) = (all, levels.join(" "));
    }
}
