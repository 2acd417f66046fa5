//! One cause: what was promised, what came, where, and how to see it again.

use super::escape::{block, code, prose};
use crate::event::Judged;
use crate::report::page::{Look, Witness, command, count, evidence, smaller, start};
use crate::verdict::{Finding, Stability};

const NAMED: usize = 5;
const EVIDENCE: usize = 6_000;
const COMMAND: usize = 4_000;

/// A rule that is broken at one place of an operation, and the cases that show it.
#[derive(Debug)]
pub struct Cause {
    finding: Finding,
    place: String,
    clause: String,
    /// The command that sends it again.
    again: Option<String>,
    /// What was combined in the request.
    combined: String,
    curl: Result<Vec<String>, String>,
    evidence: String,
    cases: u64,
    others: Vec<String>,
}

impl Cause {
    /// The cause that a finding is the first to show.
    pub fn new(finding: &Finding, witness: &Witness, look: Look) -> Self {
        let seen = witness.exchange(finding.exchange);
        let curl = seen.ok_or_else(|| "the request is in the event log".to_owned());
        Self {
            place: String::new(),
            clause: finding.clause.clone(),
            again: witness.again(finding),
            combined: seen.map(|seen| seen.exchange.probe.defects.join(" + ")).unwrap_or_default(),
            curl: curl.and_then(|seen| command(&seen.exchange.probe, seen.sent, witness.target())),
            evidence: start(&evidence(finding, witness, look), EVIDENCE).to_owned(),
            finding: Finding { nearest: None, ..finding.clone() },
            cases: 0,
            others: Vec::new(),
        }
    }

    /// Counts a case that shows it. The first one says where it is promised.
    pub fn judge(&mut self, judged: &Judged) {
        self.cases += 1;
        let place = &judged.place;
        if judged.case != self.finding.case {
            self.others.extend((self.others.len() < NAMED).then(|| judged.case.clone()));
        } else if !place.path.is_empty() {
            self.place = format!("{}:{}:{}", place.path, place.line, place.column);
        }
        if self.clause.is_empty() {
            self.clause.clone_from(&judged.clause);
        }
    }

    /// Its part of the page, with or without the request and the answer.
    pub fn block(&self, number: usize, whole: bool) -> String {
        let finding = &self.finding;
        let mut lines = vec![format!("\n### {number}\\. {} {}\n", code(&finding.rule), prose(&finding.title))];
        if !self.clause.is_empty() {
            lines.push(format!("> {}\n", prose(&words(&self.clause))));
        }
        lines.push(format!("- case: {}{}", code(&finding.case), self.also_in()));
        lines.extend((!self.place.is_empty()).then(|| format!("- promised in: {}", code(&self.place))));
        let at = finding.pointer.as_ref().filter(|pointer| !pointer.is_empty());
        lines.extend(at.map(|pointer| format!("- at: {}", code(pointer))));
        lines.push(format!("- expected: {}", code(&finding.expected)));
        lines.push(format!("- received: {}", code(&finding.received)));
        lines.extend(finding.takes().map(|takes| format!("- it takes {}", prose(&takes))));
        lines.extend((!self.combined.is_empty()).then(|| format!("- combined: {}", code(&self.combined))));
        lines.extend(finding.shrunk.map(|shrunk| format!("- {}", smaller(shrunk))));
        lines.push(format!("- {}\n", self.marks()));
        lines.push(block("sh", &self.again()));
        if whole && !self.evidence.is_empty() {
            let evidence = block("text", self.evidence.trim_end());
            lines.push(format!("<details><summary>Request and answer</summary>\n\n{evidence}\n</details>\n"));
        }
        lines.join("\n")
    }

    fn also_in(&self) -> String {
        let others = self.cases.saturating_sub(1);
        if others == 0 {
            return String::new();
        }
        let named: Vec<String> = self.others.iter().map(|case| code(case)).collect();
        let more = if others > named.len() as u64 { ", …" } else { "" };
        format!(", and {}: {}{more}", count(others, "other case"), named.join(", "))
    }

    fn marks(&self) -> String {
        let finding = &self.finding;
        let stability = match finding.stability {
            Stability::Stable => "stable",
            Stability::Flaky => "flaky",
            Stability::Once => "seen once",
        };
        let erratum = finding.erratum.as_ref().map(|id| format!(", erratum {}", code(id))).unwrap_or_default();
        format!("{}, {stability}, fingerprint {}{erratum}", finding.level, code(&finding.fingerprint))
    }

    /// The commands that send it again: ours, then curl's or why there is none.
    fn again(&self) -> String {
        let curl = match &self.curl {
            Ok(lines) => lines.join("\n"),
            Err(why) => format!("# no curl line: {why}"),
        };
        let curl = if curl.len() > COMMAND { "# no curl line: it is too long for this page".to_owned() } else { curl };
        self.again.iter().cloned().chain([curl]).collect::<Vec<_>>().join("\n")
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
