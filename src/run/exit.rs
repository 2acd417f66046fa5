//! How a run ends, as exit codes.

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Every promise that could be judged was kept.
    Held = 0,
    /// A failing finding.
    Broken = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// It could not be judged: the target was lost, or of an operation nothing was judged about a thing that the world
    /// names.
    Undecided = 3,
    /// Nothing was selected or judged.
    Nothing = 4,
    /// The terminal was closed; the reports so far are written.
    HungUp = 129,
    /// Interrupted; the reports so far are written.
    Interrupted = 130,
    /// Told to end, as by a CI system or `timeout`; the reports so far are written.
    Terminated = 143,
}

impl Exit {
    /// The code that the process exits with.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The ends that come from outside: 128 and the number of the signal.
    pub const FROM_OUTSIDE: [Self; 3] = [Self::HungUp, Self::Interrupted, Self::Terminated];

    /// Whether an exit code is one of an end from outside.
    pub fn interrupts(code: u8) -> bool {
        Self::FROM_OUTSIDE.iter().any(|exit| exit.code() == code)
    }
}
