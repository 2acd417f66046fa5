//! `tenantcheck list`: one a line, the id first, no border.

use crate::check::rules;
use crate::generate::defects::ALL as DEFECTS;
use crate::run::{Exit, contract_and_cases};
use clap::Args;
use std::io::Write as _;
use std::path::PathBuf;

/// Lists cases, rules or defects, one a line, the id first.
#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct List {
    #[command(flatten)]
    what: What,
    /// A folder that holds `schemas/` and `cases/`, instead of the embedded contract
    #[arg(long, value_name = "DIR")]
    contract: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// The cases, with what each one promises
    #[arg(long)]
    cases: bool,
    /// The rules, with level and promise
    #[arg(long)]
    rules: bool,
    /// The defects that the coverage phase sends, and what must come back
    #[arg(long)]
    defects: bool,
}

impl List {
    pub(super) fn run(&self) -> anyhow::Result<u8> {
        let mut out = anstream::stdout();
        if self.what.rules {
            let width = rules().iter().map(|rule| rule.id.len()).max().unwrap_or_default();
            for rule in rules() {
                writeln!(out, "{:width$}  {:6}  {}", rule.id, rule.level, rule.title)?;
            }
        }
        if self.what.defects {
            let all = || DEFECTS.iter().flat_map(|layer| layer.iter());
            let width = all().map(|defect| defect.id.len()).max().unwrap_or_default();
            for defect in all() {
                writeln!(out, "{:width$}  {:16}  {}", defect.id, defect.owed.to_string(), defect.title)?;
            }
        }
        if self.what.cases {
            let (_, cases) = contract_and_cases(self.contract.as_deref())?;
            let width = cases.iter().map(|case| case.id.len()).max().unwrap_or_default();
            for case in &cases {
                writeln!(out, "{:width$}  {}", case.id, case.title)?;
            }
        }
        Ok(Exit::Held.code())
    }
}
