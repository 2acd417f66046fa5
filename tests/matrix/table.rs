//! The kill matrix as a document: what was measured is kept until it is measured anew.

use crate::expected::Matrix;
use crate::measured::Measured;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tenantcheck::check::rules;
use tenantcheck::generate::defects;
use tenantcheck::mock::{Fault, Variant};

/// Where it stands.
pub const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/kill-matrix.md");
const UNKNOWN: &str = "–";

/// The ids of all defects and valid variations.
pub fn defects() -> impl Iterator<Item = &'static str> {
    defects::ALL.iter().flat_map(|layer| layer.iter()).map(|defect| defect.id)
}

/// The document.
pub fn document(matrix: &Matrix, measured: &Measured) -> String {
    let mut text = String::new();
    head(&mut text, matrix, measured);
    line(
        &mut text,
        "\n## Faults\n\n| fault | class | told by | first request | cases and coverage | whole run | what the tenant does | after |\n|---|---|---|---|---|---|---|---|",
    );
    for fault in Fault::all() {
        let rules = matrix
            .faults
            .get(fault.id)
            .map(|expected| expected.rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(", "));
        let told = rules.filter(|rules| !rules.is_empty()).unwrap_or_else(|| "nothing".to_owned());
        let cell =
            |of: &BTreeMap<String, u64>| of.get(fault.id).map_or_else(|| UNKNOWN.to_owned(), ToString::to_string);
        let (first, last, entire) = (cell(&measured.first), cell(&measured.last), cell(&measured.entire));
        let after = fault.report.unwrap_or_default();
        line(
            &mut text,
            &format!(
                "| `{}` | {} | {told} | {first} | {last} | {entire} | {} | {after} |",
                fault.id, fault.class, fault.title
            ),
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
    line(
        &mut text,
        "\n## Defects and the faults that trigger them\n\n| defect or valid variation | fault |\n|---|---|",
    );
    for id in defects() {
        if let Some(fault) = measured.triggers.get(id) {
            line(&mut text, &format!("| `{id}` | `{fault}` |"));
        }
    }
    line(&mut text, "\n## Defects that no fault triggers\n");
    for (defect, why) in &matrix.untriggered {
        line(&mut text, &format!("- `{defect}`: {why}"));
    }
    text
}

fn median(of: &BTreeMap<String, u64>) -> String {
    let mut all: Vec<u64> = of.values().copied().collect();
    all.sort_unstable();
    all.get(all.len() / 2).map_or_else(|| UNKNOWN.to_owned(), ToString::to_string)
}

fn head(text: &mut String, matrix: &Matrix, measured: &Measured) {
    let (faults, missed) = (Fault::all().count(), matrix.missed.len());
    let share = (faults - missed) * 1000 / faults;
    line(text, "# Kill matrix\n");
    line(
        text,
        "Each fault of the embedded tenant (`mock --fault NAME`), the rules that tell it when `check` runs, the request that\n\
         showed it first, and how many there were: in the phases cases and coverage (and flood, where the limit is wrong), and in\n\
         a whole run. Each odd but correct tenant (`mock --variant NAME`) holds. `tests/matrix.rs` checks all of it and writes\n\
         this file: `SNAPSHOTS=overwrite cargo test --test matrix`. Whole runs, which take twenty minutes, are\n\
         `cargo test --test matrix -- --ignored`: each must end with the exit code that its fault calls for.\n",
    );
    line(
        text,
        &format!(
            "{} of {faults} faults are told ({}.{} %), by {} rules.\n\
             Median of the requests to the first finding: {}; to the end of cases and coverage: {} ({} measured); to the end\n\
             of a whole run at default settings: {} ({} measured).",
            faults - missed,
            share / 10,
            share % 10,
            rules().len() - matrix.never.len(),
            median(&measured.first),
            median(&measured.last),
            measured.last.len(),
            median(&measured.entire),
            measured.entire.len()
        ),
    );
    for (fault, why) in &matrix.missed {
        line(text, &format!("- Not told: `{fault}`. {why}"));
    }
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").unwrap();
}
