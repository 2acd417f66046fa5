//! A request or an answer as it went over the wire, cut where it is large.

use super::spelled::{self, Line, bytes, short, weight};
use crate::exchange::{Answer, Failure, Octets, Outcome};
use crate::report::cut::beginning;
use crate::report::page::{LOOKED_AT, Seen, count, ended, is_text, readable, thousands, what};
use serde::Serialize;

const HEADERS: usize = 40;
const NAME: usize = 100;
const VALUE: usize = 1_000;
const BODY: usize = 8 * 1024;
const DUMP: usize = 1024;

/// A message.
#[derive(Debug, Serialize)]
pub struct Message {
    title: String,
    line: Line,
    headers: Vec<Header>,
    more: String,
    body: Option<Body>,
    end: Option<String>,
}

#[derive(Debug, Serialize)]
struct Header {
    name: String,
    value: Line,
}

/// The beginning of a body.
#[derive(Debug, Serialize)]
struct Body {
    lines: Vec<Line>,
    told: String,
}

/// The request; secrets stand as their markers.
pub fn request(seen: &Seen) -> Message {
    let probe = &seen.exchange.probe;
    let mut line = bytes(probe.method.as_bytes(), NAME);
    line.extend(bytes(b" ", 1));
    line.extend(bytes(&probe.target.0, VALUE));
    Message {
        title: format!("Request {}", thousands(seen.exchange.number)),
        line,
        body: (seen.sent > 0).then(|| Body::of(&probe.body.0, seen.sent, None)),
        end: None,
        ..headers(&probe.headers)
    }
}

/// What came back, or how it failed.
pub fn response(seen: &Seen) -> Message {
    let ms = thousands(seen.exchange.timing.total_us.div_ceil(1_000));
    match &seen.exchange.outcome {
        Outcome::Answered(answer) => answered(answer, seen.received, format!("Answer, after {ms} ms")),
        Outcome::Failed(failure) => failed(failure, format!("No answer, for {ms} ms")),
    }
}

fn answered(answer: &Answer, received: u64, title: String) -> Message {
    let status = format!("{} {} {}", short(&answer.version, NAME), answer.status, short(&answer.reason, VALUE));
    let (plain, coding) = readable(answer);
    let length = if coding.is_some() { plain.len() as u64 } else { received };
    Message {
        title,
        line: spelled::pieces(status.trim_end(), ""),
        body: (received > 0).then(|| Body::of(&plain, length, coding)),
        end: ended(&answer.end).map(|words| short(&words, VALUE)),
        ..headers(&answer.headers)
    }
}

fn failed(failure: &Failure, title: String) -> Message {
    let words = what(failure.kind);
    let told = if failure.detail.is_empty() { words.to_owned() } else { format!("{words}: {}", failure.detail) };
    let head = &failure.head.0;
    Message {
        title,
        body: (!head.is_empty()).then(|| Body::of(head, head.len() as u64, None)),
        end: Some(short(&told, VALUE)),
        line: Vec::new(),
        ..headers(&[])
    }
}

fn headers(all: &[(String, Octets)]) -> Message {
    let header = |(name, value): &(String, Octets)| Header { name: short(name, NAME), value: bytes(&value.0, VALUE) };
    let headers = all.iter().take(HEADERS).map(header).collect();
    let more = all.len().saturating_sub(HEADERS) as u64;
    let more = if more > 0 { format!("… {}", count(more, "more header")) } else { String::new() };
    Message { title: String::new(), line: Vec::new(), headers, more, body: None, end: None }
}

impl Message {
    /// About how many bytes it takes on the page.
    pub fn weight(&self) -> usize {
        let head = |header: &Header| 60 + header.name.len() * 6 + weight(std::slice::from_ref(&header.value));
        let body = self.body.as_ref().map_or(0, |body| weight(&body.lines));
        500 + weight(std::slice::from_ref(&self.line)) + self.headers.iter().map(head).sum::<usize>() + body
    }
}

impl Body {
    fn of(all: &[u8], length: u64, coding: Option<String>) -> Self {
        let head = beginning(all, BODY).0;
        let text = is_text(&head);
        let shown = if text { head.as_slice() } else { head.get(..DUMP).unwrap_or(&head) };
        let lines = if text { spelled::lines(shown) } else { spelled::dump(shown) };
        let left = length.saturating_sub(shown.len() as u64);
        let kind = if text { "" } else { ", which are no text, as hex" };
        let coding = coding.map(|coding| {
            let from = if all.len() > LOOKED_AT { "the beginning, " } else { "" };
            format!(", {from}decoded from {}", short(&coding, NAME))
        });
        let left = if left > 0 { format!("; {} are left out here", count(left, "byte")) } else { String::new() };
        Self { lines, told: format!("{}{kind}{}{left}", count(length, "byte"), coding.unwrap_or_default()) }
    }
}

#[cfg(test)]
mod tests {
    use super::Body;

    #[test]
    fn a_large_body_is_cut_and_its_size_is_told() {
        let body = Body::of(&[b'a'; 10_000], 1_000_000, None);
        assert_eq!(body.told, "1,000,000 bytes; 991,808 bytes are left out here");
        assert_eq!(body.lines[0][0].text.len(), 8_192);
    }

    #[test]
    fn what_is_no_text_is_dumped() {
        let body = Body::of(&[0; 32], 32, Some("gzip".into()));
        assert_eq!(
            (body.lines.len(), body.told.as_str()),
            (2, "32 bytes, which are no text, as hex, decoded from gzip")
        );
    }
}
