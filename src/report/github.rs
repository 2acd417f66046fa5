//! GitHub's annotations: a workflow command for each cause, at the place of the first case that shows it, and one for
//! whatever else makes the run fail.

use super::ending::{Reason, reasons};
use super::face::Face;
use super::grade::Grade;
use super::page::{count, start};
use super::pending::Pending;
use super::visible::visible;
use crate::contract::Place;
use crate::event::{Coverage, Event, Judged, Summary};
use crate::verdict::Finding;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// GitHub shows no more of one level for a step.
const SHOWN: usize = 10;
/// No more causes are told apart.
const KNOWN: usize = 10_000;
const MESSAGE: usize = 1_000;

/// When an annotation has its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// It is the first of its rule.
    Rule,
    /// It is the first of its rule in its operation.
    Operation,
    /// Another one tells of its rule and operation already.
    Rest,
}

/// The face that writes workflow commands.
pub struct Github<W: Write> {
    out: W,
    pending: Pending,
    known: BTreeSet<String>,
    told: [u64; 3],
    /// The rules of each grade that have an annotation, and with which operations.
    rules: BTreeSet<(usize, String)>,
    operations: BTreeSet<(usize, String, String)>,
    /// The annotations of findings with their turns; they wait for the end, as what is told there comes first.
    lines: Vec<(usize, Turn, String)>,
    coverage: Option<Coverage>,
    summary: Option<Summary>,
    finished: bool,
}

impl<W: Write> Github<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self {
            out,
            pending: Pending::default(),
            known: BTreeSet::new(),
            told: [0; 3],
            rules: BTreeSet::new(),
            operations: BTreeSet::new(),
            lines: Vec::new(),
            coverage: None,
            summary: None,
            finished: false,
        }
    }

    fn annotate(&mut self, finding: &Finding, place: &Place) {
        if self.known.len() >= KNOWN || !self.known.insert(finding.fingerprint.clone()) {
            return;
        }
        let grade = Grade::of(finding);
        let at = Grade::ALL.iter().position(|other| *other == grade).unwrap_or_default();
        self.told.iter_mut().skip(at).take(1).for_each(|told| *told += 1);
        let turn = self.turn(at, finding);
        if self.lines.iter().filter(|(grade, other, _)| (*grade, *other) == (at, turn)).count() < SHOWN {
            let line = format!("::{} {}::{}", word(grade), properties(finding, place), data(&message(finding)));
            self.lines.push((at, turn, line));
        }
    }

    /// One cause must not take the room of all others.
    fn turn(&mut self, grade: usize, finding: &Finding) -> Turn {
        let (rule, operation) = (finding.rule.clone(), finding.operation.clone());
        let apart = self.operations.insert((grade, rule.clone(), operation));
        match (self.rules.insert((grade, rule)), apart) {
            (true, _) => Turn::Rule,
            (_, true) => Turn::Operation,
            _ => Turn::Rest,
        }
    }

    fn case(&mut self, judged: &Judged) {
        for finding in self.pending.take(&judged.case) {
            self.annotate(&finding, &judged.place);
        }
    }

    fn close(&mut self) -> io::Result<()> {
        for finding in self.pending.rest() {
            self.annotate(&finding, &Place::default());
        }
        let reasons = reasons(self.summary.as_ref(), self.coverage.as_ref());
        let mut left = [SHOWN.saturating_sub(reasons.len()), SHOWN, SHOWN];
        for Reason { id, text } in &reasons {
            writeln!(self.out, "::error title={}::{}", property(id), data(&short(text)))?;
        }
        self.lines.sort_by_key(|(_, turn, _)| *turn);
        for (grade, _, line) in &self.lines {
            let room = left.get_mut(*grade);
            if let Some(room) = room.filter(|room| **room > 0) {
                *room -= 1;
                writeln!(self.out, "{line}")?;
            }
        }
        self.rest(reasons.len() as u64)
    }

    /// Says how many have no annotation, where `taken` errors stand for something else.
    fn rest(&mut self, taken: u64) -> io::Result<()> {
        let taken = [taken, 0, 0];
        let more = Grade::ALL.iter().zip(self.told).zip(taken).filter_map(|((grade, told), taken)| {
            let more = (told + taken).saturating_sub(SHOWN as u64).min(told);
            (more > 0).then(|| count(more, &format!("more {}", word(*grade))))
        });
        let more: Vec<String> = more.collect();
        if more.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "{} without an annotation: GitHub shows {SHOWN} of each", more.join(", "))
    }
}

impl<W: Write> Face for Github<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Finding(finding) => self.pending.add(finding),
            Event::Case(judged) => self.case(judged),
            Event::Coverage(coverage) => self.coverage = Some(coverage.clone()),
            Event::Summary(summary) => self.summary = Some(summary.clone()),
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.finished, true) {
            self.close()?;
        }
        self.out.flush()
    }
}

fn word(grade: Grade) -> &'static str {
    match grade {
        Grade::Error => "error",
        Grade::Warning => "warning",
        Grade::Note => "notice",
    }
}

fn properties(finding: &Finding, place: &Place) -> String {
    let title = format!("title={}", property(&format!("{} {}", finding.rule, finding.case)));
    if place.path.is_empty() {
        return title;
    }
    let end = place.column.saturating_add(place.width.max(1));
    format!("file={},line={},col={},endColumn={end},{title}", property(&place.path), place.line, place.column)
}

fn message(finding: &Finding) -> String {
    let at = finding.pointer.as_ref().filter(|pointer| !pointer.is_empty());
    let at = at.map(|pointer| format!(" at {}", short(pointer))).unwrap_or_default();
    let parts = [&finding.title, &finding.expected, &finding.received].map(|text| short(text));
    let [title, expected, received] = parts;
    let known = finding.known.as_ref().map(|known| format!("\n{}", short(&known.to_string()))).unwrap_or_default();
    let fingerprint = short(&finding.fingerprint);
    format!("{title}\nexpected{at}: {expected}\nreceived: {received}\nfingerprint {fingerprint}{known}")
}

fn short(text: &str) -> String {
    visible(start(text, MESSAGE)).into_owned()
}

/// A message: nothing in it ends the command. Lines of ours stay lines.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property: nothing in it ends the property either.
fn property(text: &str) -> String {
    data(&short(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_ends_a_command_or_a_property_but_we() {
        assert_eq!(data("50% a:b, c\r\nd"), "50%25 a:b, c%0D%0Ad");
        assert_eq!(property("a,b::c%\n"), "a%2Cb%3A%3Ac%25\\n");
    }
}
