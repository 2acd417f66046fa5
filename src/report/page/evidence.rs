//! What a finding saw: the difference or the answer, the request, the command that sends it again.

use super::answer;
use super::bytes::LOOKED_AT;
use super::diff;
use super::look::{Look, Tone};
use super::request;
use super::sheet::Sheet;
use super::witness::{Seen, Witness};
use crate::verdict::Finding;

const NEAREST: usize = 10;

/// Renders the evidence of a finding, as soon as it is found, so that no exchange need be held for it.
pub fn render(finding: &Finding, witness: &Witness, look: Look) -> String {
    rendered(finding, witness, look, true)
}

/// The same without the command that sends it again.
pub fn bare(finding: &Finding, witness: &Witness, look: Look) -> String {
    rendered(finding, witness, look, false)
}

fn rendered(finding: &Finding, witness: &Witness, look: Look, commanded: bool) -> String {
    let mut sheet = Sheet::new(look);
    if let Some(seen) = witness.exchange(finding.exchange) {
        write(&mut sheet, finding, seen);
        if commanded {
            if let Some(again) = witness.again(finding) {
                sheet.blank();
                sheet.verbatim(2, &again);
            }
            sheet.blank();
            request::write_command(&mut sheet, seen, witness.target());
        }
    } else {
        let told = format!("request {} and its answer are in the event log", finding.exchange);
        sheet.wrapped(2, Tone::Quiet, &told);
    }
    sheet.into_text()
}

fn write(sheet: &mut Sheet, finding: &Finding, seen: &Seen) {
    let differs = difference(sheet, finding, seen);
    sheet.blank();
    answer::write(sheet, seen, !differs);
    sheet.blank();
    request::write(sheet, seen);
}

fn difference(sheet: &mut Sheet, finding: &Finding, seen: &Seen) -> bool {
    let (Some(nearest), Some(answer)) = (&finding.nearest, seen.exchange.answer()) else { return false };
    if seen.received > LOOKED_AT as u64 {
        return false;
    }
    let (body, _) = answer::readable(answer);
    let differs = body.len() <= LOOKED_AT && diff::write(sheet, nearest, &body);
    if !differs && serde_json::from_slice::<serde::de::IgnoredAny>(&body).is_err() {
        diff::write_nearest(sheet, nearest, NEAREST);
    }
    differs
}
