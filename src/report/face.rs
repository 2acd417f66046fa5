//! What every face of a run can do.

use crate::event::Event;
use std::io;

/// One face of a run: it is shown every event in order, then told that there are no more.
pub trait Face {
    /// Shows one event.
    fn event(&mut self, event: &Event) -> io::Result<()>;

    /// Writes what is still held back; also after a run that was interrupted.
    fn finish(&mut self) -> io::Result<()>;
}
