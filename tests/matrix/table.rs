//! The kill matrix as a document: what was measured is kept until it is measured anew.

use crate::expected::Matrix;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tenantcheck::check::rules;
use tenantcheck::mock::{Fault, Variant};

/// Where it stands.
pub const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/kill-matrix.md");
const UNKNOWN: &str = "–";

/// The requests to the first finding of each fault, as a document has them.
pub fn measured(document: &str) -> BTreeMap<String, u64> {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let row = |line: &str| {
        let cells = cells(line);
        let name = cells.get(1)?.trim_matches('`').to_owned();
        let first = cells.get(4)?.parse().ok()?;
        Some((name, first))
    };
    document.lines().filter_map(row).collect()
}

/// The document.
pub fn document(matrix: &Matrix, measured: &BTreeMap<String, u64>) -> String {
    let mut text = String::new();
    head(&mut text, matrix, measured);
    line(
        &mut text,
        "\n## Faults\n\n| fault | class | told by | first request | what the tenant does | after |\n|---|---|---|---|---|---|",
    );
    for fault in Fault::all() {
        let rules = matrix
            .faults
            .get(fault.id)
            .map(|expected| expected.rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(", "));
        let told = rules.filter(|rules| !rules.is_empty()).unwrap_or_else(|| "nothing".to_owned());
        let first = measured.get(fault.id).map_or_else(|| UNKNOWN.to_owned(), ToString::to_string);
        let after = fault.report.unwrap_or_default();
        line(
            &mut text,
            &format!("| `{}` | {} | {told} | {first} | {} | {after} |", fault.id, fault.class, fault.title),
        );
    }
    line(&mut text, "\n## Odd but correct tenants\n\n| variant | what is odd | what cannot be judged |\n|---|---|---|");
    for variant in Variant::all() {
        let unjudged = variant.unjudged.unwrap_or_default();
        line(&mut text, &format!("| `{}` | {} | {unjudged} |", variant.id, variant.title));
    }
    line(&mut text, "\n## Rules that no fault triggers\n");
    for (rule, why) in &matrix.never {
        line(&mut text, &format!("- `{rule}`: {why}"));
    }
    text
}

fn head(text: &mut String, matrix: &Matrix, measured: &BTreeMap<String, u64>) {
    let (faults, missed) = (Fault::all().count(), matrix.missed.len());
    let mut first: Vec<u64> = measured.values().copied().collect();
    first.sort_unstable();
    let median = first.get(first.len() / 2).map_or_else(|| UNKNOWN.to_owned(), ToString::to_string);
    let share = (faults - missed) * 1000 / faults;
    line(text, "# Kill matrix\n");
    line(
        text,
        "Each fault of the embedded tenant (`mock --fault NAME`), the rules that tell it when `check` runs, and the request",
    );
    line(
        text,
        "that showed it first. Each odd but correct tenant (`mock --variant NAME`) holds. `tests/matrix.rs` checks all of it and",
    );
    line(
        text,
        "writes this file: `SNAPSHOTS=overwrite cargo test --test matrix`. The phases are cases, coverage and flood.\n",
    );
    line(
        text,
        &format!(
            "{} of {faults} faults are told ({}.{} %), by {} rules. Median of the requests to the first finding: {median} ({} measured).",
            faults - missed,
            share / 10,
            share % 10,
            rules().len() - matrix.never.len(),
            first.len()
        ),
    );
    for (fault, why) in &matrix.missed {
        line(text, &format!("- Not told: `{fault}`. {why}"));
    }
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").unwrap();
}
