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
    /// Interrupted; the reports so far are written.
    Interrupted = 130,
}

impl Exit {
    /// The code that the process exits with.
    pub const fn code(self) -> u8 {
        self as u8
    }
}
