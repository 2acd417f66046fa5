//! HAR 1.2: every exchange as an entry, written as it happens.

mod clock;
mod content;
mod entry;

use super::bodies::Cut;
use super::face::Face;
use super::inert;
use crate::event::Event;
use crate::exchange::{Exchange, Target};
use clock::Clock;
use serde_json::json;
use std::io::{self, Write};

/// The face that writes HAR.
pub struct Har<W: Write> {
    out: W,
    target: Option<Target>,
    clock: Clock,
    cuts: Vec<Cut>,
    opened: bool,
    finished: bool,
}

impl<W: Write> Har<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self { out, target: None, clock: Clock::default(), cuts: Vec::new(), opened: false, finished: false }
    }

    fn open(&mut self) -> io::Result<bool> {
        if std::mem::replace(&mut self.opened, true) {
            return Ok(false);
        }
        self.out.write_all(b"{\"log\":{\"version\":\"1.2\",\"creator\":")?;
        inert::write(&mut self.out, &json!({"name": "tenantcheck", "version": env!("CARGO_PKG_VERSION")}))?;
        self.out.write_all(b",\"entries\":[\n")?;
        Ok(true)
    }

    fn entry(&mut self, exchange: &Exchange) -> io::Result<()> {
        if !self.open()? {
            self.out.write_all(b",\n")?;
        }
        let cuts = std::mem::take(&mut self.cuts);
        let began = self.clock.after(exchange.at_ms);
        inert::write(&mut self.out, &entry::of(exchange, self.target.as_ref(), &began, &cuts))
    }
}

impl<W: Write> Face for Har<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Run(start) => {
                self.target = Target::parse(&start.target).ok();
                self.clock = Clock::from(&start.started);
            }
            Event::Exchange(exchange) => self.entry(exchange)?,
            _ => {}
        }
        Ok(())
    }

    fn recorded(&mut self, _: &[u8], cuts: &[Cut]) {
        self.cuts = cuts.to_vec();
    }

    fn finish(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.finished, true) {
            self.open()?;
            self.out.write_all(b"\n]}}\n")?;
        }
        self.out.flush()
    }
}
