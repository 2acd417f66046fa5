//! What a run would send and cost, without sending anything.

use crate::event::Extent;
use crate::exchange::Target;
use crate::plan::{FLOOD, Phase, Plan, Planned};
use crate::run::Exit;
use std::io::Write as _;

/// Prints the plan, a case a line, and the price of each phase.
pub(super) fn print(plan: &Plan, target: &Target, campaign: Option<Extent>) -> anyhow::Result<u8> {
    let mut out = anstream::stdout();
    let burst = plan.flood.as_ref().and_then(|flood| flood.tries.first());
    let all: Vec<&Planned> = plan.selected().chain(burst).collect();
    let width = all.iter().map(|planned| planned.case.id.len()).max().unwrap_or_default();
    for planned in &all {
        match &planned.skip {
            None => writeln!(out, "send  {:width$}  {}", planned.case.id, planned.case.title)?,
            Some(skip) => writeln!(out, "skip  {:width$}  {}", planned.case.id, skip.why)?,
        }
    }
    for text in &plan.left_out {
        writeln!(out, "\n{text}")?;
    }
    let skipped = all.iter().filter(|planned| planned.skip.is_some()).count();
    let cases = all.len() - skipped;
    writeln!(
        out,
        "\n{} to send to {target}, {skipped} skipped; {} if everything holds. \
         Nothing was sent. {}",
        count(cases, "case"),
        price(plan, burst, campaign),
        of_findings(campaign)
    )?;
    Ok(Exit::Held.code())
}

/// Where the requests count that a finding costs.
fn of_findings(campaign: Option<Extent>) -> &'static str {
    match campaign {
        None => "What a finding costs comes on top.",
        Some(Extent::Requests(_)) => "What a finding costs is among them; only the last one may cost more.",
        Some(Extent::Ms(_)) => "What a finding costs is among them, and takes of that time.",
    }
}

fn price(plan: &Plan, burst: Option<&Planned>, campaign: Option<Extent>) -> String {
    let of = |phase: Phase| match plan.price(phase) {
        0 => None,
        price => Some(format!("{} for the {phase}", count(price, "request"))),
    };
    let sent = burst.filter(|planned| planned.skip.is_none());
    let flood = sent.map(|_| format!("at most {FLOOD} requests for the flood"));
    let fuzz = match campaign {
        None => of(Phase::Fuzz),
        Some(Extent::Requests(requests)) => Some(format!("{requests} requests for the campaign, controls among them")),
        Some(Extent::Ms(ms)) => Some(format!("as many requests for the campaign as go out in {} s", ms / 1_000)),
    };
    let phases: Vec<String> = [of(Phase::Cases), of(Phase::Coverage), fuzz, flood].into_iter().flatten().collect();
    if phases.is_empty() { "no request".to_owned() } else { phases.join(", ") }
}

fn count(count: usize, unit: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}
