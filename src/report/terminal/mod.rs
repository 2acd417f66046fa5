//! The terminal: silent while promises hold, a line for each broken case, a page for each cause, one line at the end.

mod coverage;
mod flood;
mod fold;
mod fuzz;
mod progress;
mod quiet;
mod summary;
mod unjudged;

use super::face::Face;
use super::known::KnownFailures;
use super::page::{Causes, Look, Sheet, Tone, Witness, count, duration};
use crate::event::{Coverage, Event, Extent, Judged, Start, Summary};
use crate::verdict::Finding;
use fold::Fold;
pub use progress::Progress;
pub use quiet::Quiet;
use std::collections::BTreeMap;
use std::io::{self, Write};
pub use unjudged::Unjudged;

/// More causes than this have no page of their own.
const PAGES: usize = 50;

/// How the terminal is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether escape codes may be written.
    pub color: bool,
    /// The width in columns.
    pub width: usize,
    /// Whether a line of progress is drawn on standard error.
    pub progress: bool,
}

/// What the findings of a case that is not judged yet say, in few words.
struct Open {
    rule: String,
    first: String,
    more: u64,
    /// Whether the case was told to be broken already, as in a campaign.
    told: bool,
}

/// The face for a person at a terminal.
pub struct Terminal<W: Write> {
    out: W,
    look: Look,
    progress: Progress,
    witness: Witness,
    causes: Causes,
    open: BTreeMap<String, Open>,
    fold: Fold,
    known: KnownFailures,
    quiet: Quiet,
    unjudged: Unjudged,
    /// Whether the run is a campaign of its own.
    campaign: bool,
    coverage: Option<Coverage>,
    concluded: bool,
}

impl<W: Write> Terminal<W> {
    /// Writes to `out`.
    pub fn new(out: W, options: Options) -> Self {
        let look = Look { color: options.color, width: options.width };
        Self {
            out,
            look,
            progress: Progress::new(options.progress),
            witness: Witness::default(),
            causes: Causes::new(look, PAGES),
            open: BTreeMap::new(),
            fold: Fold::default(),
            known: KnownFailures::default(),
            quiet: Quiet::default(),
            unjudged: Unjudged::default(),
            campaign: false,
            coverage: None,
            concluded: false,
        }
    }

    /// Ends the face and gives back what it wrote to.
    pub fn into_inner(self) -> W {
        self.out
    }

    fn say(&mut self, write: impl FnOnce(&mut Sheet)) -> io::Result<()> {
        let mut sheet = Sheet::new(self.look);
        write(&mut sheet);
        let (out, text) = (&mut self.out, sheet.into_text());
        self.progress.aside(|| out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    fn start(&mut self, start: &Start) -> io::Result<()> {
        self.campaign = start.campaign.is_some();
        let strict = if start.strict { " · strict" } else { "" };
        let known = start.baseline.map(|known| format!(" · {}", count(known, "known failure"))).unwrap_or_default();
        let (cases, rules) = (count(start.cases, "case"), count(start.rules, "rule"));
        let (verb, extent) = match start.campaign {
            None => ("checking", String::new()),
            Some(Extent::Requests(requests)) => ("fuzzing", format!(" · {}", count(requests, "request"))),
            Some(Extent::Ms(ms)) => ("fuzzing", format!(" · {}", duration(ms))),
        };
        let told = format!("{verb} {} · {cases} · {rules} · seed {}{extent}{strict}{known}", start.target, start.seed);
        self.say(|sheet| sheet.wrapped(0, Tone::Quiet, &told))
    }

    fn finding(&mut self, finding: &Finding) -> io::Result<()> {
        if finding.failing {
            let fresh = self.causes.add(finding, &self.witness);
            let first = match finding.pointer.as_deref() {
                None | Some("") => format!("{}: received {}", finding.rule, finding.received),
                Some(pointer) => format!("{} at {pointer}: {}", finding.rule, finding.received),
            };
            let rule = finding.rule.clone();
            let open = Open { rule, first: first.clone(), more: 0, told: false };
            let open = self.open.entry(finding.case.clone()).or_insert(open);
            open.more += 1;
            // A campaign may go on for hours.
            if self.campaign && fresh {
                open.told = true;
                return self.say_broken(&finding.case, &format!("  {first}"));
            }
        } else if finding.is_known() {
            self.known.add(finding);
        } else {
            self.quiet.add(finding);
        }
        Ok(())
    }

    fn case(&mut self, judged: &Judged) -> io::Result<()> {
        self.causes.judge(judged);
        let open = self.open.remove(&judged.case);
        match judged.verdict.as_str() {
            "broken" if !judged.known => self.broken(judged, open),
            "broken" | "held" => Ok(()),
            _ => {
                self.unjudged.add(judged);
                Ok(())
            }
        }
    }

    fn broken(&mut self, judged: &Judged, open: Option<Open>) -> io::Result<()> {
        if open.as_ref().is_some_and(|open| open.told || !self.fold.has_line(&open.rule)) {
            return Ok(());
        }
        let told = open.map_or_else(String::new, |open| {
            let more = if open.more > 1 { format!(" (+{})", open.more - 1) } else { String::new() };
            format!("{more}  {}", open.first)
        });
        self.say_broken(&judged.case, &told)
    }

    fn say_broken(&mut self, case: &str, told: &str) -> io::Result<()> {
        self.say(|sheet| {
            sheet.pieces(0, &[(Tone::Bad, "broken"), (Tone::Plain, "  "), (Tone::Strong, case), (Tone::Plain, told)]);
        })
    }

    fn conclude(&mut self, summary: Option<&Summary>) -> io::Result<()> {
        if std::mem::replace(&mut self.concluded, true) {
            return Ok(());
        }
        self.progress.clear();
        let mut sheet = Sheet::new(self.look);
        sheet.append(&self.fold.render(self.look));
        let (known, quiet) = (self.known.render(self.look), self.quiet.render(self.look));
        for part in [self.causes.pages(), known, quiet, self.unjudged.render(self.look)] {
            if !part.is_empty() {
                sheet.append("\n");
                sheet.append(&part);
            }
        }
        sheet.append("\n");
        if let Some(coverage) = &self.coverage {
            coverage::write(&mut sheet, coverage);
        }
        summary::write(&mut sheet, summary);
        self.out.write_all(sheet.into_text().as_bytes())
    }
}

impl<W: Write> Face for Terminal<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.progress.observe(event);
        self.witness.observe(event);
        match event {
            Event::Run(start) => self.start(start),
            Event::Note { text } => self.say(|sheet| sheet.wrapped(0, Tone::Plain, &format!("note: {text}"))),
            Event::Wait { why, ms } => {
                let told = format!("waiting {}: {why}", duration(*ms));
                self.say(|sheet| sheet.wrapped(0, Tone::Odd, &told))
            }
            Event::Finding(finding) => self.finding(finding),
            Event::Flood(flood) => self.say(|sheet| flood::write(sheet, flood)),
            Event::Fuzz(fuzz) => {
                let campaign = self.campaign;
                self.say(|sheet| fuzz::write(sheet, fuzz, campaign))
            }
            Event::Case(judged) => self.case(judged),
            Event::Coverage(coverage) => {
                self.coverage = Some(coverage.clone());
                Ok(())
            }
            Event::Summary(summary) => self.conclude(Some(summary)),
            // Its summary gives the hints.
            Event::Exchange(_) | Event::News { .. } | Event::Baseline(_) => Ok(()),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.conclude(None)?;
        self.out.flush()
    }
}
