//! What a run would send and cost, without sending anything.

use crate::exchange::Target;
use crate::plan::{FLOOD, Plan};
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
    let mut phases = vec![format!("{} for the cases", plan.price())];
    if let Some(flood) = &plan.flood {
        let first = flood.tries.first();
        match first.and_then(|planned| planned.skip.as_ref()) {
            Some(skip) => writeln!(out, "skip  {:width$}  {}", flood.id, skip.why)?,
            None => {
                let title = first.map(|planned| planned.case.title.as_str()).unwrap_or_default();
                writeln!(out, "send  {:width$}  {title}", flood.id)?;
                phases.push(format!("at most {FLOOD} for the flood"));
            }
        }
    }
    for text in &plan.left_out {
        writeln!(out, "{text}")?;
    }
    let skipped = plan.selected().filter(|planned| planned.skip.is_some()).count();
    let cases = plan.selected().count() - skipped;
    writeln!(
        out,
        "\n{cases} cases to send to {target}, {skipped} skipped; requests if everything holds: {}. \
         Nothing was sent. What a finding costs comes on top.",
        phases.join(", ")
    )?;
    Ok(Exit::Held.code())
}
