//! `JUnit` XML: a suite for each operation, a test case for each case, the failure page as the failure's text.

use super::face::Face;
use super::page::{Causes, Look, Witness, failure_page};
use super::visible::visible;
use crate::event::{Event, Judged};
use crate::verdict::Finding;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

const LOOK: Look = Look { color: false, width: 100 };
const PAGES: usize = 10;
const MESSAGE: usize = 2_000;

/// The face that writes `JUnit` XML when the run ends.
pub struct Junit<W: Write> {
    out: W,
    witness: Witness,
    open: BTreeMap<String, Open>,
    suites: BTreeMap<String, TestSuite>,
    finished: bool,
}

/// What is known of a case that is not judged yet.
#[derive(Default)]
struct Open {
    micros: u64,
    causes: Option<Causes>,
    first: Option<(String, String)>,
}

impl<W: Write> Junit<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        let (open, suites) = (BTreeMap::new(), BTreeMap::new());
        Self { out, witness: Witness::default(), open, suites, finished: false }
    }

    fn finding(&mut self, finding: &Finding) {
        let open = self.open.entry(finding.case.clone()).or_default();
        open.causes.get_or_insert_with(|| Causes::new(LOOK, PAGES)).add(finding, &self.witness);
        let message = format!("{}: expected {}, received {}", finding.title, finding.expected, finding.received);
        open.first.get_or_insert_with(|| (finding.rule.clone(), message));
    }

    fn case(&mut self, judged: &Judged) {
        let open = self.open.remove(&judged.case).unwrap_or_default();
        let time = Duration::from_micros(open.micros);
        let mut case = TestCase::new(shown(&judged.case), status(judged, open));
        case.set_classname(shown(&judged.operation)).set_time(time);
        let name = shown(&judged.operation);
        self.suites.entry(judged.operation.clone()).or_insert_with(|| TestSuite::new(name)).add_test_case(case);
    }

    fn write(&mut self) -> io::Result<()> {
        let mut report = Report::new("tenantcheck");
        for (_, mut suite) in std::mem::take(&mut self.suites) {
            suite.set_time(suite.test_cases.iter().filter_map(|case| case.time).sum());
            report.add_test_suite(suite);
        }
        report.serialize(&mut self.out).map_err(io::Error::other)
    }
}

impl<W: Write> Face for Junit<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.witness.observe(event);
        match event {
            Event::Exchange(exchange) => {
                let open = self.open.entry(exchange.probe.case.clone()).or_default();
                open.micros = open.micros.saturating_add(exchange.timing.total_us);
            }
            Event::Finding(finding) if finding.failing => self.finding(finding),
            Event::Case(judged) => self.case(judged),
            _ => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.finished, true) {
            self.write()?;
        }
        self.out.flush()
    }
}

fn status(judged: &Judged, open: Open) -> TestCaseStatus {
    match judged.verdict.as_str() {
        "held" => TestCaseStatus::success(),
        "broken" => failure(judged, open),
        word => {
            let mut status = TestCaseStatus::skipped();
            let why = judged.why.as_deref().unwrap_or("no reason was given");
            status.set_type(shown(word)).set_message(shown(&format!("{word}: {why}")));
            status
        }
    }
}

fn failure(judged: &Judged, open: Open) -> TestCaseStatus {
    let (rule, message) = open.first.unwrap_or_else(|| ("broken".to_owned(), judged.title.clone()));
    let pages = match open.causes {
        Some(mut causes) => {
            causes.judge(judged);
            causes.pages()
        }
        None => failure_page([&Event::Case(judged.clone())], LOOK),
    };
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(shown(&rule)).set_message(shown(&message)).set_description(pages);
    status
}

/// An attribute's text: what XML cannot hold, or an editor would act on, is spelled out.
fn shown(text: &str) -> String {
    visible(text).chars().take(MESSAGE).collect()
}
