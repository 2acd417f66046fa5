//! `JUnit` XML: a suite for each operation, a test case for each case, the failure page as the failure's text; one of its own
//! for whatever else makes the run fail.

use super::ending::{Reason, reasons};
use super::face::Face;
use super::page::{Causes, Look, Witness, failure_page};
use super::visible::visible;
use crate::event::{Coverage, Event, Judged, Summary};
use crate::verdict::Finding;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

const LOOK: Look = Look { color: false, width: 100 };
const PAGES: usize = 10;
const MESSAGE: usize = 2_000;
/// More cases than this are counted only: CI systems refuse files of some tens of megabytes.
const CASES: u64 = 20_000;
/// When the pages have so many bytes together, further failures have their message only.
const TEXT: usize = 12 * 1024 * 1024;
/// No more cases are waited for at once.
const OPEN: usize = 10_000;

/// The face that writes `JUnit` XML when the run ends.
pub struct Junit<W: Write> {
    out: W,
    witness: Witness,
    open: BTreeMap<String, Open>,
    suites: BTreeMap<String, TestSuite>,
    cases: u64,
    text: usize,
    uncounted: BTreeMap<String, Uncounted>,
    /// When the run began, RFC 3339; empty where that is not known.
    started: String,
    coverage: Option<Coverage>,
    summary: Option<Summary>,
    finished: bool,
}

/// The cases of an operation that are not listed.
#[derive(Default)]
struct Uncounted {
    cases: u64,
    broken: u64,
}

/// What is known of a case that is not judged yet.
#[derive(Default)]
struct Open {
    micros: u64,
    causes: Option<Causes>,
    first: Option<(String, String)>,
    /// The first known failure, for people.
    known: Option<String>,
}

impl<W: Write> Junit<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        let (open, suites, uncounted) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self {
            out,
            witness: Witness::default(),
            open,
            suites,
            cases: 0,
            text: 0,
            uncounted,
            started: String::new(),
            coverage: None,
            summary: None,
            finished: false,
        }
    }

    /// What is known of a case that is not judged yet, where there is room.
    fn open(&mut self, case: &str) -> Option<&mut Open> {
        if self.open.len() >= OPEN && !self.open.contains_key(case) {
            return None;
        }
        Some(self.open.entry(case.to_owned()).or_default())
    }

    fn finding(&mut self, finding: &Finding) {
        if self.open(&finding.case).is_none() {
            return;
        }
        let open = self.open.entry(finding.case.clone()).or_default();
        open.causes.get_or_insert_with(|| Causes::new(LOOK, PAGES)).add(finding, &self.witness);
        let message = format!("{}: expected {}, received {}", finding.title, finding.expected, finding.received);
        open.first.get_or_insert_with(|| (finding.rule.clone(), message));
    }

    /// A known failure is none to a reader of `JUnit`: its case is told as skipped, with the reason.
    fn known(&mut self, finding: &Finding) {
        let told = finding.known.as_ref().map(|known| format!("{known} ({} {})", finding.rule, finding.fingerprint));
        if let Some(open) = self.open(&finding.case) {
            open.known = open.known.take().or(told);
        }
    }

    fn case(&mut self, judged: &Judged) {
        let mut open = self.open.remove(&judged.case).unwrap_or_default();
        self.cases += 1;
        if self.cases > CASES {
            let uncounted = self.uncounted.entry(judged.operation.clone()).or_default();
            uncounted.cases += 1;
            uncounted.broken += u64::from(judged.verdict == "broken" && !judged.known);
            return;
        }
        let time = Duration::from_micros(open.micros);
        let pages = pages(judged, open.causes.take(), self.text < TEXT);
        self.text += pages.len();
        let mut case = TestCase::new(shown(&judged.case), status(judged, open.first, open.known, pages));
        case.set_classname(shown(&judged.operation)).set_time(time);
        let name = shown(&judged.operation);
        self.suites.entry(judged.operation.clone()).or_insert_with(|| TestSuite::new(name)).add_test_case(case);
    }

    fn write(&mut self) -> io::Result<()> {
        let mut report = Report::new("tenantcheck");
        report.timestamp = self.started.parse().ok();
        for (operation, mut suite) in std::mem::take(&mut self.suites) {
            suite.add_test_cases(self.uncounted.remove(&operation).map(|uncounted| uncounted.case(&operation)));
            suite.timestamp = report.timestamp;
            suite.set_time(suite.test_cases.iter().filter_map(|case| case.time).sum());
            for property in self.coverage.iter().flat_map(properties) {
                suite.add_property(property);
            }
            report.add_test_suite(suite);
        }
        let reasons = reasons(self.summary.as_ref(), self.coverage.as_ref());
        if !reasons.is_empty() {
            let mut suite = TestSuite::new("the run itself");
            suite.timestamp = report.timestamp;
            suite.add_test_cases(reasons.iter().map(failed));
            report.add_test_suite(suite);
        }
        report.serialize(&mut self.out).map_err(io::Error::other)
    }
}

impl<W: Write> Face for Junit<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.witness.observe(event);
        match event {
            Event::Run(start) => self.started.clone_from(&start.started),
            Event::Exchange(exchange) => {
                if let Some(open) = self.open(&exchange.probe.case) {
                    open.micros = open.micros.saturating_add(exchange.timing.total_us);
                }
            }
            Event::Finding(finding) if finding.failing => self.finding(finding),
            Event::Finding(finding) if finding.is_known() => self.known(finding),
            Event::Case(judged) => self.case(judged),
            Event::Coverage(coverage) => self.coverage = Some(coverage.clone()),
            Event::Summary(summary) => self.summary = Some(summary.clone()),
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

/// Contract coverage of the whole run, in percent of what its configuration allows, and of all.
fn properties(coverage: &Coverage) -> [(String, String); 2] {
    let property = |name: &str, percent: u64| (format!("contract-coverage{name}"), percent.to_string());
    [property("", coverage.total.percent()), property("-of-all", coverage.total.percent_of_all())]
}

/// A test case for what makes the run fail and is no finding of a case.
fn failed(Reason { id, text }: &Reason) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type(*id).set_message(shown(text));
    let mut case = TestCase::new(*id, status);
    case.set_classname("the run itself");
    case
}

impl Uncounted {
    /// One test case for all of them; it fails if one of them does.
    fn case(&self, operation: &str) -> TestCase {
        let told = format!("{} more cases, of which {} are broken", self.cases, self.broken);
        let mut status = TestCaseStatus::success();
        if self.broken > 0 {
            status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type("broken").set_message(told.as_str());
        }
        let mut case = TestCase::new(told, status);
        case.set_classname(shown(operation));
        case
    }
}

fn status(judged: &Judged, first: Option<(String, String)>, known: Option<String>, pages: String) -> TestCaseStatus {
    match judged.verdict.as_str() {
        "held" => TestCaseStatus::success(),
        "broken" if judged.known => {
            let mut status = TestCaseStatus::skipped();
            status.set_type("known").set_message(shown(&known.unwrap_or_else(|| "known".to_owned())));
            status
        }
        "broken" => {
            let (rule, message) = first.unwrap_or_else(|| ("broken".to_owned(), judged.title.clone()));
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(shown(&rule)).set_message(shown(&message)).set_description(pages);
            status
        }
        word => {
            let mut status = TestCaseStatus::skipped();
            let why = judged.why.as_deref().unwrap_or("no reason was given");
            status.set_type(shown(word)).set_message(shown(&format!("{word}: {why}")));
            status
        }
    }
}

/// The pages of a broken case; empty for others, and where there is no room.
fn pages(judged: &Judged, causes: Option<Causes>, room: bool) -> String {
    match causes {
        _ if judged.verdict != "broken" || judged.known || !room => String::new(),
        Some(mut causes) => {
            causes.judge(judged);
            causes.pages()
        }
        None => failure_page([&Event::Case(judged.clone())], LOOK),
    }
}

/// An attribute's text: what XML cannot hold, or an editor would act on, is spelled out.
fn shown(text: &str) -> String {
    visible(text).chars().take(MESSAGE).collect()
}
