//! Every hostile server, listed once.

mod coding;
mod connection;
mod framing;
mod head;
mod json;
mod text;

use crate::scene::{Bounds, From};
use crate::server::Guest;
use std::io;

/// A hostile server.
pub struct Row {
    pub name: &'static str,
    /// What it sends, in a few words.
    pub sends: &'static str,
    /// What must be told of it: a rule, or a part of the reason why it is inconclusive, or `held`.
    pub told: &'static str,
    /// Whether its connections end with a reset.
    pub resets: bool,
    /// Whether a run waits for its answers until a deadline.
    waits: bool,
    /// Whether it is hostile to uploads, and honest to everything else.
    pub uploads: bool,
    /// How long a run may take, in seconds.
    pub seconds: u64,
    pub act: fn(&mut Guest<'_>) -> io::Result<()>,
}

/// What a run may hold in memory at most, in megabytes.
const MEGABYTES: u64 = 300;

impl Row {
    const fn new(
        name: &'static str,
        sends: &'static str,
        told: &'static str,
        act: fn(&mut Guest<'_>) -> io::Result<()>,
    ) -> Self {
        Self { name, sends, told, resets: false, waits: false, uploads: false, seconds: 30, act }
    }

    /// A server whose connections end with a reset.
    const fn resetting(self) -> Self {
        Self { resets: true, ..self }
    }

    /// A server that is hostile to uploads only; it reads their heads and no more.
    const fn for_uploads(self) -> Self {
        Self { uploads: true, ..self }
    }

    /// A server that keeps a run busy for long.
    const fn lasting(self) -> Self {
        Self { seconds: 120, ..self }
    }

    /// A server that lets a run wait for its deadlines.
    const fn waiting(self) -> Self {
        Self { waits: true, ..self.lasting() }
    }

    pub fn bounds(&self, from: From) -> Bounds {
        // Enough to be sure of one document, and less than all of them would take.
        let purse = if self.waits && from == From::First { "1" } else { "30" };
        Bounds { seconds: self.seconds, megabytes: MEGABYTES, purse }
    }
}

/// Every row; those that wait come first, so that all of them wait at once.
pub fn all() -> impl Iterator<Item = &'static Row> {
    let files = [connection::ALL, framing::ALL, head::ALL, coding::ALL, json::ALL, text::ALL];
    let rows = move || files.into_iter().flatten();
    rows().filter(|row| row.waits).chain(rows().filter(|row| !row.waits))
}
