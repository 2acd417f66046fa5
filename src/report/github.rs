//! GitHub's annotations: a workflow command for each cause, at the place of the first case that shows it.

use super::face::Face;
use super::grade::Grade;
use super::page::{count, start};
use super::pending::Pending;
use super::visible::visible;
use crate::contract::Place;
use crate::event::{Event, Judged};
use crate::verdict::Finding;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// GitHub shows no more of one level for a step.
const SHOWN: usize = 10;
/// No more causes are told apart.
const KNOWN: usize = 10_000;
const MESSAGE: usize = 1_000;

/// The face that writes workflow commands.
pub struct Github<W: Write> {
    out: W,
    pending: Pending,
    known: BTreeSet<String>,
    told: [u64; 3],
    finished: bool,
}

impl<W: Write> Github<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self { out, pending: Pending::default(), known: BTreeSet::new(), told: [0; 3], finished: false }
    }

    fn annotate(&mut self, finding: &Finding, place: &Place) -> io::Result<()> {
        if self.known.len() >= KNOWN || !self.known.insert(finding.fingerprint.clone()) {
            return Ok(());
        }
        let grade = Grade::of(finding);
        let Some(told) = Grade::ALL.iter().position(|other| *other == grade).and_then(|at| self.told.get_mut(at))
        else {
            return Ok(());
        };
        *told += 1;
        if *told > SHOWN as u64 {
            return Ok(());
        }
        writeln!(self.out, "::{} {}::{}", word(grade), properties(finding, place), data(&message(finding)))
    }

    fn case(&mut self, judged: &Judged) -> io::Result<()> {
        self.pending.take(&judged.case).iter().try_for_each(|finding| self.annotate(finding, &judged.place))
    }

    fn close(&mut self) -> io::Result<()> {
        for finding in self.pending.rest() {
            self.annotate(&finding, &Place::default())?;
        }
        let more = Grade::ALL.iter().zip(self.told).filter_map(|(grade, told)| {
            let more = told.saturating_sub(SHOWN as u64);
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
            Event::Case(judged) => self.case(judged)?,
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
    let end = place.column + place.width.max(1);
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
