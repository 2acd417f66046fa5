//! What a service did wrong, as a page to act on.

use crate::contract::Case;
use crate::event::{Event, Judged, Start};
use crate::exchange::Exchange;
use crate::report::{Look, failure_page};
use crate::verdict::Finding;
use std::fmt::{Debug, Display, Formatter, Result};
use std::sync::Arc;

/// What a service did wrong. Shown in either way it is the failure page.
pub struct Failure {
    /// The rules that are broken, at least one.
    pub findings: Vec<Finding>,
    page: String,
}

impl Failure {
    /// Puts the page together; `exchanges` are those that show the findings.
    pub(super) fn new(case: &Case, exchanges: [Exchange; 2], findings: Vec<Finding>) -> Self {
        let start = Start { target: "a service in process".to_owned(), ..Start::default() };
        let judged = Judged {
            case: case.id.clone(),
            operation: case.operation.clone(),
            title: case.title.clone(),
            clause: case.clause.clone(),
            place: case.place.clone(),
            verdict: "broken".to_owned(),
            requests: exchanges.len() as u64,
            findings: findings.iter().map(|finding| finding.fingerprint.clone()).collect(),
            ..Judged::default()
        };
        let exchanges = exchanges.into_iter().map(|exchange| Event::Exchange(Arc::new(exchange)));
        let told = findings.iter().map(|finding| Event::Finding(Box::new(finding.clone())));
        let events: Vec<Event> =
            [Event::Run(start)].into_iter().chain(exchanges).chain(told).chain([Event::Case(judged)]).collect();
        Self { page: failure_page(&events, Look::default()), findings }
    }
}

impl Display for Failure {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        formatter.write_str(&self.page)
    }
}

impl Debug for Failure {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        write!(formatter, "\n{self}")
    }
}

impl std::error::Error for Failure {}
