//! Whole answers, judged: what must be found, under which one rule, and what must not.

mod bench;
mod broken;
mod burst;
mod details;
mod held;
mod hostile;
