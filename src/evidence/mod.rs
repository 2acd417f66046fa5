//! Evidence before blame: takes what was heard in a case and answers the next step. Pure; never sends or waits itself.

mod condition;
mod heard;
mod inquiry;
mod memory;
mod merge;

pub use condition::{Condition, is_by_our_clock};
pub use heard::Heard;
pub use inquiry::{Conclusion, Control, Inquiry, Step};
pub use memory::Memory;
