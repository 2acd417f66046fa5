//! What every face of a run can do.

use super::bodies::Cut;
use crate::event::Event;
use std::io;

/// One face of a run: it is shown every event in order, then told that there are no more.
pub trait Face {
    /// Shows one event.
    fn event(&mut self, event: &Event) -> io::Result<()>;

    /// Is told, before an event that comes from a recorded log, its line and which of its bodies are not known whole.
    fn recorded(&mut self, _line: &[u8], _cuts: &[Cut]) {}

    /// Writes what is still held back; also after a run that was interrupted.
    fn finish(&mut self) -> io::Result<()>;
}
