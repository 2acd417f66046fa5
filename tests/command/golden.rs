//! Compares what was printed with a file, moving parts taken out in one place.

use crate::support::program::Ran;
use snapbox::{Data, assert_data_eq};
use std::path::Path;

/// Compares standard output and standard error with a golden file.
pub fn golden(name: &str, ran: &Ran) {
    let text = format!("exit {}\n--- out\n{}--- err\n{}", ran.code.unwrap(), ran.out(), ran.err());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command").join(name);
    assert_data_eq!(steady(&text), Data::read_from(&path, None).raw());
}

/// Takes out what differs from run to run: ports, durations, and the counts that grow with the contract.
fn steady(text: &str) -> String {
    let text = unhurried(text);
    let mut steady = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, digits) = rest.split_at(at);
        let end = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
        let (number, after) = digits.split_at(end);
        steady.push_str(before);
        steady.push_str(moving(&steady, after).unwrap_or(number));
        rest = after;
    }
    steady + rest
}

/// A slow machine takes seconds for what a fast one does in milliseconds.
fn unhurried(text: &str) -> String {
    let seconds = |part: &str| part.strip_suffix(" s").is_some_and(|number| number.parse::<f64>().is_ok());
    text.split(" · ").map(|part| if seconds(part) { "0 ms" } else { part }).collect::<Vec<_>>().join(" · ")
}

fn moving(before: &str, after: &str) -> Option<&'static str> {
    let counted = |unit: &str| after.trim_start().starts_with(unit);
    if before.ends_with("127.0.0.1:") {
        return Some("PORT");
    }
    if counted("ms ") || counted("ms\n") {
        return Some("MS");
    }
    let growing = before.ends_with("held ") || ["cases ·", "rules ·", "requests ·"].iter().any(|unit| counted(unit));
    growing.then_some("N")
}
