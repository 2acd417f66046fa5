//! `tenantcheck lint`: looks at the contract itself.

use crate::check::rules;
use crate::contract::Erratum;
use crate::lint::{Disagreement, Material, Problem, Report, lint};
use crate::load::{self, Source};
use crate::run::{Exit, contract_and_cases};
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;

/// Checks the contract itself: the pages' examples against the schemas, their sentences against what cites them.
///
/// Exits with 0 if nothing is wrong (known disagreements are only told), with 1 if something is.
#[derive(Debug, Args)]
pub(super) struct Lint {
    /// A folder that holds `schemas/` and `cases/`, instead of the embedded contract
    #[arg(long, value_name = "DIR")]
    contract: Option<PathBuf>,
}

impl Lint {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        let source = self.contract.clone().map_or(Source::Embedded, Source::Folder);
        let extensions = load::extensions(&source)?;
        let (contract, cases) = contract_and_cases(self.contract.as_deref())?;
        let pages = load::pages(&source, &contract)?;
        let report = lint(Material { contract: &contract, cases: &cases, pages: &pages, extensions: &extensions });
        show(&report, &mut anstream::stdout())?;
        Ok(if report.problems.is_empty() { Exit::Held } else { Exit::Broken }.code())
    }
}

fn show(report: &Report<'_>, out: &mut impl Write) -> io::Result<()> {
    for disagreement in &report.disagreements {
        known(disagreement, out)?;
    }
    for erratum in &report.recorded {
        let Erratum { id, page, seen, .. } = erratum;
        writeln!(out, "recorded [{id}]\n    the page: {page}; tenants: {seen}")?;
    }
    for problem in &report.problems {
        writeln!(out, "\n{}", shown(problem))?;
    }
    let rules = rules().len();
    let Report { examples, sentences, .. } = report;
    writeln!(
        out,
        "\n{examples} examples, {} known disagreements; {sentences} sentences; {rules} rules",
        report.known()
    )?;
    match report.problems.len() {
        0 => writeln!(out, "nothing is wrong with the contract"),
        1 => writeln!(out, "1 problem"),
        count => writeln!(out, "{count} problems"),
    }
}

/// Tells of a disagreement that an erratum tells of; the others are problems.
fn known(disagreement: &Disagreement<'_>, out: &mut impl Write) -> io::Result<()> {
    let Disagreement { place, status, pointer, expected, received, erratum, .. } = disagreement;
    let Some(erratum) = erratum else { return Ok(()) };
    writeln!(out, "{}:{}:{}: {status} {pointer} [{}]", place.path, place.line, place.column, erratum.id)?;
    writeln!(out, "    the table: {expected}; the example: {received}")
}

/// A problem as the strict readers show theirs.
fn shown(problem: &Problem) -> load::Problem {
    let Problem { place, pointer, what, advice } = problem.clone();
    load::Problem { pointer, ..load::Problem::at(place, what, advice) }
}
