//! The lines on contract coverage: what of each kind was seen, of what this configuration allows, and of all.

use crate::event::{Coverage, Covered, Reached};
use crate::report::page::{Sheet, Tone, thousands};

/// Writes them; without a floor nothing, where the user asked for a part only or nothing was seen.
pub fn write(sheet: &mut Sheet, coverage: &Coverage) {
    if coverage.floor.is_none() && (coverage.partial || coverage.total.seen == 0) {
        return;
    }
    let kind = |Covered { kind, reached: Reached { seen, allowed, .. }, .. }: &Covered| {
        format!("{} of {} {kind}", thousands(*seen), thousands(*allowed))
    };
    let kinds: Vec<String> = coverage.kinds.iter().map(kind).collect();
    let (percent, of_all) = (coverage.total.percent(), coverage.total.percent_of_all());
    let told = format!("contract: {} · {percent} %, {of_all} % of all", kinds.join(", "));
    sheet.wrapped(0, Tone::Quiet, &told);
    if let Some(text) = coverage.shortfall() {
        sheet.wrapped(0, Tone::Bad, &text);
    }
    sheet.blank();
}
