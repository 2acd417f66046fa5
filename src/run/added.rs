//! What `--update-baseline` adds to the list after a run is known in every report of that run, so that none is red.

use crate::event::Event;
use crate::verdict::{Finding, Known};
use std::collections::BTreeSet;

/// The reason of an entry until somebody writes another one.
pub const REASON: &str = "nobody has looked at this yet";

/// Tells what fails as known, but for what was known once: an entry that is over is renewed by nobody.
#[derive(Default)]
pub(super) struct Added {
    /// The cases that fail still.
    failing: BTreeSet<String>,
}

impl Added {
    /// The event as reports get it.
    pub(super) fn told(&mut self, event: Event) -> Event {
        match event {
            Event::Finding(finding) if finding.failing => Event::Finding(Box::new(self.finding(*finding))),
            Event::Case(mut judged) if judged.verdict == "broken" => {
                judged.known = !self.failing.contains(&judged.case);
                Event::Case(judged)
            }
            Event::Summary(mut summary) => {
                summary.known = summary.broken.saturating_sub(self.failing.len() as u64);
                Event::Summary(summary)
            }
            other => other,
        }
    }

    fn finding(&mut self, finding: Finding) -> Finding {
        if finding.known.as_ref().is_some_and(|known| known.expired) {
            self.failing.insert(finding.case.clone());
            return finding;
        }
        let reason = finding.known.map_or_else(|| REASON.to_owned(), |known| known.reason);
        let known = Some(Known { reason, added: true, ..Known::default() });
        Finding { failing: false, known, ..finding }
    }
}
