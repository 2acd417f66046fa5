//! The event log: one event a line, as it happens.

use super::bodies::{Bodies, Cut, HEAD, LIMIT};
use super::cut::cut;
use super::face::Face;
use super::inert;
use crate::event::Event;
use crate::exchange::Exchange;
use serde_json::Value;
use std::io::{self, Write};
use std::sync::Arc;

/// Deeper values cannot be read back from a line.
const LEVELS: usize = 100;

/// The face that writes the event log.
pub struct Ndjson<W: Write> {
    out: W,
    bodies: Option<Bodies>,
    unkept: Option<io::Error>,
    /// The line of a recorded log that the next event comes from, where it can stay as it is.
    line: Option<Vec<u8>>,
}

impl<W: Write> Ndjson<W> {
    /// Writes to `out`; large bodies are kept whole in `bodies`, if that is given.
    pub fn new(out: W, bodies: Option<Bodies>) -> Self {
        Self { out, bodies, unkept: None, line: None }
    }

    fn exchange(&mut self, exchange: &Exchange) -> io::Result<()> {
        let short = Event::Exchange(Arc::new(cut(exchange, LIMIT, HEAD)));
        let mut line = serde_json::to_value(short)?;
        let answer = exchange.answer().map(|answer| &answer.body);
        for (body, place) in [(Some(&exchange.probe.body), "/probe/body"), (answer, "/outcome/answered/body")] {
            let large = body.filter(|body| body.0.len() > LIMIT);
            if let (Some(body), Some(slot)) = (large, line.pointer_mut(place)) {
                *slot = serde_json::to_value(self.keep(&body.0))?;
            }
        }
        inert::write(&mut self.out, &line)
    }

    fn keep(&mut self, body: &[u8]) -> Cut {
        let mut cut = Cut::of(body);
        match self.bodies.as_ref().map(|bodies| bodies.keep(body, &cut.sha256)) {
            Some(Ok(file)) => cut.file = Some(file),
            Some(Err(error)) => self.unkept = self.unkept.take().or(Some(error)),
            None => {}
        }
        cut
    }
}

impl<W: Write> Face for Ndjson<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        if let Some(line) = self.line.take() {
            self.out.write_all(&line)?;
            return self.out.write_all(b"\n");
        }
        match event {
            Event::Exchange(exchange) if is_large(exchange) => self.exchange(exchange)?,
            Event::Finding(finding) if finding.nearest.as_ref().is_some_and(|value| deeper(value, LEVELS)) => {
                let mut finding = finding.clone();
                finding.nearest = None;
                inert::write(&mut self.out, &Event::Finding(finding))?;
            }
            _ => inert::write(&mut self.out, event)?,
        }
        self.out.write_all(b"\n")?;
        if matches!(event, Event::Finding(_) | Event::Summary(_)) { self.out.flush() } else { Ok(()) }
    }

    /// A line stays as it is, unless it names a file that has another name from here.
    fn recorded(&mut self, line: &[u8], cuts: &[Cut]) {
        let whole = memchr::memmem::find(line, br#""sha256":"#).is_none() || !cuts.is_empty();
        self.line = whole.then(|| line.trim_ascii_end().to_vec());
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()?;
        let told = |error: io::Error| io::Error::new(error.kind(), format!("a large body was not kept: {error}"));
        self.unkept.take().map_or(Ok(()), |error| Err(told(error)))
    }
}

fn is_large(exchange: &Exchange) -> bool {
    exchange.probe.body.0.len() > LIMIT || exchange.answer().is_some_and(|answer| answer.body.0.len() > LIMIT)
}

fn deeper(value: &Value, levels: usize) -> bool {
    let Some(levels) = levels.checked_sub(1) else { return true };
    match value {
        Value::Array(items) => items.iter().any(|item| deeper(item, levels)),
        Value::Object(members) => members.values().any(|member| deeper(member, levels)),
        _ => false,
    }
}
