//! The line of progress on standard error. Holds numbers only, so nothing of a tenant is in it.

use crate::event::Event;
use crate::report::page::count;
use indicatif::{ProgressBar, ProgressStyle};

/// How far the run is, and the bar that shows it, if one is asked for.
pub struct Progress {
    bar: Option<ProgressBar>,
    cases: u64,
    of: u64,
    requests: u64,
    findings: u64,
}

impl Progress {
    /// Nothing done yet; draws only if asked to.
    pub fn new(drawn: bool) -> Self {
        Self { bar: drawn.then(bar), cases: 0, of: 0, requests: 0, findings: 0 }
    }

    /// Counts an event.
    pub fn observe(&mut self, event: &Event) {
        match event {
            Event::Run(start) => self.of = start.cases,
            Event::Exchange(_) => self.requests += 1,
            Event::Case(_) => self.cases += 1,
            Event::Finding(finding) if finding.failing => self.findings += 1,
            _ => return,
        }
        if let Some(bar) = &self.bar {
            bar.set_message(self.line());
            bar.tick();
        }
    }

    /// Does something else on the terminal while the bar stands aside.
    pub fn aside<R>(&self, deed: impl FnOnce() -> R) -> R {
        match &self.bar {
            Some(bar) => bar.suspend(deed),
            None => deed(),
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn line(&self) -> String {
        let (requests, findings) = (count(self.requests, "request"), count(self.findings, "finding"));
        format!("{}/{} cases · {requests} · {findings}", self.cases, self.of.max(self.cases))
    }
}

fn bar() -> ProgressBar {
    let style =
        ProgressStyle::with_template("{spinner} {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}

#[cfg(test)]
mod tests {
    use super::Progress;
    use crate::event::{Event, Judged, Start};

    #[test]
    fn the_line_counts_cases_requests_and_findings() {
        let mut progress = Progress::new(false);
        progress.observe(&Event::Run(Start { cases: 98, ..Start::default() }));
        progress.observe(&Event::Case(Judged::default()));
        assert_eq!(progress.line(), "1/98 cases · 0 requests · 0 findings");
    }
}
