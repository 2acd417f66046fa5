//! The lines on contract coverage: what of each kind was seen, of what this configuration allows, and of all.

use crate::event::{Coverage, Covered, Reached};
use crate::report::page::{Sheet, Tone, thousands};

/// Writes them; nothing where the user asked for a part only, and for no floor.
pub fn write(sheet: &mut Sheet, coverage: &Coverage) {
    if coverage.partial && coverage.floor.is_none() {
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
