//! The line of progress on standard error. Holds numbers only, so nothing of a tenant is in it.

use crate::event::Event;
use crate::report::page::{count, thousands};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

/// How far the run is, and the bar that shows it, if one is asked for.
pub struct Progress {
    bar: Option<ProgressBar>,
    cases: u64,
    of: u64,
    requests: u64,
    findings: u64,
    /// Answers of a campaign that were like none before.
    news: u64,
    /// When the campaign began, where the run is one.
    campaign: Option<Instant>,
    /// When a campaign told last how far it is, where no bar shows it, counted from its beginning.
    told: Duration,
}

/// How often a campaign tells how far it is, where no bar shows it.
const EVERY: Duration = Duration::from_secs(30);

impl Progress {
    /// Nothing done yet; draws only if asked to.
    pub fn new(drawn: bool) -> Self {
        Self {
            bar: drawn.then(bar),
            cases: 0,
            of: 0,
            requests: 0,
            findings: 0,
            news: 0,
            campaign: None,
            told: Duration::ZERO,
        }
    }

    /// Counts an event.
    pub fn observe(&mut self, event: &Event) {
        match event {
            Event::Run(start) => {
                self.of = start.cases;
                self.campaign = start.campaign.map(|_| Instant::now());
            }
            Event::News { .. } => self.news += 1,
            Event::Exchange(_) => self.requests += 1,
            Event::Case(_) => self.cases += 1,
            Event::Finding(finding) if finding.failing => self.findings += 1,
            _ => return,
        }
        if let Some(bar) = &self.bar {
            bar.set_message(self.line());
            bar.tick();
        } else if let Some(line) = self.campaign.and_then(|began| self.due(began.elapsed())) {
            // Whoever reads no further misses nothing.
            let _ = writeln!(io::stderr(), "{line}");
        }
    }

    /// The line of a campaign that goes on for so long, where it is time for one.
    fn due(&mut self, took: Duration) -> Option<String> {
        (took >= self.told + EVERY).then(|| {
            self.told = took;
            format!("{} s: {}", thousands(took.as_secs()), self.line())
        })
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
        match self.campaign.map(|began| began.elapsed()) {
            Some(took) => {
                format!("{requests}{} · {} new · {findings}", rate(self.requests, took), thousands(self.news))
            }
            None => format!("{}/{} cases · {requests} · {findings}", self.cases, self.of.max(self.cases)),
        }
    }
}

/// How many a second, once there is a second to tell it by.
fn rate(requests: u64, took: Duration) -> String {
    let second = requests.checked_div(took.as_secs()).map(thousands);
    second.map(|second| format!(" · {second} a second")).unwrap_or_default()
}

fn bar() -> ProgressBar {
    let style =
        ProgressStyle::with_template("{spinner} {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}

#[cfg(test)]
mod tests {
    use super::{Progress, rate};
    use crate::event::{Event, Extent, Judged, Start};
    use std::time::Duration;

    #[test]
    fn the_line_counts_cases_requests_and_findings() {
        let mut progress = Progress::new(false);
        progress.observe(&Event::Run(Start { cases: 98, ..Start::default() }));
        progress.observe(&Event::Case(Judged::default()));
        assert_eq!(progress.line(), "1/98 cases · 0 requests · 0 findings");
    }

    #[test]
    fn a_campaign_counts_requests_their_rate_what_is_new_and_findings() {
        let mut progress = Progress::new(false);
        progress.observe(&Event::Run(Start { campaign: Some(Extent::Requests(9)), ..Start::default() }));
        progress.observe(&Event::News { case: "widgets/fuzz".into(), candidate: 3 });
        assert_eq!(progress.line(), "0 requests · 1 new · 0 findings");
        assert_eq!(rate(1_500, Duration::from_secs(3)), " · 500 a second");
    }

    #[test]
    fn a_campaign_without_a_bar_tells_at_most_every_half_a_minute_how_far_it_is() {
        let mut progress = Progress::new(false);
        progress.observe(&Event::Run(Start { campaign: Some(Extent::Requests(9)), ..Start::default() }));
        let mut told = (0..100).filter_map(|second| progress.due(Duration::from_secs(second)));
        assert_eq!(told.next().unwrap(), "30 s: 0 requests · 0 new · 0 findings");
        assert_eq!(told.count(), 2);
    }
}
