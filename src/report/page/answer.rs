//! What came back: the status line, the headers, the first lines of the body; or how it failed.

use super::bytes::{self, LOOKED_AT};
use super::figures::{count, thousands};
use super::look::Tone;
use super::sheet::Sheet;
use super::witness::Seen;
use crate::exchange::{Answer, End, Failure, FailureKind, Outcome};
use crate::report::visible::{visible, visible_bytes};
use std::borrow::Cow;

const HEADERS: usize = 12;
const BODY: usize = 10;

/// Writes the answer; the body only where no diff has shown it.
pub fn write(sheet: &mut Sheet, seen: &Seen, with_body: bool) {
    let (number, ms) = (seen.exchange.number, seen.exchange.timing.total_us.div_ceil(1_000));
    match &seen.exchange.outcome {
        Outcome::Answered(answer) => {
            sheet.line(2, Tone::Quiet, &format!("answer to request {number}, after {} ms", thousands(ms)));
            answered(sheet, answer, seen.received, with_body);
        }
        Outcome::Failed(failure) => {
            sheet.line(2, Tone::Quiet, &format!("no answer to request {number}, for {} ms", thousands(ms)));
            failed(sheet, failure);
        }
    }
}

/// The body with its content coding taken off where that can be done, for those who want to read it.
pub fn readable(answer: &Answer) -> (Cow<'_, [u8]>, Option<String>) {
    let coding = answer.header("content-encoding").last().map(|value| value.text().trim().to_ascii_lowercase());
    let coding = coding.filter(|coding| !coding.is_empty() && coding != "identity");
    match coding.as_deref().and_then(|coding| bytes::decoded(&answer.body.0, coding)) {
        Some(plain) => (Cow::Owned(plain), coding),
        None => (Cow::Borrowed(&answer.body.0), None),
    }
}

fn answered(sheet: &mut Sheet, answer: &Answer, length: u64, with_body: bool) {
    let status = format!("{} {} {}", answer.version, answer.status, visible(&answer.reason));
    sheet.line(4, Tone::Strong, status.trim_end());
    for (name, value) in answer.headers.iter().take(HEADERS) {
        sheet.folded(4, Tone::Plain, &format!("{name}: {}", visible_bytes(&value.0)), 3);
    }
    if answer.headers.len() > HEADERS {
        let more = (answer.headers.len() - HEADERS) as u64;
        sheet.line(4, Tone::Quiet, &format!("… {} more", count(more, "header")));
    }
    if with_body {
        body(sheet, answer, length);
    }
    if let Some(words) = ended(&answer.end) {
        sheet.wrapped(4, Tone::Odd, &words);
    }
}

fn body(sheet: &mut Sheet, answer: &Answer, length: u64) {
    if length == 0 {
        return sheet.line(4, Tone::Quiet, "(no body)");
    }
    sheet.blank();
    let (plain, coding) = readable(answer);
    let length = if coding.is_some() { plain.len() as u64 } else { length };
    bytes::write(sheet, 4, &plain, length, BODY);
    if let Some(coding) = coding {
        let from = if plain.len() > LOOKED_AT { "the beginning, " } else { "" };
        sheet.line(4, Tone::Quiet, &format!("({from}decoded from {coding})"));
    }
}

fn failed(sheet: &mut Sheet, failure: &Failure) {
    let words = what(failure.kind);
    let told = if failure.detail.is_empty() { words.to_owned() } else { format!("{words}: {}", failure.detail) };
    sheet.wrapped(4, Tone::Strong, &told);
    if !failure.head.0.is_empty() {
        bytes::write(sheet, 4, &failure.head.0, failure.head.0.len() as u64, BODY);
    }
}

/// How a request can fail, in words.
pub fn what(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Unreachable => "the host cannot be reached",
        FailureKind::Refused => "the connection was refused",
        FailureKind::ConnectTimeout => "no connection within the deadline",
        FailureKind::Tls => "TLS failed",
        FailureKind::Proxy => "the proxy refused",
        FailureKind::Silence => "not one byte within the deadline",
        FailureKind::Reset => "the connection was reset before an answer",
        FailureKind::Closed => "the connection was closed before an answer",
        FailureKind::NotHttp => "what came is not HTTP",
        FailureKind::Unsendable => "the request cannot be sent as it stands",
    }
}

/// What is wrong with how an answer ended; nothing where it is complete.
pub fn ended(end: &End) -> Option<String> {
    let bytes = |number: u64| count(number, "byte");
    Some(match end {
        End::Complete => return None,
        End::Truncated { declared: Some(declared), received } => {
            format!("cut short: {} of {} came", thousands(*received), bytes(*declared))
        }
        End::Truncated { declared: None, received } => format!("cut short after {}", bytes(*received)),
        End::BadFraming(why) => format!("its framing cannot be read: {why}"),
        End::Reset => "the connection was reset in the middle".to_owned(),
        End::TimedOut => "the deadline for the whole answer passed".to_owned(),
        End::TooLarge { limit } => format!("larger than the {} that are read", bytes(*limit)),
    })
}
