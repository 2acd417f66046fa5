//! The machine against oracles.
