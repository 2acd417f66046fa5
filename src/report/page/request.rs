//! The request as it was sent, and the command that sends it again.

use super::bytes;
use super::curl;
use super::figures::count;
use super::look::Tone;
use super::sheet::Sheet;
use super::witness::Seen;
use crate::report::visible::visible_bytes;

const HEADERS: usize = 20;
const BODY: usize = 6;
const TARGET: usize = 6;

/// Writes the request; secrets stand as their markers.
pub fn write(sheet: &mut Sheet, seen: &Seen) {
    let probe = &seen.exchange.probe;
    sheet.line(2, Tone::Quiet, "request");
    sheet.folded(4, Tone::Strong, &format!("{} {}", probe.method, visible_bytes(&probe.target.0)), TARGET);
    for (name, value) in probe.headers.iter().take(HEADERS) {
        sheet.folded(4, Tone::Plain, &format!("{name}: {}", visible_bytes(&value.0)), 3);
    }
    if probe.headers.len() > HEADERS {
        let more = (probe.headers.len() - HEADERS) as u64;
        sheet.line(4, Tone::Quiet, &format!("… {} more", count(more, "header")));
    }
    if seen.sent > 0 {
        sheet.blank();
        bytes::write(sheet, 4, &probe.body.0, seen.sent, BODY);
    }
}

/// Writes the curl command, or why there is none.
pub fn write_command(sheet: &mut Sheet, seen: &Seen, target: &str) {
    match curl::command(&seen.exchange.probe, seen.sent, target) {
        Ok(lines) => lines.iter().for_each(|line| sheet.verbatim(2, line)),
        Err(why) => sheet.wrapped(2, Tone::Quiet, &format!("no curl line: {why}")),
    }
}
