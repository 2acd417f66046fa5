//! What a run would send and cost, without sending anything.

use crate::exchange::Target;
use crate::plan::Plan;
use crate::run::Exit;
use std::io::Write as _;

/// Prints the plan, a case a line, and its price.
pub(super) fn print(plan: &Plan, target: &Target) -> anyhow::Result<u8> {
    let mut out = anstream::stdout();
    let width = plan.selected().map(|planned| planned.case.id.len()).max().unwrap_or_default();
    for planned in plan.selected() {
        match &planned.skip {
            None => writeln!(out, "send  {:width$}  {}", planned.case.id, planned.case.title)?,
            Some(skip) => writeln!(out, "skip  {:width$}  {}", planned.case.id, skip.why)?,
        }
    }
    let skipped = plan.selected().filter(|planned| planned.skip.is_some()).count();
    let cases = plan.selected().count() - skipped;
    writeln!(
        out,
        "\n{} to send to {target}, {skipped} skipped; {} if everything holds. \
         Nothing was sent. What a finding costs comes on top.",
        count(cases, "case"),
        count(plan.price(), "request")
    )?;
    Ok(Exit::Held.code())
}

fn count(count: usize, unit: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}
