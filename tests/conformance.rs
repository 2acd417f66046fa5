//! Every case as a trial.

fn main() {}
