//! How one of two runs that are compared goes on its way: a few lines, and the rest is for the comparison.

use crate::event::{Event, Start, Summary};
use crate::report::face::Face;
use crate::report::page::{Look, Sheet, Tone, count, duration};
use crate::report::terminal::{Options, Progress};
use std::io::{self, Write};

/// The face that tells how one of two runs goes, each line under its name.
pub struct Along<W: Write> {
    out: W,
    look: Look,
    progress: Progress,
    name: &'static str,
    config: String,
}

impl<W: Write> Along<W> {
    /// Tells of the run of that name and configuration.
    pub fn new(out: W, options: Options, name: &'static str, config: String) -> Self {
        let look = Look { color: options.color, width: options.width };
        Self { out, look, progress: Progress::new(options.progress), name, config }
    }

    fn say(&mut self, told: &str) -> io::Result<()> {
        let mut sheet = Sheet::new(self.look);
        sheet.wrapped(0, Tone::Quiet, &format!("{}: {told}", self.name));
        let (out, text) = (&mut self.out, sheet.into_text());
        self.progress.aside(|| out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    fn start(&mut self, start: &Start) -> io::Result<()> {
        let (cases, config) = (count(start.cases, "case"), &self.config);
        self.say(&format!("checking {} of {config} · {cases} · seed {}", start.target, start.seed))
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.progress.clear();
        let Summary { held, broken, skipped, inconclusive, requests, ms, exit, .. } = *summary;
        let verdicts = [("held", held), ("broken", broken), ("skipped", skipped), ("inconclusive", inconclusive)];
        let verdicts = verdicts.iter().filter(|(_, number)| *number > 0);
        let mut told: Vec<String> = verdicts.map(|(verdict, number)| format!("{verdict} {number}")).collect();
        told.extend([count(requests, "request"), duration(ms), format!("exit {exit}")]);
        self.say(&told.join(" · "))
    }
}

impl<W: Write> Face for Along<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.progress.observe(event);
        match event {
            Event::Run(start) => self.start(start),
            Event::Note { text } => self.say(&format!("note: {text}")),
            Event::Wait { why, ms } => self.say(&format!("waiting {}: {why}", duration(*ms))),
            Event::Summary(summary) => self.end(summary),
            _ => Ok(()),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.progress.clear();
        self.out.flush()
    }
}
